import type { Resolution, TicketState } from '../ticket/state.ts';
import type { TicketKind } from '../ticket/ticket.ts';

/** What reports ask of a ticket. The category of its column is not among it: a column makes its tickets as far as it means, and the log says so of each. */
export interface TicketFacts {
  state: TicketState;
  resolution: Resolution | null;
  /** Null: it lies on no board. */
  columnId: string | null;
  sprintId: string | null;
  /** Null: not estimated. */
  points: number | null;
  /** Device-hours estimated; null: not estimated. */
  hours: number | null;
  parentId: string | null;
  kind: TicketKind;
  deleted: boolean;
}

/**
 * What a ticket was for a while: from `from` to before `to`, instants in milliseconds; `to` is Infinity where it still is. The spans of a
 * ticket follow each other without a gap, from when it was made.
 */
export interface TicketSpan extends TicketFacts {
  ticketId: string;
  from: number;
  to: number;
}

/** How far a ticket is for reports. OUT: it was cancelled, is a duplicate or is deleted, so it is neither work nor delivered. */
export const STAGES = ['OPEN', 'IN_PROGRESS', 'DONE', 'OUT'] as const;
export type Stage = (typeof STAGES)[number];

export function stageOf({ state, resolution, deleted }: Pick<TicketFacts, 'state' | 'resolution' | 'deleted'>): Stage {
  if (deleted) return 'OUT';
  return state === 'DONE' && resolution !== 'DONE' ? 'OUT' : state;
}

/** The spans as they were known just before an instant: what came at it or later is not there, what held then is open. */
export function knownBefore(spans: readonly TicketSpan[], at: number): TicketSpan[] {
  return spans.flatMap((span) => (span.from >= at ? [] : [span.to < at ? span : { ...span, to: Infinity }]));
}

/** The spans of each ticket, in order. */
export function byTicket(spans: Iterable<TicketSpan>): Map<string, TicketSpan[]> {
  const found = Map.groupBy(spans, ({ ticketId }) => ticketId);
  for (const spansOfOne of found.values()) spansOfOne.sort((a, b) => a.from - b.from);
  return found;
}

/** Spans that follow each other and are alike in `same`, as one stay each. */
export interface StayIn<Of> {
  what: Of;
  from: number;
  to: number;
}
export function staysIn<Of>(spans: readonly TicketSpan[], same: (span: TicketSpan) => Of): StayIn<Of>[] {
  const found: StayIn<Of>[] = [];
  for (const span of spans) {
    const last = found.at(-1);
    const what = same(span);
    if (last?.what === what && last.to === span.from) last.to = span.to;
    else found.push({ what, from: span.from, to: span.to });
  }
  return found;
}
