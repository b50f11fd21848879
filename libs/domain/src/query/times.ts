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
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    if (formats.size >= MAX_FORMATS) formats.clear();
    formats.set(timeZone, format);
  }
  return format;
}

/** The day of a zone at an instant: 2026-11-01. */
export function dayAt(instant: Date, timeZone: string): string {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/** The first instant of a day in a zone. Clocks that are put forward at midnight have a day begin later. */
export function startOfDay(day: string, timeZone: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // No zone is further than 14 hours from UTC: the day begins between these two.
  let [before, within] = [utc - 15 * HOUR, utc + 15 * HOUR];
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayAt(new Date(middle), timeZone) < day) before = middle;
    else within = middle;
  }
  return new Date(within);
}

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

/** The instants of a range: from the first, which is within, to before the last. */
export function instantsOf(from: Bound<Moment> | null, to: Bound<Moment> | null, asked: AskedAt): { from: Date | null; before: Date | null } {
  return { from: from && edge(from.value, from.open, asked), before: to && edge(to.value, !to.open, asked) };
}

/** Where a moment begins or, `after` it, where it is over. An instant lasts a millisecond. */
function edge(moment: Moment, after: boolean, { now, timeZone }: AskedAt): Date {
  switch (moment.at) {
    case 'DAY':
      return startOfDay(after ? dayAfter(moment.day) : moment.day, timeZone);
    case 'TODAY':
    case 'YESTERDAY': {
      const today = dayAt(now, timeZone);
      const day = moment.at === 'TODAY' ? today : new Date(Date.parse(`${today}T00:00:00Z`) - DAY).toISOString().slice(0, 10);
      return startOfDay(after ? dayAfter(day) : day, timeZone);
    }
    case 'AGO':
      return new Date(now.getTime() - moment.amount * AGO_HOURS[moment.unit] * HOUR + (after ? 1 : 0));
    case 'INSTANT':
      return new Date(Date.parse(moment.instant) + (after ? 1 : 0));
  }
}
