import type { TicketKind } from '../ticket/ticket.ts';
import type { DayOf } from './days.ts';
import type { FlowItem } from './item.ts';
import { percentilesOf, type Percentiles } from './percentiles.ts';

/** How a ticket that is done came to be so. Times are in milliseconds. */
export interface Cycle {
  ticketId: string;
  kind: TicketKind;
  points: number | null;
  createdAt: number;
  /** When it was first in progress; where it never was, when it was done. */
  startedAt: number;
  /** When it was done, and has been since. */
  endedAt: number;
  /** From start to end, with all that lay between. */
  elapsed: number;
  /** Local days that it took, the first and the last both counted: one at least. */
  days: number;
  /** Local days since it was made, both counted. */
  leadDays: number;
  /** The part of `elapsed` in which it was in progress. */
  active: number;
  /** It was done without ever being in progress. */
  isSkipped: boolean;
  /** How often it came back to progress after the first time. */
  reentries: number;
  /** How often it had been done before. */
  reopened: number;
}

/**
 * Null while a ticket is not done. One that is cancelled, a duplicate or deleted is not done either.
 * @param dayOf must know the days since it was made
 */
export function cycleOf({ ticketId, kind, points, stage, since, createdAt, startedAt, active, starts, ends }: FlowItem, dayOf: DayOf): Cycle | null {
  if (stage !== 'DONE') return null;
  const start = startedAt ?? since;
  return {
    ticketId,
    kind,
    points,
    createdAt,
    startedAt: start,
    endedAt: since,
    elapsed: since - start,
    days: dayOf(since) - dayOf(start) + 1,
    leadDays: dayOf(since) - dayOf(createdAt) + 1,
    active,
    isSkipped: startedAt === null,
    reentries: Math.max(0, starts - 1),
    reopened: ends - 1,
  };
}

/** The cycles of all tickets that are done, the first to end first. */
export function cyclesOf(items: Iterable<FlowItem>, dayOf: DayOf): Cycle[] {
  return [...items].flatMap((item) => cycleOf(item, dayOf) ?? []).sort((a, b) => a.endedAt - b.endedAt);
}

export interface CycleTimes {
  n: number;
  /** Of those, how many were never in progress: each counts as a day. */
  skipped: number;
  /** In days; null where there are too few. */
  cycle: Percentiles | null;
  lead: Percentiles | null;
}

/** How long tickets take, in days. No mean: a few that lay about for months would make it. */
export function cycleTimes(cycles: readonly Cycle[]): CycleTimes {
  return {
    n: cycles.length,
    skipped: cycles.filter(({ isSkipped }) => isSkipped).length,
    cycle: percentilesOf(cycles.map(({ days }) => days)),
    lead: percentilesOf(cycles.map(({ leadDays }) => leadDays)),
  };
}
