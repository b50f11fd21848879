import type { ReportDay } from './days.ts';
import type { FlowItem } from './item.ts';
import { stageOf, type TicketSpan } from './span.ts';

/** The place of a stage among those that are shown, from 0; `outlet`, one behind the last, is where what was cancelled or deleted goes. */
export type StageIndex = (span: TicketSpan) => number;

const BY_STATE = { OPEN: 0, IN_PROGRESS: 1, DONE: 2, OUT: 3 } as const;
/** Open, in progress, done, and the outlet. */
export const stageByState: StageIndex = (span) => BY_STATE[stageOf(span)];

/** Since when a ticket has been at a stage or behind it without a break; null: it is before it. One place more than there are stages: the outlet. */
export interface FlowEntry {
  ticketId: string;
  since: (number | null)[];
}

/**
 * When each ticket came to each stage for good, as far as is known. One that went back has left the stages it went back from, so what is said of
 * earlier days is less than it was said to be then: to say what was known on a day, give the spans as they were known.
 * @param stages how many there are without the outlet
 */
export function flowEntries(byTicket: ReadonlyMap<string, readonly TicketSpan[]>, stages = 3, stageIndex = stageByState): FlowEntry[] {
  return [...byTicket].map(([ticketId, spans]) => {
    const since: (number | null)[] = Array.from({ length: stages + 1 }, () => null);
    let reached = stages;
    for (const span of spans.toReversed()) {
      reached = Math.min(reached, stageIndex(span));
      if (reached < 0) break;
      for (let stage = 0; stage <= reached; stage += 1) since[stage] = span.from;
    }
    return { ticketId, since };
  });
}

/** The same by state, from what is kept of each ticket. */
export const entriesOfItems = (items: readonly FlowItem[]): FlowEntry[] =>
  items.map(({ ticketId, createdAt, progressSince, doneSince, outSince }) => ({ ticketId, since: [createdAt, progressSince, doneSince, outSince] }));

export interface FlowDay {
  day: string;
  isWorking: boolean;
  /**
   * Tickets that had come to each stage or behind it by the end of the day: they never become fewer. What lies between two is how many were at
   * the earlier one. The last is the outlet, which the stage before it includes.
   */
  reached: number[];
}

/** The cumulative flow at the end of each day. @param stages how many there are without the outlet */
export function cumulativeFlow(entries: readonly FlowEntry[], days: readonly ReportDay[], stages = 3): FlowDay[] {
  const arrivals = Array.from({ length: stages + 1 }, (_, stage) => Float64Array.from(entries.flatMap(({ since }) => since[stage] ?? [])).sort());
  const counts = arrivals.map(() => 0);
  return days.map(({ day, isWorking, end }) => ({
    day,
    isWorking,
    reached: arrivals.map((times, stage) => {
      let count = counts[stage] as number;
      while (count < times.length && (times[count] as number) < end) count += 1;
      return (counts[stage] = count);
    }),
  }));
}

/** The tickets that were at a stage at the end of a day: the number between two lines, by name. */
export function ticketsAt(entries: readonly FlowEntry[], stage: number, end: number): string[] {
  const has = (since: readonly (number | null)[], at: number): boolean => (since[at] ?? Infinity) < end;
  return entries.flatMap(({ ticketId, since }) => (has(since, stage) && !has(since, stage + 1) ? [ticketId] : []));
}
