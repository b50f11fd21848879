import { Injectable } from '@nestjs/common';
import {
  backtest,
  FORECAST_DAYS_MAX,
  FORECAST_WINDOW_DAYS,
  forecastCount,
  forecastDay,
  shiftedDay,
  throughput,
  type Actor,
  type ForecastFrame,
  type ForecastInput,
  type ReportDay,
} from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { day } from '../platform/input.ts';
import { Database, databaseNow, rows } from '../platform/sql/database.ts';
import { FlowReader } from './flow.reader.ts';
import type { BacktestType, ForecastType } from './flow.types.ts';
import { dayOfInstant, daysFrom, ReportDays } from './report-days.ts';

/** Tickets that "when are they done" is asked of. */
const COUNT_MAX = 100_000;
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
}

/** Forecasts from what was done. */
@Injectable()
export class ForecastReader {
  constructor(
    private readonly database: Database,
    private readonly reportDays: ReportDays,
    private readonly flow: FlowReader,
  ) {}

  async forecast(actor: Actor, { projectId, count, until, presence }: Asked): Promise<ForecastType> {
    if ((count === null) === (until === null)) throw new DomainError('BAD_INPUT', { field: 'count', reason: 'ONE_QUESTION' });
    if (count !== null && !(count >= 1 && count <= COUNT_MAX)) throw new DomainError('BAD_INPUT', { field: 'count', reason: 'OUT_OF_RANGE', max: COUNT_MAX });
    if (!(presence >= 0 && presence <= 1)) throw new DomainError('BAD_INPUT', { field: 'presence', reason: 'OUT_OF_RANGE', max: 1 });
    const last = until === null ? null : day('until', until);
    const { today, past, ahead } = await this.daysOf(actor, projectId, FORECAST_WINDOW_DAYS, last);
    if (last !== null && last <= today) throw new DomainError('BAD_INPUT', { field: 'until', reason: 'NOT_AHEAD' });
    const thinned = presence < 1 ? ahead.map((one) => ({ ...one, presence })) : ahead;
    const input: ForecastInput = { projectId, today, past, ahead: thinned };
    if (count === null) {
      const found = forecastCount(input);
      return { ...framed(found), refusal: found.ok ? null : found.why, tickets: found.ok ? found.answer : null, days: null };
    }
    const found = forecastDay(input, count);
    const days = found.ok ? [found.answer.p50, found.answer.p85, found.answer.p95] : null;
    return { ...framed(found), refusal: found.ok ? null : found.why, tickets: null, days };
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

const framed = ({ basis, trials, assumptions }: ForecastFrame): Omit<ForecastType, 'refusal' | 'tickets' | 'days'> => ({
  ...{ from: basis.from, to: basis.to, workingDays: basis.workingDays, zeros: basis.zeros, completed: basis.completed, trials },
  ...{ isFreeDayIdle: assumptions.isFreeDayIdle, isThinnedByAbsence: assumptions.isThinnedByAbsence },
});
