import { Injectable } from '@nestjs/common';
import { changesBetween, hasRoomBetween, moveTicket, progressIn, type Actor, type TicketProgress } from '@trainyard/domain';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { demandProject } from '../platform/authorize.ts';
import { closing, Database, row, type Later, type Tx } from '../platform/sql/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { GAP_COLUMNS, GAP_JOIN, gapOf, holdColumn, rerank, type Gap } from './placement.ts';
import { PLACED_TICKET_SOURCES, TICKET_COLUMNS, TICKET_SOURCES, ticketOf, type TicketRow } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';

type Moving = TicketRow & Parameters<typeof gapOf>[2];

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
      const progress = progressIn(target.category, ticket);
      if (!move.unchanged) entries.push(movedEntry(ticket, target.boardId, move, progress));
      const moved = move.unchanged ? ticket : place(tx, ticket, target.boardId, move, progress);
      if (entries.length > 0) await this.activity.append(tx, target.projectId, actor.userId, entries);
      return moved;
    });
  }
}

function movedEntry(ticket: TicketType, boardId: string, to: { columnId: string; rank: string }, progress: TicketProgress): ActivityEntry {
  return {
    entity: 'TICKET',
    entityId: ticket.id,
    ticketId: ticket.id,
    action: 'MOVED',
    changes: {
      columnId: { from: ticket.columnId, to: to.columnId },
      rank: { from: ticket.rank, to: to.rank },
      ...(ticket.boardId !== boardId && { boardId: { from: ticket.boardId, to: boardId } }),
      ...changesBetween({ state: ticket.state, resolution: ticket.resolution }, progress),
    },
  };
}

async function lockMoving(tx: Tx, id: string, columnId: string, afterId: string | null): Promise<{ ticket: TicketType; gap: Gap } | null> {
  // Sent together: the second sees what was committed until the first had its lock, the card's place too.
  const [, found] = await Promise.all([
    tx.query('SELECT FROM ticket WHERE id = $1 FOR NO KEY UPDATE', [id]),
    row<Moving>(
      tx,
      `SELECT ${TICKET_COLUMNS}, ${GAP_COLUMNS} FROM ticket t ${TICKET_SOURCES} ${GAP_JOIN('$2::uuid', '$3::uuid', 't.id')} WHERE t.id = $1 AND t.deleted_at IS NULL`,
      [id, columnId, afterId],
    ),
  ]);
  if (!found) return null;
  const { afterId: prevId, afterRank, nextId, nextRank, ...ticket } = found;
  return { ticket: ticketOf(ticket), gap: gapOf(columnId, afterId, { afterId: prevId, afterRank, nextId, nextRank }) };
}

const FROM_BOARD = /* sql */ `UPDATE placement SET board_id = $4, column_id = $2, rank = $5 WHERE ticket_id = $1 AND board_id = $8 RETURNING *`;
const FROM_BACKLOG = /* sql */ `INSERT INTO placement (ticket_id, board_id, column_id, rank) SELECT $1, $4, $2, $5 WHERE $8::uuid IS NULL RETURNING *`;

/** The card in its new place, and both columns' counts. The version stays: a drag does not make somebody's edit stale. */
function place(tx: Tx, ticket: TicketType, boardId: string, to: { columnId: string; rank: string }, { state, resolution }: TicketProgress): Later<TicketType> {
  return closing<TicketRow>(
    tx,
    /* sql */ `
    WITH counted AS (
      UPDATE board_column SET ticket_count = ticket_count + CASE id WHEN $2 THEN 1 ELSE -1 END
      WHERE id IN (SELECT id FROM board_column WHERE id IN ($2, $3) AND $2 IS DISTINCT FROM $3 ORDER BY id FOR NO KEY UPDATE)
    ), place AS (
      ${ticket.boardId === null ? FROM_BACKLOG : FROM_BOARD}
    ), t AS (
      UPDATE ticket SET state = $6, resolution = $7, updated_at = now() WHERE id = $1 RETURNING *
    )
    SELECT ${TICKET_COLUMNS} FROM t JOIN place ON true ${PLACED_TICKET_SOURCES}`,
    [ticket.id, to.columnId, ticket.columnId, boardId, to.rank, state, resolution, ticket.boardId],
  ).map(([moved]) => {
    if (!moved) throw new Error(`ticket ${ticket.id} vanished under its lock`);
    return ticketOf(moved);
  });
}
