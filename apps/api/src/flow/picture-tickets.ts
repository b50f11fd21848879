import { byTicket, entriesOfItems, itemsOf, knownBefore, underWayIn, type FlowEntry, type FlowItem, type TicketSpan, type UnderWay } from '@trainyard/domain';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import { ITEM_COLUMNS, SPAN_COLUMNS, spansOf, WHOLE_MS } from './flow.rows.ts';

/** What a cumulative flow is made of. */
export interface FlowCounts {
  /** Of tickets that were not done before the picture, or are not any more. */
  entries: FlowEntry[];
  /** Of the others there are so many at each stage or behind it, on all days. */
  before: number[];
  /** Those that are done and came to be so in the picture, the first of them first. */
  done: { ticketId: string; endedAt: number }[];
}

/** The tickets of a picture, as they are known. */
export interface PictureTickets {
  counts: () => Promise<FlowCounts>;
  /** Those that are done and came to be so in the picture, the first of them first. @param last the last of them alone */
  done: (last: number | null) => Promise<FlowItem[]>;
  /** Those in progress. */
  underWay: () => Promise<UnderWay[]>;
  spansOf: (ids: readonly string[]) => Promise<Map<string, TicketSpan[]>>;
}

/** Tickets of a project over days that end with a moment. */
export interface Pictured {
  projectId: string;
  start: Date;
  at: Date;
}

/** By what is kept of each ticket now. Most of a project was done before the picture: it is counted alone. */
export function ticketsNow(tx: Tx, { projectId, start, at }: Pictured): PictureTickets {
  const done = async (last: number | null): Promise<FlowItem[]> => {
    const found = await rows<FlowItem>(
      tx,
      /* sql */ `SELECT ${ITEM_COLUMNS} FROM flow_item i WHERE i.project_id = $1 AND i.stage = 'DONE' AND i.since >= $2 AND i.since < $3
        ORDER BY i.since DESC, i.ticket_id DESC LIMIT $4`,
      [projectId, start, at, last],
    );
    return found.reverse();
  };
  return {
    counts: async () => {
      const [entries, before] = await Promise.all([
        rows<{ ticketId: string; doneAt: number | null; created: number; progress: number | null; done: number | null; out: number | null }>(
          tx,
          /* sql */ `SELECT i.ticket_id AS "ticketId", CASE WHEN i.stage = 'DONE' AND i.since >= $2 AND i.since < $3 THEN ${WHOLE_MS('i.since')} END AS "doneAt",
              ${WHOLE_MS('i.created_at')} AS created, ${WHOLE_MS('i.progress_since')} AS progress,
              ${WHOLE_MS('i.done_since')} AS done, ${WHOLE_MS('i.out_since')} AS out
            FROM flow_item i WHERE i.project_id = $1 AND (i.stage IN ('OPEN', 'IN_PROGRESS') OR i.since >= $2)
            ORDER BY i.since, i.ticket_id`,
          [projectId, start, at],
        ),
        row<Ended>(
          tx,
          /* sql */ `SELECT count(*) FILTER (WHERE stage = 'DONE')::int AS done, count(*) FILTER (WHERE stage = 'OUT')::int AS out
            FROM flow_item WHERE project_id = $1 AND stage IN ('DONE', 'OUT') AND since < $2`,
          [projectId, start],
        ),
      ]);
      return {
        entries: entries.map((one) => ({ ticketId: one.ticketId, since: [one.created, one.progress, one.done, one.out] })),
        before: reachedBy(before!),
        done: entries.flatMap(({ ticketId, doneAt }) => (doneAt === null ? [] : { ticketId, endedAt: doneAt })),
      };
    },
    done,
    underWay: () => rows(tx, `${UNDER_WAY} ORDER BY i.episode_at, i.ticket_id`, [projectId]),
    spansOf: (ids) => spansOf(tx, ids),
  };
}

/**
 * By what was known at a past moment. Few tickets of a project are another thing since: of those alone it is read what they were, and of them only
 * where they were not done before the picture.
 */
export function ticketsThen(tx: Tx, pictured: Pictured): PictureTickets {
  const { projectId, start, at } = pictured;
  const asked = askedThen(pictured);
  let read: Promise<{ items: FlowItem[]; spans: Map<string, TicketSpan[]> }> | null = null;
  const known = (): NonNullable<typeof read> =>
    (read ??= (async () => {
      const [same, told] = await Promise.all([
        rows<FlowItem>(
          tx,
          /* sql */ `SELECT ${ITEM_COLUMNS} FROM flow_item i
            WHERE i.project_id = $1 AND (i.stage IN ('OPEN', 'IN_PROGRESS') OR i.since >= $2) AND NOT ${isOtherSince('i')}`,
          asked,
        ),
        rows<TicketSpan>(
          tx,
          /* sql */ `SELECT ${SPAN_COLUMNS} FROM ticket_span s WHERE s.from_at < $3 AND s.ticket_id IN (
              SELECT s.ticket_id FROM ticket_span s
              WHERE s.project_id = $1 AND s.from_at < $3 AND s.to_at > $2 AND (s.from_at >= $2 OR NOT ${HAS_ENDED}) AND ${isOtherSince('s')})`,
          asked,
        ),
      ]);
      const spans = byTicket(knownBefore(told, at.getTime()));
      return { items: [...same, ...itemsOf(spans)], spans };
    })());
  const done = async (last: number | null): Promise<FlowItem[]> => {
    const { items } = await known();
    const found = items
      .filter(({ stage, since }) => stage === 'DONE' && since >= start.getTime())
      .sort((a, b) => a.since - b.since || (a.ticketId < b.ticketId ? -1 : 1));
    return last === null ? found : found.slice(-last);
  };
  return {
    counts: async () => {
      const [{ items }, before, ended] = await Promise.all([
        known(),
        row<Ended>(
          tx,
          /* sql */ `SELECT count(*) FILTER (WHERE e.stage = 'DONE')::int AS done, count(*) FILTER (WHERE e.stage = 'OUT')::int AS out
            FROM (${ENDED_BEFORE}) e`,
          asked,
        ),
        done(null),
      ]);
      return {
        entries: entriesOfItems(items),
        before: reachedBy(before!),
        done: ended.map(({ ticketId, since }) => ({ ticketId, endedAt: since })),
      };
    },
    done,
    underWay: async () => {
      const [{ spans }, same] = await Promise.all([known(), rows<UnderWay>(tx, `${UNDER_WAY} AND NOT ${isOtherSince('i', '$2')}`, [projectId, at])]);
      // In the order of those that are known now: which of them became another thing since decides nothing.
      return [...same, ...underWayIn(spans)].sort((a, b) => a.startedAt - b.startedAt || (a.ticketId < b.ticketId ? -1 : 1));
    },
    spansOf: async (ids) => byTicket(knownBefore([...(await spansOf(tx, ids)).values()].flat(), at.getTime())),
  };
}

/** Tickets that were done, or out, before the picture and at its end, as it was known then: the last of them first. */
export async function endedThen(tx: Tx, pictured: Pictured, stage: 'DONE' | 'OUT', limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(tx, `SELECT e.id FROM (${ENDED_BEFORE}) e WHERE e.stage = $4 ORDER BY e.since DESC, e.id LIMIT $5`, [
    ...askedThen(pictured),
    stage,
    limit,
  ]);
  return found.map(({ id }) => id);
}

/** $1, $2 and $3: something is known of every ticket between the last two. */
const askedThen = ({ projectId, start, at }: Pictured): [string, Date, Date] => [projectId, new Date(Math.min(start.getTime(), at.getTime() - 1)), at];

interface Ended {
  done: number;
  out: number;
}

/** How many came to each stage or behind it. */
const reachedBy = ({ done, out }: Ended): number[] => [done + out, done + out, done + out, out];

/** Whether a ticket became another thing at the end of the picture or later. */
const isOtherSince = (of: 'i' | 's', at = '$3'): string =>
  `EXISTS (SELECT FROM ticket_span l WHERE l.project_id = $1 AND l.ticket_id = ${of}.ticket_id AND l.from_at >= ${at})`;

/** As `stageOf` of the domain says it. */
const HAS_ENDED = "(s.deleted OR s.state = 'DONE')";

const ENDED_BEFORE = /* sql */ `
  SELECT i.ticket_id AS id, i.stage, i.since FROM flow_item i
    WHERE i.project_id = $1 AND i.stage IN ('DONE', 'OUT') AND i.since < $2 AND NOT ${isOtherSince('i')}
  UNION ALL SELECT s.ticket_id, CASE WHEN NOT s.deleted AND s.resolution = 'DONE' THEN 'DONE' ELSE 'OUT' END, s.from_at FROM ticket_span s
    WHERE s.project_id = $1 AND s.from_at < $2 AND s.to_at >= $3 AND ${HAS_ENDED} AND ${isOtherSince('s')}`;

const UNDER_WAY = /* sql */ `SELECT i.ticket_id AS "ticketId", ${WHOLE_MS('i.episode_at')} AS "startedAt", ${WHOLE_MS('i.started_at')} AS "firstAt",
    (SELECT s.column_id FROM ticket_span s WHERE s.ticket_id = i.ticket_id ORDER BY s.from_at DESC LIMIT 1) AS "columnId"
  FROM flow_item i WHERE i.project_id = $1 AND i.stage = 'IN_PROGRESS'`;
