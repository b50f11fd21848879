import { COUNTED, isDay, MEASURES, type Counted, type Measure } from '@trainyard/domain';

/** Days of a picture that are offered: four weeks to a year. */
export const PICTURE_DAYS = [28, 84, 182, 366] as const;
const USUAL_DAYS = 84;

/** What the address of a report carries: a link shows the same. What is as usual is left out. */
export interface ReportSearch {
  /** A past moment, as an instant: nothing later is known. */
  asOf?: string;
  /** What an address says in place of a moment, and is none: the page says so. */
  unread?: string;
  /** A past picture as it is known now. */
  known?: 'NOW';
  sprint?: string;
  board?: string;
  measure?: Exclude<Measure, 'POINTS'>;
  counted?: Exclude<Counted, 'LEAVES'>;
  days?: number;
  /** Times since tickets were made, and not since they were begun. */
  of?: 'LEAD';
  /** Of a forecast: how many are asked for, or by which day. */
  count?: number;
  until?: string;
  /** A burndown is read change by change, and not by the ends of days. */
  exact?: true;
  /** The time of working days alone is counted. */
  working?: true;
  /** Days off that are booked thin what comes. */
  absence?: true;
  /** Machines that train; left out: as many as it takes. */
  runners?: number;
  /** People who are taken to be away: ids with commas between them. */
  away?: string;
  /** Days that each forecast of a backtest speaks of. */
  horizon?: number;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A malformed value counts as absent. By hand: a schema library would be most of the code that every page begins with. */
export function reportSearch(search: Record<string, unknown>): ReportSearch {
  const { asOf, unread, known, sprint, board, measure, counted, days, of, count, until, away, horizon, working, exact, absence, runners } = search;
  const isIn = <T>(known: readonly T[], value: unknown): value is T => known.includes(value as T);
  const whole = (value: unknown, min: number, max: number): value is number => Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  return {
    // what is still to come is not known: it is of now
    ...(isPast(asOf) ? { asOf: minuteOf(new Date(asOf)) } : (asOf ?? unread) !== undefined && { unread: String(asOf ?? unread).slice(0, UNREAD_MAX) }),
    ...(known === 'NOW' && { known }),
    ...(typeof sprint === 'string' && ID.test(sprint) && { sprint }),
    ...(typeof board === 'string' && ID.test(board) && { board }),
    ...(isIn(MEASURES, measure) && measure !== 'POINTS' && { measure }),
    ...(isIn(COUNTED, counted) && counted !== 'LEAVES' && { counted }),
    ...(isIn(PICTURE_DAYS, days) && days !== USUAL_DAYS && { days }),
    ...(of === 'LEAD' && { of }),
    ...(whole(count, 1, 100_000) && { count }),
    ...(typeof until === 'string' && isDay(until) && { until }),
    ...(exact === true && { exact }),
    ...(working === true && { working }),
    ...(absence === true && { absence }),
    ...(whole(runners, 0, RUNNERS_MAX) && { runners }),
    ...(typeof away === 'string' && away.split(',').every((id) => ID.test(id)) && { away }),
    ...(whole(horizon, 1, 90) && horizon !== USUAL_HORIZON && { horizon }),
  };
}

const UNREAD_MAX = 40;
/** Browsers take more for a date than anybody means: only an ISO day, with a time or without, is one. */
const isPast = (value: unknown): value is string =>
  typeof value === 'string' && isDay(value.slice(0, 10)) && /^.{10}(?:T|$)/.test(value) && Date.parse(value) <= Date.now();

export const USUAL_HORIZON = 14;
export const RUNNERS_MAX = 1_000;

/** With the minute: 2026-11-20T16:00Z. Seconds say nothing to a person. */
export const minuteOf = (at: Date): string => `${at.toISOString().slice(0, 16)}Z`;

export const daysOf = ({ days }: ReportSearch): number => days ?? USUAL_DAYS;
export const measureOf = ({ measure }: ReportSearch): Measure => measure ?? 'POINTS';
export const countedOf = ({ counted }: ReportSearch): Counted => counted ?? 'LEAVES';
export const knownOf = ({ known, asOf }: ReportSearch): 'THEN' | 'NOW' => (asOf === undefined ? 'THEN' : (known ?? 'THEN'));

export const awayOf = ({ away }: ReportSearch): readonly string[] => away?.split(',') ?? [];
