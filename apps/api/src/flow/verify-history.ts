import { itemOf, type FlowItem, type TicketSpan } from '@trainyard/domain';
import { beginAgain } from '../platform/log/log-reader.ts';
import { rows, type Tx } from '../platform/sql/database.ts';
import { FLOW_READER } from './flow-feed.ts';
import { itemsOf, spansOf } from './flow.rows.ts';
import { toldSpans } from './told-spans.ts';

/** Tickets looked at in one go. */
const CHUNK = 1_000;

export interface HistoryProof {
  tickets: number;
  spans: number;
  /** Entries that no reader has taken yet: nothing is said of them. */
  unread: number;
  /** The first that is kept otherwise than the log tells; null: none. */
  difference: HistoryDifference | null;
}
export interface HistoryDifference {
  projectId: string;
  ticketId: string;
  kept: string;
  told: string;
}

/** Makes the past of all tickets of the log anew, up to where the reader has come, and compares it with what is kept. `tx` must see one moment. */
export async function verifyHistory(tx: Tx): Promise<HistoryProof> {
  const scopes = await rows<{ scope: string; seq: number; unread: number }>(
    tx,
    /* sql */ `SELECT s.id AS scope, COALESCE(p.seq, 0)::int AS seq, (s.seq - COALESCE(p.seq, 0))::int AS unread
      FROM activity_scope s LEFT JOIN log_position p ON p.scope = s.id AND p.reader = $1 ORDER BY s.id`,
    [FLOW_READER],
  );
  const proof: HistoryProof = { tickets: 0, spans: 0, unread: 0, difference: null };
  for (const { scope, seq, unread } of scopes) {
    proof.unread += unread;
    const found = await rows<{ id: string }>(
      tx,
      /* sql */ `SELECT ticket_id AS id FROM activity WHERE scope = $1 AND seq <= $2 AND entity = 'TICKET' AND ticket_id IS NOT NULL
        UNION SELECT ticket_id FROM ticket_span WHERE project_id = $1 UNION SELECT ticket_id FROM flow_item WHERE project_id = $1 ORDER BY id`,
      [scope, seq],
    );
    for (let from = 0; from < found.length; from += CHUNK) {
      const ids = found.slice(from, from + CHUNK).map(({ id }) => id);
      const told = await toldSpans(tx, scope, seq, ids);
      const [kept, ways] = [await spansOf(tx, ids), await itemsOf(tx, ids)];
      for (const ticketId of ids) {
        const spans = told.get(ticketId) ?? [];
        const difference = differenceOf(spans, kept.get(ticketId) ?? [], ways.get(ticketId) ?? null);
        if (difference) return { ...proof, difference: { projectId: scope, ticketId, ...difference } };
        proof.tickets += 1;
        proof.spans += spans.length;
      }
    }
  }
  return proof;
}

/** Forgets all that is kept: the reader makes it anew. */
export async function forgetHistory(tx: Tx): Promise<void> {
  await beginAgain(tx, FLOW_READER);
  await tx.query('TRUNCATE ticket_span, flow_item');
}

function differenceOf(told: readonly TicketSpan[], kept: readonly TicketSpan[], way: FlowItem | null): Pick<HistoryDifference, 'kept' | 'told'> | null {
  for (let index = 0; index < Math.max(told.length, kept.length); index += 1) {
    const [a, b] = [said(kept[index]), said(told[index])];
    if (a !== b) return { kept: a, told: b };
  }
  const [a, b] = [said(way), said(itemOf(told))];
  return a === b ? null : { kept: a, told: b };
}

/** The same whatever the order of the fields; instants can be read. */
const said = (of: TicketSpan | FlowItem | null | undefined): string =>
  of
    ? Object.entries(of)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([name, value]) =>
            `${name}=${typeof value === 'number' && value > 1e9 && value < 8.64e15 && INSTANT.test(name) ? new Date(value).toISOString() : String(value)}`,
        )
        .join(' ')
    : 'nothing';
const INSTANT = /^(from|to|since|.*At|.*Since)$/;
