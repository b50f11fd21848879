import { entriesOfItems, type FlowEntry, type FlowItem } from '@trainyard/domain';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import { ITEM_COLUMNS, WHOLE_MS } from './flow.rows.ts';

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
}

/** By what was known then. */
export function ticketsThen(items: readonly FlowItem[], start: number, at: Date): PictureTickets {
  const done = items
    .filter(({ stage, since }) => stage === 'DONE' && since >= start && since < at.getTime())
    .sort((a, b) => a.since - b.since || (a.ticketId < b.ticketId ? -1 : 1));
  return {
    counts: () =>
      Promise.resolve({
        entries: entriesOfItems(items),
        before: [0, 0, 0, 0],
        done: done.map(({ ticketId, since }) => ({ ticketId, endedAt: since })),
      }),
    done: (last) => Promise.resolve(last === null ? done : done.slice(-last)),
  };
}

/** By what is kept of each ticket now. Most of a project was done before the picture: it is counted alone. */
export function ticketsNow(tx: Tx, projectId: string, start: number, at: Date): PictureTickets {
  const since = new Date(start);
  const done = async (last: number | null): Promise<FlowItem[]> => {
    const found = await rows<FlowItem>(
      tx,
      /* sql */ `SELECT ${ITEM_COLUMNS} FROM flow_item i WHERE i.project_id = $1 AND i.stage = 'DONE' AND i.since >= $2 AND i.since < $3
        ORDER BY i.since DESC, i.ticket_id DESC LIMIT $4`,
      [projectId, since, at, last],
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
          [projectId, since, at],
        ),
        row<{ done: number; out: number }>(
          tx,
          /* sql */ `SELECT count(*) FILTER (WHERE stage = 'DONE')::int AS done, count(*) FILTER (WHERE stage = 'OUT')::int AS out
            FROM flow_item WHERE project_id = $1 AND stage IN ('DONE', 'OUT') AND since < $2`,
          [projectId, since],
        ),
      ]);
      const { done: ended, out } = before ?? { done: 0, out: 0 };
      return {
        entries: entries.map((one) => ({ ticketId: one.ticketId, since: [one.created, one.progress, one.done, one.out] })),
        before: [ended + out, ended + out, ended + out, out],
        done: entries.flatMap(({ ticketId, doneAt }) => (doneAt === null ? [] : { ticketId, endedAt: doneAt })),
      };
    },
    done,
  };
}
