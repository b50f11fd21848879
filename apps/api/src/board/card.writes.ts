// What is written when a card goes from one place to another. The ticket is locked, and the column it enters is held.

import { changesBetween } from '@trainyard/domain';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import { closing, type Tx } from '../platform/sql/database.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { setProgress } from '../ticket/ticket.writes.ts';

export function movedEntry(from: TicketType, to: TicketType): ActivityEntry {
  return {
    entity: 'TICKET',
    entityId: from.id,
    ticketId: from.id,
    action: 'MOVED',
    changes: {
      columnId: { from: from.columnId, to: to.columnId },
      rank: { from: from.rank, to: to.rank },
      ...changesBetween(
        { boardId: from.boardId, state: from.state, resolution: from.resolution, sprintId: from.sprintId },
        { boardId: to.boardId, state: to.state, resolution: to.resolution, sprintId: to.sprintId },
      ),
    },
  };
}

const STAYS = setProgress('$1', '$5', '$6', 'STAYS', '$7');
const ENTERS = setProgress('$1', '$5', '$6', 'ENTERS', '$7');
const PLACED = /* sql */ `placed AS (UPDATE placement SET board_id = $3, column_id = $2, rank = $4 WHERE ticket_id = $1 AND board_id = $8)`;
const WITHIN_COLUMN = /* sql */ `WITH ${PLACED} ${STAYS}`;
const BETWEEN_COLUMNS = /* sql */ `
  WITH counted AS (
    UPDATE board_column SET ticket_count = ticket_count + CASE id WHEN $2 THEN 1 ELSE -1 END
    WHERE id IN (SELECT id FROM board_column WHERE id IN ($2, $9) ORDER BY id FOR NO KEY UPDATE)
  ), ${PLACED} ${ENTERS}`;
const FROM_BACKLOG = /* sql */ `
  WITH counted AS (UPDATE board_column SET ticket_count = ticket_count + 1 WHERE id = $2),
    placed AS (INSERT INTO placement (ticket_id, board_id, column_id, rank) VALUES ($1, $3, $2, $4)) ${ENTERS}`;

const OFF_BOARD = /* sql */ `
  WITH counted AS (UPDATE board_column SET ticket_count = ticket_count - 1 WHERE id = $2),
    taken AS (DELETE FROM placement WHERE ticket_id = $1 AND board_id = $3) ${setProgress('$1', '$4', '$5', 'ENTERS', '$6')}`;

/** Writes the card's new place and state, and the counts of both columns. It reads nothing back: what the answer says is known. */
export function placing({ id, boardId, columnId }: TicketType, moved: TicketType): [sql: string, parameters: unknown[]] {
  const to = [id, moved.columnId, moved.boardId, moved.rank, moved.state, moved.resolution, moved.sprintId];
  if (moved.boardId === null) return [OFF_BOARD, [id, columnId, boardId, moved.state, moved.resolution, moved.sprintId]];
  if (boardId === null) return [FROM_BACKLOG, to];
  if (columnId === moved.columnId) return [WITHIN_COLUMN, [...to, boardId]];
  return [BETWEEN_COLUMNS, [...to, boardId, columnId]];
}

/** The same, together with the commit. */
export function place(tx: Tx, from: TicketType, moved: TicketType): void {
  closing(tx, ...placing(from, moved));
}
