import { daysBetween, shiftedDay } from '../time/days.ts';
import { refuse, type Result } from '../result.ts';
import { CALENDAR_DAY_NAME_MAX, CALENDAR_DAYS_MAX, type NamedDay } from './calendar.ts';

/** Characters of a file of holidays that is taken. */
export const ICS_MAX = 500_000;
/** An event that lasts longer is no holiday. */
const EVENT_DAYS_MAX = 31;
/** How many of the events that are left out are named. */
export const LEFT_OUT_MAX = 50;

/** Why an event gives no day. */
export const ICS_LEFT_OUT = ['NO_DAY', 'NOT_ALL_DAY', 'REPEATS', 'CANCELLED', 'TOO_LONG', 'CONTRADICTS'] as const;
export type IcsLeftOut = (typeof ICS_LEFT_OUT)[number];

export interface IcsDays {
  days: NamedDay[];
  /** Events that give no day, at most LEFT_OUT_MAX of them; `line` is where they begin. */
  leftOut: { line: number; name: string; reason: IcsLeftOut }[];
  leftOutCount: number;
}

interface Line {
  number: number;
  name: string;
  value: string;
}
type Event = Map<string, Line> & { line?: number };

/** Holiday lists of China mark a day that is worked to make up for one by this word. */
const MAKE_UP = /班|make-?up|working day|workday/i;

/**
 * The all-day events of an iCalendar file (RFC 5545) as days of a calendar, by day. Events of hours, and those that repeat, are left out and
 * named. Refused with BAD_INPUT of `ics` where the file is none, breaks off or names no day; `line` says where.
 */
export function readIcs(text: string): Result<IcsDays> {
  const wrong = (reason: string, line: number) => refuse('BAD_INPUT', { field: 'ics', reason: `ICS_${reason}`, line });
  const days = new Map<string, NamedDay>();
  const leftOut: IcsDays['leftOut'] = [];
  const open: string[] = [];
  let event: Event | null = null;
  let last = 1;
  for (const line of linesOf(text)) {
    last = line.number;
    if (open.length === 0 && !(line.name === 'BEGIN' && line.value.toUpperCase() === 'VCALENDAR')) return wrong('NOT_A_CALENDAR', line.number);
    if (line.name === 'BEGIN') {
      open.push(line.value.toUpperCase());
      if (open.length === 2 && open[1] === 'VEVENT') event = Object.assign(new Map<string, Line>(), { line: line.number });
    } else if (line.name === 'END') {
      if (open.pop() !== line.value.toUpperCase()) return wrong('BROKEN', line.number);
      if (event && open.length === 1) {
        take(event, days, leftOut);
        event = null;
      }
      if (days.size > CALENDAR_DAYS_MAX) return refuse('BAD_INPUT', { field: 'ics', reason: 'ICS_TOO_MANY', line: line.number, max: CALENDAR_DAYS_MAX });
    } else if (event && open.length === 2 && !event.has(line.name)) event.set(line.name, line);
  }
  if (open.length > 0) return wrong('BROKEN', last);
  if (days.size === 0) return wrong(leftOut.length > 0 ? 'NO_DAYS' : 'NOT_A_CALENDAR', last);
  return {
    ok: true,
    days: [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    leftOut: leftOut.slice(0, LEFT_OUT_MAX),
    leftOutCount: leftOut.length,
  };
}

function take(event: Event, days: Map<string, NamedDay>, leftOut: IcsDays['leftOut']): void {
  const name = plain(event.get('SUMMARY')?.value ?? '');
  const leave = (reason: IcsLeftOut): unknown => leftOut.push({ line: event.line ?? 1, name, reason });
  const start = event.get('DTSTART');
  const from = dayOf(start);
  if (event.get('STATUS')?.value.toUpperCase() === 'CANCELLED') return void leave('CANCELLED');
  if (event.has('RRULE') || event.has('RDATE')) return void leave('REPEATS');
  if (from === null) return void leave(start && /^\d{8}T/.test(start.value) ? 'NOT_ALL_DAY' : 'NO_DAY');
  // The end is the first day on which it is over; without one it lasts a day.
  const end = event.get('DTEND');
  const over = end ? dayOf(end) : shiftedDay(from, Number(/^P(\d+)D$/.exec(event.get('DURATION')?.value ?? '')?.[1] ?? 1));
  if (over === null || over < from) return void leave('NO_DAY');
  const length = Math.max(1, daysBetween(from, over));
  if (length > EVENT_DAYS_MAX) return void leave('TOO_LONG');
  const works = MAKE_UP.test(name);
  for (let i = 0; i < length; i++) {
    const day = shiftedDay(from, i);
    const before = days.get(day);
    if (before && before.works !== works) return void leave('CONTRADICTS');
    // Two holidays of one day have one name.
    const both = before && before.name !== name ? `${before.name}, ${name}` : name;
    days.set(day, { day, works, name: both.slice(0, CALENDAR_DAY_NAME_MAX) });
  }
}

/** The day of a property; null where it has none, or an hour. */
function dayOf(line: Line | undefined): string | null {
  const [, year, month, date] = /^(\d{4})(\d{2})(\d{2})$/.exec(line?.value ?? '') ?? [];
  const day = `${year}-${month}-${date}`;
  const count = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(count) || new Date(count).toISOString().slice(0, 10) !== day ? null : day;
}

/** Text as it is meant: its escapes and line breaks undone. */
const plain = (value: string): string =>
  value
    .replace(/\\([nN,;\\])/g, (_, escaped: string) => (escaped.toLowerCase() === 'n' ? ' ' : escaped))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, CALENDAR_DAY_NAME_MAX);

/** Lines as they were before they were folded: what begins with a blank goes on the one before. `number` is where each begins. */
function linesOf(text: string): Line[] {
  const found: { number: number; text: string }[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((raw, i) => {
      const before = found.at(-1);
      if (/^[ \t]/.test(raw) && before) before.text += raw.slice(1);
      else if (raw.trim() !== '') found.push({ number: i + 1, text: raw });
    });
  return found.map(({ number, text: line }) => {
    // A quoted parameter may hold a colon.
    const [, name = '', value = ''] = /^([^:;]+)(?:;(?:[^":]|"[^"]*")*)?:(.*)$/.exec(line) ?? [];
    return { number, name: name.trim().toUpperCase(), value: value.trim() };
  });
}
