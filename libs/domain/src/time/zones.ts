const HOUR = 3_600_000;

/**
 * Whether it is a zone of the IANA database, such as Europe/Berlin. An offset such as +03:00 is none: it knows no summer, and PostgreSQL
 * reads it the other way round.
 */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
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
export function clockAt(instant: number, timeZone: string): string {
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

/** The instant at which clocks of a zone show this: the earlier one where they show it twice; where they never do, as long after midnight as it says. */
export function instantAt(clock: string, timeZone: string): Date {
  const asUtc = Date.parse(`${clock}Z`);
  const ahead = [aheadAt(asUtc - 15 * HOUR, timeZone), aheadAt(asUtc + 15 * HOUR, timeZone)];
  const shown = ahead.map((by) => asUtc - by).filter((instant) => instant + aheadAt(instant, timeZone) === asUtc);
  return new Date(shown.length > 0 ? Math.min(...shown) : asUtc - (ahead[0] as number));
}
