import { instantAt, startOfDay } from '../time/zones.ts';
import { DAY_YEARS, isDay, shiftedDay } from '../time/days.ts';
import { stageOf, type TicketSpan } from './span.ts';
import type { Interval, MeasuredInterval } from './time-spent.ts';

/** A value of a ticket that holds from an instant on, in milliseconds; null: it has none. */
export interface Told<Value> {
  at: number;
  value: Value | null;
}

/** A link by which another ticket blocks one is set at one instant, and taken back at another. */
export interface ToldBlock {
  at: number;
  blockerId: string;
  isSet: boolean;
}

/** Somebody's days off, both included, by the days of a zone. */
export interface Away {
  fromDate: string;
  toDate: string;
  fromNoon: boolean;
  untilNoon: boolean;
}

/** A day of which clocks skip or repeat an hour has its noon where they show it. */
const noonOf = (day: string, timeZone: string): number => instantAt(`${day}T12:00:00`, timeZone).getTime();

/**
 * When a ticket was blocked, by what: while the link was set and the other was neither done nor out.
 * @param blocks of the ticket, in their order
 * @param blockers the spans of those that block, in order; one that is not told of blocks as long as its link
 * @param nameOf what is told of a blocker; null: the reader may not know of it
 */
export function blockedWaits(
  ticketId: string,
  blocks: readonly ToldBlock[],
  blockers: ReadonlyMap<string, readonly TicketSpan[]>,
  nameOf: (blockerId: string) => string | null,
): MeasuredInterval[] {
  const linked = new Map<string, Interval[]>();
  for (const { at, blockerId, isSet } of blocks) {
    const stays = linked.get(blockerId) ?? [];
    linked.set(blockerId, stays);
    const last = stays.at(-1);
    if (isSet && last?.to !== Infinity) stays.push({ from: at, to: Infinity });
    else if (!isSet && last?.to === Infinity) last.to = at;
  }
  return [...linked].flatMap(([blockerId, stays]) => {
    const spans = blockers.get(blockerId);
    const unfinished: readonly Interval[] = spans?.filter((span) => ['OPEN', 'IN_PROGRESS'].includes(stageOf(span))) ?? [{ from: -Infinity, to: Infinity }];
    return stays
      .flatMap((stay) => overlaps(stay, unfinished))
      .map((interval) => ({ ...interval, ticketId, reason: 'BLOCKED' as const, detail: nameOf(blockerId) }));
  });
}

/** When a ticket was nobody's, and when whoever it was given to was away. @param given to whom, in order; before the first it is nobody's */
export function peopleWaits(ticketId: string, given: readonly Told<string>[], awayOf: ReadonlyMap<string, readonly Interval[]>): MeasuredInterval[] {
  return [{ at: -Infinity, value: null }, ...given].flatMap(({ at, value }, index): MeasuredInterval[] => {
    const stay: Interval = { from: at, to: given[index]?.at ?? Infinity };
    if (stay.from >= stay.to) return [];
    if (value === null) return [{ ...stay, ticketId, reason: 'NOBODY', detail: null }];
    return overlaps(stay, awayOf.get(value) ?? []).map((interval) => ({ ...interval, ticketId, reason: 'AWAY', detail: null }));
  });
}

/** Days off as instants, by the days of a zone. */
export function awayIn(timeZone: string, days: readonly Away[]): Interval[] {
  return days.map(({ fromDate, toDate, fromNoon, untilNoon }) => {
    const from = beyond(fromDate) ?? (fromNoon ? noonOf(fromDate, timeZone) : startOfDay(fromDate, timeZone).getTime());
    const to = beyond(toDate) ?? (untilNoon ? noonOf(toDate, timeZone) : startOfDay(shiftedDay(toDate, 1), timeZone).getTime());
    return { from, to };
  });
}

/** Days that nobody reckons with were taken once, such as the last one there is: they are before or behind all others. */
const beyond = (day: string): number | null => (isDay(day) ? null : day < String(DAY_YEARS.first) ? -Infinity : Infinity);

const overlaps = (of: Interval, others: readonly Interval[]): Interval[] =>
  others.flatMap((other) => {
    const [from, to] = [Math.max(of.from, other.from), Math.min(of.to, other.to)];
    return from < to ? [{ from, to }] : [];
  });
