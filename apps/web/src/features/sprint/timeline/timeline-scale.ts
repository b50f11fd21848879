import { daysBetween, shiftedDay } from '@trainyard/domain';

export const ZOOMS = ['WEEKS', 'MONTHS'] as const;
export type Zoom = (typeof ZOOMS)[number];

/** Pixels a day. */
export const DAY_WIDTH: Readonly<Record<Zoom, number>> = { WEEKS: 14, MONTHS: 4 };
/** Days that are shown beyond the first and the last that anything is about. */
const BEFORE = 14;
const BEHIND = 45;
/** Longer is no timeline: what lies further is cut off. */
const DAYS_MAX = 3 * 366;

export interface Scale {
  from: string;
  days: number;
  zoom: Zoom;
}

/** Days from the first to the last of these, with some beyond; today is always among them. */
export function scaleOf(days: readonly (string | null)[], today: string, zoom: Zoom): Scale {
  const known = [...days.filter((day) => day !== null), today].toSorted();
  const [first, oldest] = [shiftedDay(known[0]!, -BEFORE), shiftedDay(today, -DAYS_MAX / 2)];
  const from = first < oldest ? oldest : first;
  return { from, days: Math.min(DAYS_MAX, daysBetween(from, known.at(-1)!) + BEHIND), zoom };
}

/** Pixels from the left edge to where a day begins; to the edge beyond which it lies. */
export const xOf = ({ from, days, zoom }: Scale, day: string): number => Math.min(days, Math.max(0, daysBetween(from, day))) * DAY_WIDTH[zoom];

export const widthOf = ({ days, zoom }: Scale): number => days * DAY_WIDTH[zoom];

export interface Stretch {
  startDate: string | null;
  dueDate: string | null;
}

/** Where a bar lies; one that has only one of its days is a day long. Null: it has none. */
export function barOf(scale: Scale, { startDate, dueDate }: Stretch): { x: number; width: number } | null {
  const [first, last] = [startDate ?? dueDate, dueDate ?? startDate];
  if (first === null || last === null) return null;
  const x = xOf(scale, first);
  return { x, width: xOf(scale, shiftedDay(last, 1)) - x };
}

export type Grip = 'WHOLE' | 'START' | 'END';

/** A stretch that was taken at a grip and carried by so many days: it does not end before it begins. */
export function carried({ startDate, dueDate }: Stretch, grip: Grip, days: number): Stretch {
  const [first, last] = [startDate ?? dueDate, dueDate ?? startDate];
  if (first === null || last === null) return { startDate, dueDate };
  if (grip === 'WHOLE') return { startDate: startDate && shiftedDay(startDate, days), dueDate: dueDate && shiftedDay(dueDate, days) };
  if (grip === 'START') {
    const start = shiftedDay(first, days);
    return { startDate: start > last ? last : start, dueDate: last };
  }
  const due = shiftedDay(last, days);
  return { startDate: first, dueDate: due < first ? first : due };
}

/** First days of the months (or, closer, the Mondays) on a scale. */
export function ticksOf({ from, days, zoom }: Scale): string[] {
  return Array.from({ length: days }, (_, i) => shiftedDay(from, i)).filter((day) =>
    zoom === 'MONTHS' ? day.endsWith('-01') : new Date(`${day}T00:00:00Z`).getUTCDay() === 1,
  );
}

/** A line from where one bar ends to where another begins. */
export function linkPath(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const bend = 8;
  if (to.x >= from.x + 2 * bend) return `M${from.x},${from.y} H${from.x + bend} V${to.y} H${to.x}`;
  const middle = (from.y + to.y) / 2;
  return `M${from.x},${from.y} H${from.x + bend} V${middle} H${to.x - bend} V${to.y} H${to.x}`;
}
