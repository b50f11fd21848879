import type { DayOf } from './days.ts';
import { percentilesOf, type Percentiles } from './percentiles.ts';
import { stageOf, type TicketSpan } from './span.ts';

/** A ticket in progress. Its age counts since it was first in progress after it was last done, through all columns and breaks. */
export interface AgeingTicket {
  ticketId: string;
  columnId: string | null;
  startedAt: number;
  /** In local days, the first and today both counted. */
  age: number;
  /** Since it was ever in progress. */
  totalAge: number;
  /** The highest percentile of its column that it is older than; null: none, or the column has none. */
  olderThan: 50 | 85 | 95 | null;
}

/** How old tickets that are done by now were when they left a column for the last time. */
export interface ColumnAges {
  columnId: string | null;
  n: number;
  ages: Percentiles | null;
}

export interface Ageing {
  /** The oldest first. */
  tickets: AgeingTicket[];
  columns: ColumnAges[];
}

/** A ticket in progress, by what is kept of it as a `FlowItem`. */
export interface UnderWay {
  ticketId: string;
  columnId: string | null;
  /** `episodeAt` and `startedAt` of its way. */
  startedAt: number;
  firstAt: number;
}

/** The tickets that are in progress at the end of what is told of them. */
export function underWayIn(byTicket: ReadonlyMap<string, readonly TicketSpan[]>): UnderWay[] {
  return [...byTicket].flatMap(([ticketId, spans]) => {
    const last = spans.at(-1);
    if (!last || stageOf(last) !== 'IN_PROGRESS') return [];
    const { work, total } = lastEpisode(spans);
    return { ticketId, columnId: last.columnId, startedAt: (work[0] as TicketSpan).from, firstAt: total };
  });
}

/**
 * @param underWay as it was known at `at`
 * @param byTicket what they are compared with: those of them that are done
 * @param dayOf must know the days since the first ticket was begun
 */
export function ageing(underWay: readonly UnderWay[], byTicket: ReadonlyMap<string, readonly TicketSpan[]>, at: number, dayOf: DayOf): Ageing {
  const left = new Map<string | null, number[]>();
  const ageAt = (instant: number, since: number): number => dayOf(instant) - dayOf(since) + 1;
  for (const spans of byTicket.values()) {
    const last = spans.at(-1);
    if (!last || stageOf(last) !== 'DONE') continue;
    const { work } = lastEpisode(spans);
    for (const [columnId, to] of new Map(work.map((span) => [span.columnId, span.to]))) {
      const ages = left.get(columnId) ?? [];
      ages.push(ageAt(to, (work[0] as TicketSpan).from));
      left.set(columnId, ages);
    }
  }
  const columns = [...left].map(([columnId, ages]) => ({ columnId, n: ages.length, ages: percentilesOf(ages) }));
  const agesOf = new Map(columns.map(({ columnId, ages }) => [columnId, ages]));
  return {
    tickets: underWay
      .map(({ ticketId, columnId, startedAt, firstAt }) => {
        const age = ageAt(at, startedAt);
        return { ticketId, columnId, startedAt, age, totalAge: ageAt(at, firstAt), olderThan: olderThan(age, agesOf.get(columnId) ?? null) };
      })
      .sort((a, b) => a.startedAt - b.startedAt),
    columns,
  };
}

/** The spans in progress since a ticket was last done, leaving out that it is done now; and since when it was ever in progress. */
function lastEpisode(spans: readonly TicketSpan[]): { work: TicketSpan[]; total: number } {
  const isDone = ({ state }: TicketSpan): boolean => state === 'DONE';
  const until = spans.findLastIndex((span) => !isDone(span)) + 1;
  const from = spans.slice(0, until).findLastIndex(isDone) + 1;
  const isWork = (span: TicketSpan): boolean => stageOf(span) === 'IN_PROGRESS';
  return { work: spans.slice(from, until).filter(isWork), total: spans.find(isWork)?.from ?? Infinity };
}

function olderThan(age: number, ages: Percentiles | null): AgeingTicket['olderThan'] {
  if (!ages) return null;
  return age > ages.p95 ? 95 : age > ages.p85 ? 85 : age > ages.p50 ? 50 : null;
}
