import { Injectable } from '@nestjs/common';
import { hasRoomBetween, moveTicket, type Actor } from '@trainyard/domain';
import type { EntityManager } from 'typeorm';
import { ActivityLog, type ActivityEntry } from '../platform/activity-log.ts';
import { demandProject } from '../platform/authorize.ts';
import { closing, Database, row, rows } from '../platform/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { chase, GAP_COLUMNS, GAP_JOIN, gapOf, lockColumns, rerank, type Gap } from './placement.ts';
import { TICKET_COLUMNS, TICKET_SOURCES, ticketOf, type TicketRow } from './ticket.rows.ts';
import type { TicketType } from './ticket.types.ts';

type Moving = TicketRow & Parameters<typeof gapOf>[2];

/** Cards dragged: the busiest write of all, so it is two round trips: look under lock; place, log and commit. */
@Injectable()
export class MoveService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  /** Puts a card behind `afterId` of a column of the same project; null is the top. */
  async moveTicket(actor: Actor, id: string, columnId: string, afterId: string | null): Promise<TicketType> {
    const { moved } = await chase(() => this.tryMove(actor, id, columnId, afterId));
    return moved;
  }

  /** Null when the card was taken to a third column while this move waited for its locks. */
  private tryMove(actor: Actor, id: string, columnId: string, afterId: string | null): Promise<{ moved: TicketType | Promise<TicketType> } | null> {
    return this.database.transaction(async (tx) => {
      // Sent together: the second runs when the first has its locks, and sees what was committed until then.
      const [columns, seen] = await Promise.all([lockColumns(tx, id, columnId), loadMoving(tx, id, columnId, afterId)]);
      for (const column of columns) demandProject(actor, 'ticket.write', column);
      const target = columns.find((column) => column.id === columnId);
      if (!seen || !target || seen.ticket.projectId !== target.projectId) throw new DomainError('NOT_FOUND');
      if (!columns.some((column) => column.id === seen.ticket.columnId)) return null;

      const entries: ActivityEntry[] = [];
      let { ticket, gap } = seen;
      if (gap.after !== 'gone' && !hasRoomBetween(gap.after?.rank ?? null, gap.next?.rank ?? null)) {
        entries.push(await rerank(tx, target));
        ({ ticket, gap } = (await loadMoving(tx, id, columnId, afterId)) ?? seen);
      }
      const move = decided(moveTicket({ ticket, column: target, ...gap }));
      if (!move.unchanged) entries.push(movedEntry(ticket, target.boardId, move));
      const moved = move.unchanged ? ticket : closing(tx, () => place(tx, ticket, target.boardId, move));
      if (entries.length > 0) await this.activity.append(tx, target.projectId, actor.userId, entries);
      return { moved };
    });
  }
}

function movedEntry(ticket: TicketType, boardId: string, to: { columnId: string; rank: string }): ActivityEntry {
  return {
    entity: 'TICKET',
    entityId: ticket.id,
    ticketId: ticket.id,
    action: 'MOVED',
    changes: {
      columnId: { from: ticket.columnId, to: to.columnId },
      rank: { from: ticket.rank, to: to.rank },
      ...(ticket.boardId !== boardId && { boardId: { from: ticket.boardId, to: boardId } }),
    },
  };
}

async function loadMoving(tx: EntityManager, id: string, columnId: string, afterId: string | null): Promise<{ ticket: TicketType; gap: Gap } | null> {
  const found = await row<Moving>(
    tx,
    `SELECT ${TICKET_COLUMNS}, ${GAP_COLUMNS} FROM ticket t ${TICKET_SOURCES} ${GAP_JOIN('$2::uuid', '$3::uuid', 't.id')} WHERE t.id = $1 AND t.deleted_at IS NULL`,
    [id, columnId, afterId],
  );
  if (!found) return null;
  const { afterId: prevId, afterRank, nextId, nextRank, ...ticket } = found;
  return { ticket: ticketOf(ticket), gap: gapOf(columnId, afterId, { afterId: prevId, afterRank, nextId, nextRank }) };
}

/** The card in its new place, and both columns' counts. The version stays: a drag does not make somebody's edit stale. */
async function place(tx: EntityManager, ticket: TicketType, boardId: string, to: { columnId: string; rank: string }): Promise<TicketType> {
  const [moved] = await rows<TicketRow>(
    tx,
    /* sql */ `
    WITH counted AS (
      UPDATE board_column SET ticket_count = ticket_count + CASE id WHEN $2 THEN 1 ELSE -1 END WHERE id IN ($2, $3) AND $2 <> $3
    ), t AS (
      UPDATE ticket SET column_id = $2, board_id = $4, rank = $5, updated_at = now() WHERE id = $1 RETURNING *
    )
    SELECT ${TICKET_COLUMNS} FROM t ${TICKET_SOURCES}`,
    [ticket.id, to.columnId, ticket.columnId, boardId, to.rank],
  );
  if (!moved) throw new Error(`ticket ${ticket.id} vanished under the lock of its column`);
  return ticketOf(moved);
}
