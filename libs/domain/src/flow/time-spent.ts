import { stageOf, type TicketSpan } from './span.ts';

/**
 * What a ticket's time went to. RUN_TRAINING and WORK are work; the others are waiting: a run of it is queued, another ticket blocks it, its assignee is
 * away, it has none, or it lies where things wait. Each moment is one of these, the first that holds.
 */
export const TIME_REASONS = ['RUN_TRAINING', 'RUN_QUEUED', 'BLOCKED', 'AWAY', 'NOBODY', 'QUEUE', 'WORK'] as const;
export type TimeReason = (typeof TIME_REASONS)[number];
/** What is measured elsewhere and told to the report. */
export type MeasuredReason = Exclude<TimeReason, 'QUEUE' | 'WORK'>;

export const isWaiting = (reason: TimeReason): boolean => reason !== 'WORK' && reason !== 'RUN_TRAINING';

export interface Interval {
  from: number;
  to: number;
}
export interface MeasuredInterval extends Interval {
  ticketId: string;
  reason: MeasuredReason;
  /** What exactly: the engine that a run waits for, the ticket that blocks; null: nothing more is known. */
  detail: string | null;
}

/** Time of a ticket with one reason in one column, in milliseconds. */
export interface TimePiece {
  ticketId: string;
  columnId: string | null;
  reason: TimeReason;
  detail: string | null;
  time: number;
}

export interface SpentInput extends Interval {
  /** Of one ticket, in order. */
  spans: readonly TicketSpan[];
  /** Of the same ticket. */
  measured: readonly MeasuredInterval[];
  /** Columns in which tickets in progress wait. */
  queues?: ReadonlySet<string>;
  /** Counts time within these alone, which follow each other: working time, where it is asked for. */
  within?: readonly Interval[];
}

/** What the time of a ticket went to between two instants. While it is done, cancelled or deleted nothing is counted. */
export function timeSpent({ spans, measured, queues, within, from, to }: SpentInput): TimePiece[] {
  const pieces = new Map<string, TimePiece>();
  for (const span of spans) {
    const stage = stageOf(span);
    const start = Math.max(from, span.from);
    const end = Math.min(to, span.to);
    if (start >= end || stage === 'DONE' || stage === 'OUT') continue;
    const over = measured.filter((interval) => interval.from < end && start < interval.to);
    const cuts = [...new Set([start, end, ...over.flatMap((interval) => [interval.from, interval.to])])]
      .filter((at) => at >= start && at <= end)
      .sort((a, b) => a - b);
    const isQueue = stage === 'OPEN' || (span.columnId !== null && queues?.has(span.columnId));
    for (const [index, cut] of cuts.slice(0, -1).entries()) {
      const next = cuts[index + 1] as number;
      const why = firstOf(over.filter((interval) => interval.from <= cut && next <= interval.to));
      const reason = why?.reason ?? (isQueue ? 'QUEUE' : 'WORK');
      const detail = why?.detail ?? null;
      const key = `${span.columnId} ${reason} ${detail}`;
      const piece = pieces.get(key) ?? { ticketId: span.ticketId, columnId: span.columnId, reason, detail, time: 0 };
      piece.time += within ? overlap(within, cut, next) : next - cut;
      pieces.set(key, piece);
    }
  }
  return [...pieces.values()].filter(({ time }) => time > 0);
}

/** What a ticket waits for just before an instant, or that it is worked on. Null: it is done, out or not there yet. */
export const reasonAt = (how: Omit<SpentInput, 'from' | 'to' | 'within'>, at: number): TimePiece | null =>
  timeSpent({ ...how, from: at - 1, to: at })[0] ?? null;

const firstOf = (intervals: readonly MeasuredInterval[]): MeasuredInterval | undefined =>
  intervals.toSorted((a, b) => TIME_REASONS.indexOf(a.reason) - TIME_REASONS.indexOf(b.reason) || a.from - b.from)[0];

const overlap = (within: readonly Interval[], from: number, to: number): number =>
  within.reduce((sum, interval) => sum + Math.max(0, Math.min(to, interval.to) - Math.max(from, interval.from)), 0);
