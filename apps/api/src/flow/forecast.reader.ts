import { Injectable } from '@nestjs/common';
import {
  backtest,
  FORECAST_DAYS_MAX,
  FORECAST_WINDOW_DAYS,
  forecastCount,
  forecastDay,
  forecastDays,
  shiftedDay,
  throughput,
  type Actor,
  type Forecast,
  type ForecastDays,
  type ForecastInput,
  type ReportDay,
} from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { day } from '../platform/input.ts';
import { Database, databaseNow, rows } from '../platform/sql/database.ts';
import { DoneReader } from './done.reader.ts';
import { FlowReader } from './flow.reader.ts';
import type { BacktestType, ForecastType } from './forecast.types.ts';
import { dayOfInstant, daysFrom, ReportDays } from './report-days.ts';
import { EVERYBODY, NO_DEMAND, ResourceReader, type Ahead } from './resource.reader.ts';

/** Tickets that "when are they done" is asked of. */
const COUNT_MAX = 100_000;
/** Machines that a forecast takes into account. */
const RUNNERS_MAX = 10_000;
const DAY_HOURS = 24;
/** Days of the past that forecasts are tried on. */
const BACKTEST_DAYS = 366;

interface Asked extends Ahead {
  projectId: string;
  /** A past moment: nothing later is known, but who is away and what runs took. Null: now. */
  asOf: Date | null;
  /** When are so many done? */
  count: number | null;
  /** How many are done by this day? */
  until: string | null;
}

/** Forecasts from what was done. */
@Injectable()
export class ForecastReader {
  constructor(
    private readonly database: Database,
    private readonly reportDays: ReportDays,
    private readonly flow: FlowReader,
    private readonly resources: ResourceReader,
    private readonly done: DoneReader,
  ) {}

  async forecast(actor: Actor, { projectId, asOf, count, until, ...granted }: Asked): Promise<ForecastType> {
    if ((count === null) === (until === null)) throw new DomainError('BAD_INPUT', { field: 'count', reason: 'ONE_QUESTION' });
    if (count !== null && !(count >= 1 && count <= COUNT_MAX)) throw new DomainError('BAD_INPUT', { field: 'count', reason: 'OUT_OF_RANGE', max: COUNT_MAX });
    const last = until === null ? null : day('until', until);
    const { input, counted } = await this.inputOf(actor, projectId, asOf, last, granted);
    if (last !== null && last <= input.today) throw new DomainError('BAD_INPUT', { field: 'until', reason: 'NOT_AHEAD' });
    if (count === null) {
      const found = forecastCount(input);
      return { ...framed(found), ...counted, tickets: found.ok ? found.answer : null, days: null };
    }
    const found = forecastDay(input, count);
    return { ...framed(found), ...counted, tickets: null, days: found.ok ? listed(found.answer) : null };
  }

  /** The days by which each of several numbers of tickets is done; none where nothing can be forecast. */
  async days(
    actor: Actor,
    projectId: string,
    numbers: readonly number[],
    granted: Ahead,
  ): Promise<{ frame: ForecastType; days: ReadonlyMap<number, (string | null)[]> }> {
    const { input, counted } = await this.inputOf(actor, projectId, null, null, granted);
    const found = forecastDays(input, numbers);
    const days = new Map(found.ok ? found.answer.map((answer, index) => [numbers[index] as number, listed(answer)]) : []);
    return { frame: { ...framed(found), ...counted, tickets: null, days: null }, days };
  }

  private async inputOf(actor: Actor, projectId: string, asOf: Date | null, last: string | null, { presence, absence, away, runners }: Ahead) {
    await this.flow.readable(actor, projectId);
    if (!(presence >= 0 && presence <= 1)) throw new DomainError('BAD_INPUT', { field: 'presence', reason: 'OUT_OF_RANGE', max: 1 });
    if (runners !== null && !(runners >= 0 && runners <= RUNNERS_MAX))
      throw new DomainError('BAD_INPUT', { field: 'runners', reason: 'OUT_OF_RANGE', max: RUNNERS_MAX });
    const { today, past, ahead } = await this.daysOf(projectId, asOf, FORECAST_WINDOW_DAYS, last);
    const { shares, people } = absence || away.length > 0 ? await this.resources.present(projectId, { absence, away, past, ahead }) : EVERYBODY;
    const demand = runners === null ? NO_DEMAND : await this.resources.demandOf(past.flatMap(({ ticketIds }) => ticketIds));
    const thinned = ahead.map((one, index) => ({
      ...one,
      presence: presence * (shares[index] ?? 1),
      ...(runners !== null && { runHours: runners * DAY_HOURS }),
    }));
    const input: ForecastInput = { projectId, today, past, ahead: thinned, ...(demand.runs && { runs: demand.runs }) };
    return { input, counted: { people, runTickets: demand.tickets, runHours: demand.median } };
  }

  async backtest(actor: Actor, projectId: string, horizon: number): Promise<BacktestType> {
    if (!(horizon >= 1 && horizon <= 90)) throw new DomainError('BAD_INPUT', { field: 'horizon', reason: 'OUT_OF_RANGE', max: 90 });
    await this.flow.readable(actor, projectId);
    const { past } = await this.daysOf(projectId, null, BACKTEST_DAYS, null);
    return backtest(projectId, past, horizon);
  }

  /** How many would have been forecast at a past moment to be done by a day, of what was known then. */
  async backThen(projectId: string, at: Date, last: string): Promise<ForecastType> {
    const { today, past, ahead, current } = await this.daysOf(projectId, at, FORECAST_WINDOW_DAYS, last);
    // The day itself lay ahead when it began.
    const found = forecastCount({ projectId, today, past, ahead: current ? [current, ...ahead] : ahead });
    return { ...framed(found), ...ALONE, tickets: found.ok ? found.answer : null, days: null };
  }

  /**
   * Whole days before today with what was done on each, since the project's first ticket, and the days to come: to `last`, or two years of them.
   * @param asOf a past moment: nothing later is known; null: now
   */
  private async daysOf(projectId: string, asOf: Date | null, before: number, last: string | null) {
    const { direct } = this.database;
    const now = await databaseNow(direct);
    const at = asOf && asOf < now ? asOf : now;
    const utc = at.toISOString().slice(0, 10);
    const end = shiftedDay(utc, FORECAST_DAYS_MAX);
    const time = await this.reportDays.timeOf(projectId, at, shiftedDay(utc, -before - 1), end);
    const today = dayOfInstant(at.getTime(), time.timeZone);
    const since = daysFrom(time, shiftedDay(today, -before), shiftedDay(today, -1));
    const from = new Date(since[0]?.start ?? 0);
    const done = await (at < now ? this.done.doneBetween(projectId, from, at) : this.done.doneSince(projectId, from));
    const [made] = await rows<{ at: Date | null }>(direct, 'SELECT min(created_at) AS at FROM flow_item WHERE project_id = $1', [projectId]);
    const first = made?.at ? dayOfInstant(made.at.getTime(), time.timeZone) : today;
    const past = throughput(
      done,
      since.filter((one: ReportDay) => one.day > first),
    );
    const ahead = daysFrom(time, today, last !== null && last < end ? last : end);
    const [current] = ahead.filter(({ day: one }) => one === today);
    return { today, past, current, ahead: ahead.filter(({ day: one }) => one > today) };
  }
}

/** What a forecast that knows nobody and no machines counts of them. */
const ALONE = { people: 0, runTickets: 0, runHours: null };

const listed = ({ p50, p85, p95 }: ForecastDays): (string | null)[] => [p50, p85, p95];

const framed = (found: Forecast<unknown>): Omit<ForecastType, 'tickets' | 'days' | 'people' | 'runTickets' | 'runHours'> => {
  const { basis, trials, assumptions } = found;
  return {
    refusal: found.ok ? null : found.why,
    ...{ from: basis.from, to: basis.to, workingDays: basis.workingDays, zeros: basis.zeros, completed: basis.completed, trials },
    ...assumptions,
  };
};
