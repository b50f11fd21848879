import type { TicketKind } from '../ticket/ticket.ts';
import { stageOf, type Stage, type TicketSpan } from './span.ts';

/** What is told of a ticket's way so far: cycle times, throughput, ageing and cumulative flow read it. Instants and lengths in milliseconds. */
export interface FlowItem {
  ticketId: string;
  kind: TicketKind;
  points: number | null;
  stage: Stage;
  /** When it came to its stage. */
  since: number;
  createdAt: number;
  /** When it was first in progress; null: it never was. */
  startedAt: number | null;
  /** When it was first in progress since it was last done or cancelled. */
  episodeAt: number | null;
  /** Since when it has been in progress or behind that without a break, and since when done or out, and out; null: it is not. */
  progressSince: number | null;
  doneSince: number | null;
  outSince: number | null;
  /** In progress, all stays that have ended. */
  active: number;
  /** How often it came to be in progress, and to be done. */
  starts: number;
  ends: number;
}

const ORDER: Readonly<Record<Stage, number>> = { OPEN: 0, IN_PROGRESS: 1, DONE: 2, OUT: 3 };

/** The way of a ticket with one more span. */
export function itemAfter(item: FlowItem | null, span: TicketSpan): FlowItem {
  const { ticketId, kind, points, from } = span;
  const stage = stageOf(span);
  const begins = item?.stage !== stage;
  const inProgress = stage === 'IN_PROGRESS';
  const isDone = span.state === 'DONE';
  const reached = (least: Stage, since: number | null | undefined): number | null => (ORDER[stage] < ORDER[least] ? null : (since ?? from));
  return {
    ticketId,
    kind,
    points,
    stage,
    since: begins ? from : item.since,
    createdAt: item?.createdAt ?? from,
    startedAt: item?.startedAt ?? (inProgress ? from : null),
    episodeAt: isDone ? null : (item?.episodeAt ?? (inProgress ? from : null)),
    progressSince: reached('IN_PROGRESS', item?.progressSince),
    doneSince: reached('DONE', item?.doneSince),
    outSince: reached('OUT', item?.outSince),
    active: (item?.active ?? 0) + (begins && item?.stage === 'IN_PROGRESS' ? from - item.since : 0),
    starts: (item?.starts ?? 0) + Number(begins && inProgress),
    ends: (item?.ends ?? 0) + Number(begins && stage === 'DONE'),
  };
}

/** The way of a ticket. @param spans all it has, in order */
export const itemOf = (spans: readonly TicketSpan[]): FlowItem | null => spans.reduce<FlowItem | null>(itemAfter, null);

/** The ways of many. */
export const itemsOf = (byTicket: ReadonlyMap<string, readonly TicketSpan[]>): FlowItem[] => [...byTicket.values()].flatMap((spans) => itemOf(spans) ?? []);
