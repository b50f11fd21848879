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

/** Pixels of a letter in the head of a timeline, about; of a wide one, such as of Chinese; and beside a name. */
const LETTER = 6.7;
const WIDE_LETTER = 12.2;
const BESIDE_NAME = 8;
const needs = (text: string): number => [...text].reduce((sum, letter) => sum + (letter > '\u1100' ? WIDE_LETTER : LETTER), BESIDE_NAME);

/** A sprint in the head: in a line of its own beside others of the same days, with as much of its name as its room takes. */
export interface SprintMark {
  id: string;
  x: number;
  width: number;
  /** As far as its name may reach: to the next one of its line. */
  room: number;
  line: number;
  label: string;
}

/** Where sprints stand in the head. A name that is too long for its room is told by what stands before its colon, or by its number. */
export function sprintMarks(scale: Scale, sprints: readonly { id: string; name: string; startsOn: string; endsOn: string }[]): SprintMark[] {
  const ends: number[] = [];
  const marks = sprints
    .flatMap(({ id, name, startsOn, endsOn }) => {
      const bar = barOf(scale, { startDate: startsOn, dueDate: endsOn });
      return bar ? [{ id, name, ...bar }] : [];
    })
    .toSorted((a, b) => a.x - b.x)
    .map((mark) => {
      const free = ends.findIndex((end) => end <= mark.x);
      const line = free < 0 ? ends.length : free;
      ends[line] = mark.x + mark.width;
      return { ...mark, line };
    });
  return marks.map(({ name, ...mark }, i) => {
    const next = marks.slice(i + 1).find(({ line }) => line === mark.line);
    const room = Math.max(mark.width, (next?.x ?? Infinity) - mark.x - 2);
    const [short = name] = name.split(/[:：]/, 1);
    const number = /\d+\s*$/.exec(short)?.[0].trim();
    const label = [name, short.trim(), number].find((text) => text !== undefined && needs(text) <= room) ?? number ?? name;
    return { ...mark, room, label };
  });
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
