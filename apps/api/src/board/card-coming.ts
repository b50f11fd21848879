// What is written when a card is deleted and comes back. The ticket is locked, and the column it comes back to is held.

import { changesBetween, type TicketProgress } from '@trainyard/domain';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import { row, type Tx } from '../platform/sql/database.ts';
import { PLACED_TICKET_SOURCES, TICKET_COLUMNS, type TicketRow } from '../ticket/ticket.rows.ts';
import { MARK_DELETED, restoreTicket } from '../ticket/ticket.writes.ts';

/** Where a ticket lies and how far it is, as the log says it. */
type Standing = Record<'columnId' | 'rank' | 'state' | 'resolution' | 'sprintId', string | null>;
/** Of a deleted ticket. */
const GONE: Standing = { columnId: null, rank: null, state: null, resolution: null, sprintId: null };

/** The card leaves its column, which keeps its place. */
export async function hide(tx: Tx, { id, columnId }: { id: string; columnId: string | null }): Promise<void> {
  await tx.query(MARK_DELETED, [id]);
  await tx.query('UPDATE placement SET hidden = true WHERE ticket_id = $1', [id]);
  await tx.query('UPDATE board_column SET ticket_count = ticket_count - 1 WHERE id = $1', [columnId]);
}

export function hiddenEntry(ticket: Standing & { id: string }): ActivityEntry {
  return { entity: 'TICKET', entityId: ticket.id, ticketId: ticket.id, action: 'DELETED', changes: changesBetween<Standing>(ticket, GONE) };
}

/** How a ticket comes back. */
export interface Shown extends TicketProgress {
  columnId: string | null;
  rank: string | null;
  sprintId: string | null;
}

/** The card is there again: in the column it left, or in the backlog alone (nulls). */
export async function show(tx: Tx, id: string, { columnId, rank, sprintId, ...progress }: Shown): Promise<TicketRow> {
  const shown = await row<TicketRow>(
    tx,
    /* sql */ `
    WITH counted AS (
      UPDATE board_column SET ticket_count = ticket_count + 1 WHERE id = $2
    ), place AS (
      UPDATE placement SET hidden = false, rank = $3 WHERE ticket_id = $1 AND column_id = $2 RETURNING *
    ), t AS (
      ${restoreTicket('$1', '$4', '$5', '$6')}
    )
    SELECT ${TICKET_COLUMNS} FROM t LEFT JOIN place ON true ${PLACED_TICKET_SOURCES}`,
    [id, columnId, rank, progress.state, progress.resolution, sprintId],
  );
  if (!shown) throw new Error(`ticket ${id} vanished under its lock`);
  return shown;
}

export function shownEntry(id: string, standing: Standing): ActivityEntry {
  const changes = { ...changesBetween(GONE, standing), restored: { from: false, to: true } };
  return { entity: 'TICKET', entityId: id, ticketId: id, action: 'CREATED', changes };
}
