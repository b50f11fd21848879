import { Injectable } from '@nestjs/common';
import { changesBetween, hasRoomBetween, moveTicket, progressIn, type Actor } from '@trainyard/domain';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { demandProject } from '../platform/authorize.ts';
import { closing, Database, row, type Tx } from '../platform/sql/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { GAP_COLUMNS, GAP_JOIN, gapOf, holdColumn, rerank, type Gap } from './placement.ts';
import { CARD_COLUMNS, CARD_SOURCES, cardOf, type CardRow } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { setProgress } from '../ticket/ticket.writes.ts';

type Moving = CardRow & Parameters<typeof gapOf>[2];

/** Cards dragged: the busiest write of all, so it is two round trips: look under lock; place, log and commit. */
@Injectable()
export class MoveService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  /** Puts a card, or a ticket of the backlog, behind `afterId` of a column of the same project; null is the top. */
  async moveTicket(actor: Actor, id: string, columnId: string, afterId: string | null): Promise<TicketType> {
    return this.database.transaction(async (tx) => {
      const [column, seen] = await Promise.all([holdColumn(tx, columnId), lockMoving(tx, id, columnId, afterId)]);
      const target = demandProject(actor, 'ticket.write', column);
      if (seen?.ticket.projectId !== target.projectId) throw new DomainError('NOT_FOUND');
      if (target.archived) throw new DomainError('BOARD_ARCHIVED');

      const entries: ActivityEntry[] = [];
      let { ticket, gap } = seen;
      if (gap.after !== 'gone' && !hasRoomBetween(gap.after?.rank ?? null, gap.next?.rank ?? null)) {
        entries.push(await rerank(tx, target));
        ({ ticket, gap } = (await lockMoving(tx, id, columnId, afterId)) ?? seen);
      }
      const move = decided(moveTicket({ ticket, column: target, ...gap }));
      let moved: TicketType = ticket;
      if (!move.unchanged) {
        moved = { ...ticket, boardId: target.boardId, columnId, rank: move.rank, ...progressIn(target.category, ticket) };
        entries.push(movedEntry(ticket, moved));
        place(tx, ticket, moved);
      }
      if (entries.length > 0) await this.activity.append(tx, target.projectId, actor.userId, entries);
      return moved;
    });
  }
}

function movedEntry(from: TicketType, to: TicketType): ActivityEntry {
  return {
    entity: 'TICKET',
    entityId: from.id,
    ticketId: from.id,
    action: 'MOVED',
    changes: {
      columnId: { from: from.columnId, to: to.columnId },
      rank: { from: from.rank, to: to.rank },
      ...changesBetween(
        { boardId: from.boardId, state: from.state, resolution: from.resolution },
        { boardId: to.boardId, state: to.state, resolution: to.resolution },
      ),
    },
  };
}

async function lockMoving(tx: Tx, id: string, columnId: string, afterId: string | null): Promise<{ ticket: TicketType; gap: Gap } | null> {
  // Sent together: the second sees what was committed until the first had its lock, the card's place too.
  const [, found] = await Promise.all([
    tx.query('SELECT FROM ticket WHERE id = $1 FOR NO KEY UPDATE', [id]),
    row<Moving>(
      tx,
      `SELECT ${CARD_COLUMNS}, ${GAP_COLUMNS} FROM ticket t ${CARD_SOURCES} ${GAP_JOIN('$2::uuid', '$3::uuid', 't.id')} WHERE t.id = $1 AND t.deleted_at IS NULL`,
      [id, columnId, afterId],
    ),
  ]);
  if (!found) return null;
  const { afterId: prevId, afterRank, nextId, nextRank, ...ticket } = found;
  return { ticket: cardOf(ticket, ticket), gap: gapOf(columnId, afterId, { afterId: prevId, afterRank, nextId, nextRank }) };
}

const TICKET = setProgress('$1', '$5', '$6');
const PLACED = /* sql */ `placed AS (UPDATE placement SET board_id = $3, column_id = $2, rank = $4 WHERE ticket_id = $1 AND board_id = $7)`;
const WITHIN_COLUMN = /* sql */ `WITH ${PLACED} ${TICKET}`;
const BETWEEN_COLUMNS = /* sql */ `
  WITH counted AS (
    UPDATE board_column SET ticket_count = ticket_count + CASE id WHEN $2 THEN 1 ELSE -1 END
    WHERE id IN (SELECT id FROM board_column WHERE id IN ($2, $8) ORDER BY id FOR NO KEY UPDATE)
  ), ${PLACED} ${TICKET}`;
const FROM_BACKLOG = /* sql */ `
  WITH counted AS (UPDATE board_column SET ticket_count = ticket_count + 1 WHERE id = $2),
    placed AS (INSERT INTO placement (ticket_id, board_id, column_id, rank) VALUES ($1, $3, $2, $4)) ${TICKET}`;

/**
 * Writes the card's new place and state, and the counts of both columns. It reads nothing back: what the answer says
 * is known.
 */
function place(tx: Tx, { id, boardId, columnId }: TicketType, moved: TicketType): void {
  const to = [id, moved.columnId, moved.boardId, moved.rank, moved.state, moved.resolution];
  if (boardId === null) closing(tx, FROM_BACKLOG, to);
  else if (columnId === moved.columnId) closing(tx, WITHIN_COLUMN, [...to, boardId]);
  else closing(tx, BETWEEN_COLUMNS, [...to, boardId, columnId]);
}
