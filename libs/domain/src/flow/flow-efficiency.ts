import type { Cycle } from './cycle.ts';
import type { TicketSpan } from './span.ts';
import { isWaiting, timeSpent, type SpentInput, type TimePiece, type TimeReason } from './time-spent.ts';

/** Time of several tickets with one reason. */
export interface ReasonTime {
  reason: TimeReason;
  detail: string | null;
  time: number;
  tickets: number;
  /** Those whose time it is, the longest first. */
  ticketIds: string[];
}

export interface FlowEfficiency {
  /** Tickets done. */
  n: number;
  work: number;
  waiting: number;
  /** Work by all time: the ratio of the sums, so long tickets weigh what they took. Null where no time was spent. */
  ratio: number | null;
  /** The longest first. */
  reasons: ReasonTime[];
  pieces: TimePiece[];
}

export interface EfficiencyInput extends Pick<SpentInput, 'queues' | 'within' | 'measured'> {
  cycles: readonly Pick<Cycle, 'ticketId' | 'startedAt' | 'endedAt'>[];
  byTicket: ReadonlyMap<string, readonly TicketSpan[]>;
}

/** Of tickets that are done: how much of the time from start to end they were worked on, and what they waited for else. */
export function flowEfficiency({ cycles, byTicket, measured, ...how }: EfficiencyInput): FlowEfficiency {
  const measuredOf = Map.groupBy(measured, ({ ticketId }) => ticketId);
  const pieces = cycles.flatMap(({ ticketId, startedAt, endedAt }) =>
    timeSpent({ ...how, spans: byTicket.get(ticketId) ?? [], measured: measuredOf.get(ticketId) ?? [], from: startedAt, to: endedAt }),
  );
  const sum = (of: readonly TimePiece[]): number => of.reduce((total, { time }) => total + time, 0);
  const waiting = sum(pieces.filter(({ reason }) => isWaiting(reason)));
  const work = sum(pieces) - waiting;
  return { n: cycles.length, work, waiting, ratio: work + waiting === 0 ? null : work / (work + waiting), reasons: reasonsOf(pieces), pieces };
}

function reasonsOf(pieces: readonly TimePiece[]): ReasonTime[] {
  return [...Map.groupBy(pieces, ({ reason, detail }) => `${reason} ${detail}`).values()]
    .map((of) => {
      const ticketIds = longestFirst(of);
      return {
        reason: (of[0] as TimePiece).reason,
        detail: (of[0] as TimePiece).detail,
        time: of.reduce((total, { time }) => total + time, 0),
        tickets: ticketIds.length,
        ticketIds,
      };
    })
    .sort((a, b) => b.time - a.time);
}

/** Whose pieces these are: whose time is longest, all columns together, comes first. */
function longestFirst(pieces: readonly TimePiece[]): string[] {
  const sums = new Map<string, number>();
  for (const { ticketId, time } of pieces) sums.set(ticketId, (sums.get(ticketId) ?? 0) + time);
  return [...sums].sort(([, a], [, b]) => b - a).map(([ticketId]) => ticketId);
}

/** Where most waiting is, and what says so. */
export interface Bottleneck {
  columnId: string | null;
  reason: TimeReason;
  detail: string | null;
  /** Waited there for that, in milliseconds. */
  time: number;
  /** Its part of all waiting, up to 1. */
  share: number;
  /** Those who waited, the longest first. */
  ticketIds: string[];
}

/** What tickets waited for longest, by column and reason. Null where nothing waited. */
export function bottleneck(pieces: readonly TimePiece[]): Bottleneck | null {
  const waits = pieces.filter(({ reason }) => isWaiting(reason));
  const all = waits.reduce((total, { time }) => total + time, 0);
  const [most] = [...Map.groupBy(waits, ({ columnId, reason, detail }) => `${columnId} ${reason} ${detail}`).values()]
    .map((of) => ({ of, time: of.reduce((total, { time }) => total + time, 0) }))
    .sort((a, b) => b.time - a.time);
  const first = most?.of[0];
  if (!most || !first) return null;
  const { columnId, reason, detail } = first;
  return {
    columnId,
    reason,
    detail,
    time: most.time,
    share: most.time / all,
    ticketIds: longestFirst(most.of),
  };
}
