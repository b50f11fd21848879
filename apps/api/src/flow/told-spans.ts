import { isTicketNews, spansAfter, type TicketNews, type TicketSpan } from '@trainyard/domain';
import { ENTRY_COLUMNS, type LogEntry } from '../platform/log/log-entry.ts';
import { rows, type Tx } from '../platform/sql/database.ts';

/** The tickets that entries of a scope's log speak of, up to a position, in the order of their ids. */
export async function toldTickets(tx: Tx, scope: string, seq: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT DISTINCT ticket_id AS id FROM activity WHERE scope = $1 AND seq <= $2 AND entity = 'TICKET' AND ticket_id IS NOT NULL ORDER BY id`,
    [scope, seq],
  );
  return found.map(({ id }) => id);
}

/** What the log makes of tickets from their first entry on, up to a position. */
export async function toldSpans(tx: Tx, scope: string, seq: number, ids: readonly string[]): Promise<Map<string, TicketSpan[]>> {
  const entries = await rows<LogEntry>(
    tx,
    `SELECT ${ENTRY_COLUMNS} FROM activity a WHERE a.ticket_id = ANY ($1::uuid[]) AND a.scope = $2 AND a.seq <= $3 AND a.entity = 'TICKET' ORDER BY a.seq`,
    [ids, scope, seq],
  );
  return new Map([...newsOf(entries)].map(([id, news]) => [id, spansAfter(id, null, news)]));
}

/** What entries say of each ticket that reports ask about, in their order. */
export function newsOf(entries: readonly LogEntry[]): Map<string, TicketNews[]> {
  const news = new Map<string, TicketNews[]>();
  for (const entry of entries) {
    if (!isTicketNews(entry)) continue;
    const one = { action: entry.action, changes: entry.changes, at: entry.at.getTime() };
    const known = news.get(entry.entityId);
    if (known) known.push(one);
    else news.set(entry.entityId, [one]);
  }
  return news;
}
