import { Injectable } from '@nestjs/common';
import {
  backtesting,
  FORECAST_DAYS_MAX,
  FORECAST_WINDOW_DAYS,
  forecastingCount,
  forecastingDay,
  forecastingDays,
  shiftedDay,
  type Actor,
  type DayCount,
  type Forecast,
  type ForecastDays,
  type ForecastInput,
} from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { day } from '../platform/input.ts';
import { inSlices } from '../platform/slices.ts';
import { Database, row } from '../platform/sql/database.ts';
import { DoneReader } from './done.reader.ts';
import type { BacktestType, ForecastType } from './forecast.types.ts';
import { held, KeptAnswers, pastOf } from './kept-answers.ts';
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
    private readonly kept: KeptAnswers,
    private readonly resources: ResourceReader,
    private readonly done: DoneReader,
  ) {}

  async forecast(actor: Actor, { projectId, asOf, count, until, ...granted }: Asked): Promise<ForecastType> {
    if ((count === null) === (until === null)) throw new DomainError('BAD_INPUT', { field: 'count', reason: 'ONE_QUESTION' });
    if (count !== null && !(count >= 1 && count <= COUNT_MAX)) throw new DomainError('BAD_INPUT', { field: 'count', reason: 'OUT_OF_RANGE', max: COUNT_MAX });
    const last = until === null ? null : day('until', until);
    const project = await this.kept.project(actor, projectId);
    const past = pastOf(project, asOf);
    return this.kept.answer<ForecastType>(project, ['forecast', past, count, last, granted], async () => {
      const { input, counted, holds } = await this.inputOf(projectId, past ?? project.now, past !== null, last, granted);
      if (last !== null && last <= input.today) throw new DomainError('BAD_INPUT', { field: 'until', reason: 'NOT_AHEAD' });
      if (count === null) {
        const found = await inSlices(forecastingCount(input));
        return { holds, answer: { ...framed(found), ...counted, tickets: found.ok ? found.answer : null, days: null } };
      }
      const found = await inSlices(forecastingDay(input, count));
      return { holds, answer: { ...framed(found), ...counted, tickets: null, days: found.ok ? listed(found.answer) : null } };
    });
  }

  /** The days by which each of several numbers of tickets is done; none where nothing can be forecast. Whoever asks may read the project. */
  async days(
    projectId: string,
    now: Date,
    numbers: readonly number[],
    granted: Ahead,
  ): Promise<{ frame: ForecastType; days: ReadonlyMap<number, (string | null)[]>; holds: boolean }> {
    const { input, counted, holds } = await this.inputOf(projectId, now, false, null, granted);
    const found = await inSlices(forecastingDays(input, numbers));
    const days = new Map(found.ok ? found.answer.map((answer, index) => [numbers[index] as number, listed(answer)]) : []);
    return { frame: { ...framed(found), ...counted, tickets: null, days: null }, days, holds };
  }

  private async inputOf(projectId: string, at: Date, isPast: boolean, last: string | null, { presence, absence, away, runners }: Ahead) {
    if (!(presence >= 0 && presence <= 1)) throw new DomainError('BAD_INPUT', { field: 'presence', reason: 'OUT_OF_RANGE', max: 1 });
    if (runners !== null && !(runners >= 0 && runners <= RUNNERS_MAX))
      throw new DomainError('BAD_INPUT', { field: 'runners', reason: 'OUT_OF_RANGE', max: RUNNERS_MAX });
    const { today, past, ahead, ticketIds } = await this.daysOf(projectId, at, isPast, FORECAST_WINDOW_DAYS, last);
    const { shares, people } = absence || away.length > 0 ? await this.resources.present(projectId, { absence, away, past, ahead }) : EVERYBODY;
    const demand = runners === null ? NO_DEMAND : await this.resources.demandOf(await ticketIds());
    const thinned = ahead.map((one, index) => ({
      ...one,
      presence: presence * (shares[index] ?? 1),
      ...(runners !== null && { runHours: runners * DAY_HOURS }),
    }));
    const input: ForecastInput = { projectId, today, past, ahead: thinned, ...(demand.runs && { runs: demand.runs }) };
    return { input, counted: { people, runTickets: demand.tickets, runHours: demand.median }, holds: demand.holds };
  }

  async backtest(actor: Actor, projectId: string, horizon: number): Promise<BacktestType> {
    if (!(horizon >= 1 && horizon <= 90)) throw new DomainError('BAD_INPUT', { field: 'horizon', reason: 'OUT_OF_RANGE', max: 90 });
    const project = await this.kept.project(actor, projectId);
    return this.kept.answer(project, ['backtest', horizon], async () => {
      const { past } = await this.daysOf(projectId, project.now, false, BACKTEST_DAYS, null);
      return held(await inSlices(backtesting(projectId, past, horizon)));
    });
  }

  /** How many would have been forecast at a past moment to be done by a day, of what was known then. Whoever asks may read the project. */
  async backThen(projectId: string, at: Date, last: string): Promise<ForecastType> {
    const { today, past, ahead, current } = await this.daysOf(projectId, at, true, FORECAST_WINDOW_DAYS, last);
    // The day itself lay ahead when it began.
    const found = await inSlices(forecastingCount({ projectId, today, past, ahead: current ? [current, ...ahead] : ahead }));
    return { ...framed(found), ...ALONE, tickets: found.ok ? found.answer : null, days: null };
  }

  /**
   * Whole days before today with what was done on each, since the project's first ticket, and the days to come: to `last`, or two years of them.
   * @param isPast nothing later than `at` is known
   */
  private async daysOf(projectId: string, at: Date, isPast: boolean, before: number, last: string | null) {
    const utc = at.toISOString().slice(0, 10);
    const end = shiftedDay(utc, FORECAST_DAYS_MAX);
    const time = await this.reportDays.timeOf(projectId, at, shiftedDay(utc, -before - 1), end);
    const today = dayOfInstant(at.getTime(), time.timeZone);
    // Before its first ticket there was no project that could do nothing.
    const made = await row<{ at: Date | null }>(this.database.direct, 'SELECT min(from_at) AS at FROM ticket_span WHERE project_id = $1', [projectId]);
    const first = made?.at ? dayOfInstant(made.at.getTime(), time.timeZone) : today;
    const days = daysFrom(time, shiftedDay(today, -before), shiftedDay(today, -1)).filter((one) => one.day > first);
    const stretch = { projectId, knownAt: isPast ? at : null };
    const counts = await this.done.countsOn(stretch, days);
    const past: DayCount[] = days.map((one, place) => ({ day: one.day, isWorking: one.isWorking, count: counts[place] as number }));
    const [from, until] = [days[0], days.at(-1)];
    const ticketIds = (): Promise<string[]> =>
      from && until ? this.done.ticketIds({ ...stretch, from: new Date(from.start) }, new Date(until.end)) : Promise.resolve([]);
    const ahead = daysFrom(time, today, last !== null && last < end ? last : end);
    const [current] = ahead.filter(({ day: one }) => one === today);
    return { today, past, current, ahead: ahead.filter(({ day: one }) => one > today), ticketIds };
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
