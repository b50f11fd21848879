import { Injectable } from '@nestjs/common';
import {
  backtest,
  FORECAST_DAYS_MAX,
  FORECAST_WINDOW_DAYS,
  forecastCount,
  forecastDay,
  shiftedDay,
  throughput,
  presenceAgainst,
  presentShare,
  type Actor,
  type DayCount,
  type ForecastFrame,
  type ForecastInput,
  type FutureDay,
  type ReportDay,
  type RunDemand,
} from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { day } from '../platform/input.ts';
import { Database, databaseNow, rows } from '../platform/sql/database.ts';
import { CapacityReader } from '../staffing/capacity.reader.ts';
import { FlowReader } from './flow.reader.ts';
import type { BacktestType, ForecastType } from './flow.types.ts';
import { dayOfInstant, daysFrom, ReportDays } from './report-days.ts';

/** Tickets that "when are they done" is asked of. */
const COUNT_MAX = 100_000;
/** Machines that a forecast takes into account. */
const RUNNERS_MAX = 10_000;
const DAY_HOURS = 24;
/** Days of the past that forecasts are tried on. */
const BACKTEST_DAYS = 366;

interface Asked {
  projectId: string;
  /** When are so many done? */
  count: number | null;
  /** How many are done by this day? */
  until: string | null;
  /** The part of the people who are there on the days to come. */
  presence: number;
  /** Days off that are booked thin the days to come, and those of the past what was done. */
  absence: boolean;
  /** People of the team who are taken to be away on all days to come. */
  away: readonly string[];
  /** Machines that train, day and night; null: as many as it takes. */
  runners: number | null;
}

/** What tickets asked of runners. */
interface Demand {
  runs: RunDemand | undefined;
  tickets: number;
  median: number | null;
}

/** Forecasts from what was done. */
@Injectable()
export class ForecastReader {
  constructor(
    private readonly database: Database,
    private readonly reportDays: ReportDays,
    private readonly flow: FlowReader,
    private readonly capacity: CapacityReader,
  ) {}

  async forecast(actor: Actor, { projectId, count, until, presence, absence, away, runners }: Asked): Promise<ForecastType> {
    if ((count === null) === (until === null)) throw new DomainError('BAD_INPUT', { field: 'count', reason: 'ONE_QUESTION' });
    if (count !== null && !(count >= 1 && count <= COUNT_MAX)) throw new DomainError('BAD_INPUT', { field: 'count', reason: 'OUT_OF_RANGE', max: COUNT_MAX });
    if (!(presence >= 0 && presence <= 1)) throw new DomainError('BAD_INPUT', { field: 'presence', reason: 'OUT_OF_RANGE', max: 1 });
    if (runners !== null && !(runners >= 0 && runners <= RUNNERS_MAX))
      throw new DomainError('BAD_INPUT', { field: 'runners', reason: 'OUT_OF_RANGE', max: RUNNERS_MAX });
    const last = until === null ? null : day('until', until);
    const { today, past, ahead } = await this.daysOf(actor, projectId, FORECAST_WINDOW_DAYS, last);
    if (last !== null && last <= today) throw new DomainError('BAD_INPUT', { field: 'until', reason: 'NOT_AHEAD' });
    const { shares, people } = absence || away.length > 0 ? await this.present(projectId, { absence, away, past, ahead }) : EVERYBODY;
    const demand = runners === null ? NO_DEMAND : await this.demandOf(past.flatMap(({ ticketIds }) => ticketIds));
    const thinned = ahead.map((one, index) => ({
      ...one,
      presence: presence * (shares[index] ?? 1),
      ...(runners !== null && { runHours: runners * DAY_HOURS }),
    }));
    const input: ForecastInput = { projectId, today, past, ahead: thinned, ...(demand.runs && { runs: demand.runs }) };
    const counted = { people, runTickets: demand.tickets, runHours: demand.median };
    if (count === null) {
      const found = forecastCount(input);
      return { ...framed(found), ...counted, refusal: found.ok ? null : found.why, tickets: found.ok ? found.answer : null, days: null };
    }
    const found = forecastDay(input, count);
    const days = found.ok ? [found.answer.p50, found.answer.p85, found.answer.p95] : null;
    return { ...framed(found), ...counted, refusal: found.ok ? null : found.why, tickets: null, days };
  }

  /** The part of the past's people who are there on each day to come, and how many people that is told of. */
  private async present(
    projectId: string,
    { absence, away, past, ahead }: Pick<Asked, 'absence' | 'away'> & { past: readonly DayCount[]; ahead: readonly FutureDay[] },
  ): Promise<{ shares: readonly (number | undefined)[]; people: number }> {
    const members = await rows<{ teamId: string; userId: string }>(
      this.database.direct,
      'SELECT DISTINCT m.team_id AS "teamId", m.user_id AS "userId" FROM membership m JOIN project p ON p.team_id = m.team_id WHERE p.id = $1',
      [projectId],
    );
    const ids = members.map(({ userId }) => userId);
    if (away.some((id) => !ids.includes(id.toLowerCase()))) throw new DomainError('BAD_INPUT', { field: 'away', reason: 'NOT_IN_TEAM' });
    const first = past[0]?.day ?? ahead[0]?.day;
    const end = ahead.at(-1)?.day;
    const [team] = members;
    if (!team || first === undefined || end === undefined) return EVERYBODY;
    const times = [...(await this.capacity.timesOf(ids, team.teamId, first, end))].map(([id, time]) => ({
      id,
      time: absence ? time : { ...time, timeOff: [] },
    }));
    const everybody = times.map(({ time }) => time);
    const gone = new Set(times.flatMap(({ id, time }) => (away.some((one) => one.toLowerCase() === id) ? [time] : [])));
    const before = past.flatMap(({ day: one, isWorking }) => (isWorking ? (presentShare(everybody, one) ?? []) : []));
    const shares = ahead.map(({ day: one, isWorking }) => {
      const share = isWorking ? presentShare(everybody, one, gone) : null;
      return share === null ? undefined : presenceAgainst(before, share);
    });
    return { shares, people: ids.length };
  }

  /** What runs of these tickets took of machines, all their attempts. */
  private async demandOf(ticketIds: readonly string[]): Promise<Demand> {
    const found = await rows<{ hours: number }>(
      this.database.direct,
      /* sql */ `SELECT sum(extract(epoch FROM COALESCE(a.ended_at, now()) - a.started_at))::float8 / 3600 AS hours FROM run r JOIN attempt a ON a.run_id = r.id
        WHERE r.ticket_id = ANY ($1::uuid[]) AND a.started_at IS NOT NULL GROUP BY r.ticket_id ORDER BY hours`,
      [ticketIds],
    );
    const lengths = found.map(({ hours }) => hours);
    const runs = lengths.length > 0 ? { lengths, share: lengths.length / ticketIds.length } : undefined;
    return { runs, tickets: lengths.length, median: lengths[Math.ceil(lengths.length / 2) - 1] ?? null };
  }

  async backtest(actor: Actor, projectId: string, horizon: number): Promise<BacktestType> {
    if (!(horizon >= 1 && horizon <= 90)) throw new DomainError('BAD_INPUT', { field: 'horizon', reason: 'OUT_OF_RANGE', max: 90 });
    const { past } = await this.daysOf(actor, projectId, BACKTEST_DAYS, null);
    return backtest(projectId, past, horizon);
  }

  /** Whole days before today with what was done on each, since the project's first ticket, and the days to come: to `last`, or two years of them. */
  private async daysOf(actor: Actor, projectId: string, before: number, last: string | null) {
    await this.flow.readable(actor, projectId);
    const { direct } = this.database;
    const now = await databaseNow(direct);
    const utc = now.toISOString().slice(0, 10);
    const end = shiftedDay(utc, FORECAST_DAYS_MAX);
    const time = await this.reportDays.timeOf(projectId, now, shiftedDay(utc, -before - 1), end);
    const today = dayOfInstant(now.getTime(), time.timeZone);
    const since = daysFrom(time, shiftedDay(today, -before), shiftedDay(today, -1));
    const done = await rows<{ ticketId: string; endedAt: number; first: number }>(
      direct,
      /* sql */ `SELECT i.ticket_id AS "ticketId", (extract(epoch FROM i.since) * 1000)::float8 AS "endedAt" FROM flow_item i
        WHERE i.project_id = $1 AND i.stage = 'DONE' AND i.since >= $2 ORDER BY i.since`,
      [projectId, new Date(since[0]?.start ?? 0)],
    );
    const [made] = await rows<{ at: Date | null }>(direct, 'SELECT min(created_at) AS at FROM flow_item WHERE project_id = $1', [projectId]);
    const first = made?.at ? dayOfInstant(made.at.getTime(), time.timeZone) : today;
    const past = throughput(
      done,
      since.filter((one: ReportDay) => one.day > first),
    );
    return { today, past, ahead: daysFrom(time, shiftedDay(today, 1), last !== null && last < end ? last : end) };
  }
}

const EVERYBODY = { shares: [], people: 0 } as const;
const NO_DEMAND: Demand = { runs: undefined, tickets: 0, median: null };

const framed = ({ basis, trials, assumptions }: ForecastFrame): Omit<ForecastType, 'refusal' | 'tickets' | 'days' | 'people' | 'runTickets' | 'runHours'> => ({
  ...{ from: basis.from, to: basis.to, workingDays: basis.workingDays, zeros: basis.zeros, completed: basis.completed, trials },
  ...{ isFreeDayIdle: assumptions.isFreeDayIdle, isThinnedByAbsence: assumptions.isThinnedByAbsence, isThinnedByRuns: assumptions.isThinnedByRuns },
});
