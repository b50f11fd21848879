const DAY_MS = 86_400_000;

/** No day lies behind it: what lasts until then is open. Days are ISO texts such as 2026-02-28: they compare as text, and no time zone moves them. */
const LAST_DAY = '9999-12-31';

/** Milliseconds of a day's midnight as if it were UTC's: to count with, not an instant. */
const countOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Of days that can be asked for and set: databases and calendars agree on these. */
export const DAY_YEARS = { first: 1900, last: 2999 } as const;

/** Whether a text is a day that exists, such as 2026-02-28. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const year = Number(text.slice(0, 4));
  const time = Date.parse(`${text}T00:00:00Z`);
  return year >= DAY_YEARS.first && year <= DAY_YEARS.last && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** So many days later, or earlier below 0. */
export const shiftedDay = (day: string, by: number): string => new Date(countOf(day) + by * DAY_MS).toISOString().slice(0, 10);

/** How many days `to` is after `from`; below 0 before it. */
export const daysBetween = (from: string, to: string): number => (countOf(to) - countOf(from)) / DAY_MS;

/** The day of the week as ISO counts: Monday is 1, Sunday 7. */
export const weekdayOf = (day: string): number => new Date(countOf(day)).getUTCDay() || 7;

export const dayBefore = (day: string): string => shiftedDay(day, -1);
/** Null behind the last day there is. */
export const dayAfter = (day: string): string | null => (day >= LAST_DAY ? null : shiftedDay(day, 1));

/** From its first day to its last, both included, as people say it; null is open. */
export interface Stretch {
  fromDate: string | null;
  toDate: string | null;
}

/** The first day on which a stretch holds no more; null: it is open. Ranges are compared half open, [fromDate, endOf). */
export const endOf = ({ toDate }: Stretch): string | null => (toDate === null ? null : dayAfter(toDate));

export function holdsOn(stretch: Stretch, day: string): boolean {
  const end = endOf(stretch);
  return (stretch.fromDate === null || stretch.fromDate <= day) && (end === null || day < end);
}

export function overlaps(a: Stretch, b: Stretch): boolean {
  const startsWithin = (one: Stretch, other: Stretch): boolean => {
    const end = endOf(other);
    return one.fromDate === null || end === null || one.fromDate < end;
  };
  return startsWithin(a, b) && startsWithin(b, a);
}

/** Whether `later` begins on the day after the last one of `earlier`: one goes on as the other. */
export const goesOn = (earlier: Stretch, later: Stretch): boolean => later.fromDate !== null && endOf(earlier) === later.fromDate;
