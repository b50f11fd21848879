import { AGO_HOURS, type Bound, type Moment } from './query.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When and where somebody asks: days are those of their zone. */
export interface AskedAt {
  now: Date;
  timeZone: string;
}

/** Whether it is a zone of the IANA database, such as Europe/Berlin. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();
const MAX_FORMATS = 100;
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    const two = '2-digit';
    format = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', year: 'numeric', month: two, day: two, hour: two, minute: two, second: two });
    if (formats.size >= MAX_FORMATS) formats.clear();
    formats.set(timeZone, format);
  }
  return format;
}

/** What clocks of a zone show at an instant, without a zone: 2026-11-01T00:00:00. */
function clockAt(instant: number, timeZone: string): string {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) shown[type] = value;
  return `${shown.year}-${shown.month}-${shown.day}T${shown.hour}:${shown.minute}:${shown.second}`;
}

/** The day of a zone at an instant: 2026-11-01. */
export const dayAt = (instant: Date, timeZone: string): string => clockAt(instant.getTime(), timeZone).slice(0, 10);

/** How far clocks of a zone are ahead of UTC at a whole second. */
const aheadAt = (instant: number, timeZone: string): number => Date.parse(`${clockAt(instant, timeZone)}Z`) - instant;

/**
 * The first instant of a day in a zone. Clocks that are put forward at midnight have a day begin later. Asked for each day of a query, so
 * that it looks at few clocks: each look takes some microseconds.
 */
export function startOfDay(day: string, timeZone: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // No zone is further than 14 hours from UTC, and nearly always clocks are as far ahead before the day begins as after.
  const [before, after] = [utc - aheadAt(utc - 15 * HOUR, timeZone), utc - aheadAt(utc + 15 * HOUR, timeZone)];
  if (before === after) return new Date(before);
  const midnight = [before, after].toSorted((a, b) => a - b);
  const shown = midnight.find((instant) => instant + aheadAt(instant, timeZone) === utc);
  if (shown !== undefined) return new Date(shown);
  // No clock showed that midnight.
  let [earlier = 0, within = 0] = midnight;
  while (within - earlier > 1) {
    const middle = Math.floor((earlier + within) / 2);
    if (dayAt(new Date(middle), timeZone) < day) earlier = middle;
    else within = middle;
  }
  return new Date(within);
}

/** So many days later, or earlier below 0. */
export const shiftedDay = (day: string, by: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY).toISOString().slice(0, 10);

/** The instants of a range: from the first, which is within, to before the last. */
export function instantsOf(from: Bound<Moment> | null, to: Bound<Moment> | null, asked: AskedAt): { from: Date | null; before: Date | null } {
  return { from: from && edge(from.value, from.open, asked), before: to && edge(to.value, !to.open, asked) };
}

/** Where a moment begins or, `after` it, where it is over. An instant lasts a millisecond. */
function edge(moment: Moment, after: boolean, { now, timeZone }: AskedAt): Date {
  const later = after ? 1 : 0;
  const dayFrom = (day: string, by: number): Date => startOfDay(shiftedDay(day, by + later), timeZone);
  switch (moment.at) {
    case 'DAY':
      return dayFrom(moment.day, 0);
    case 'TODAY':
      return dayFrom(dayAt(now, timeZone), 0);
    case 'YESTERDAY':
      return dayFrom(dayAt(now, timeZone), -1);
    case 'AGO':
      return new Date(now.getTime() - moment.amount * AGO_HOURS[moment.unit] * HOUR + later);
    case 'INSTANT':
      return new Date(Date.parse(moment.instant) + later);
  }
}
