import { Injectable } from '@nestjs/common';
import { hasRoomBetween, moveTicket, type Actor } from '@trainyard/domain';
import type { EntityManager } from 'typeorm';
import { ActivityLog, type ActivityEntry } from '../platform/activity-log.ts';
import { demandProject } from '../platform/authorize.ts';
import { Database, row, rows } from '../platform/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { chase, GAP_COLUMNS, GAP_JOIN, gapOf, lockColumns, rerank, type Gap } from './placement.ts';
import { TICKET_COLUMNS, TICKET_PEOPLE, ticketOf, type TicketRow } from './ticket.rows.ts';
import type { TicketType } from './ticket.types.ts';

type Moving = TicketRow & Parameters<typeof gapOf>[2];

/** Cards dragged: the busiest write of all, so it is four statements between BEGIN and COMMIT. */
@Injectable()
export class MoveService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  /** Puts a card behind `afterId` of a column of the same project; null is the top. */
  moveTicket(actor: Actor, id: string, columnId: string, afterId: string | null): Promise<TicketType> {
    return chase(() => this.tryMove(actor, id, columnId, afterId));
  }

  /** Null when the card was taken to a third column while this move waited for its locks. */
  private tryMove(actor: Actor, id: string, columnId: string, afterId: string | null): Promise<TicketType | null> {
    return this.database.transaction(async (tx) => {
      const columns = await lockColumns(tx, id, columnId);
      for (const column of columns) demandProject(actor, 'ticket.write', column);
      const target = columns.find((column) => column.id === columnId);
      let found = await loadMoving(tx, id, columnId, afterId);
      if (!found || !target || found.ticket.projectId !== target.projectId) throw new DomainError('NOT_FOUND');
      const origin = found.ticket.columnId;
      if (!columns.some((column) => column.id === origin)) return null;

      const entries: ActivityEntry[] = [];
      if (found.gap.after !== 'gone' && !hasRoomBetween(found.gap.after?.rank ?? null, found.gap.next?.rank ?? null)) {
        entries.push(await rerank(tx, target));
        found = (await loadMoving(tx, id, columnId, afterId)) as NonNullable<typeof found>;
      }
      const { ticket, gap } = found;
      const move = decided(moveTicket({ ticket, column: target, ...gap }));
      if (move.unchanged && entries.length === 0) return ticket;

      const moved = move.unchanged ? ticket : await place(tx, ticket, target.boardId, move);
      if (!move.unchanged) {
        entries.push({
          entity: 'TICKET',
          entityId: id,
          ticketId: id,
          action: 'MOVED',
          changes: {
            columnId: { from: ticket.columnId, to: move.columnId },
            rank: { from: ticket.rank, to: move.rank },
            ...(ticket.boardId !== target.boardId && { boardId: { from: ticket.boardId, to: target.boardId } }),
          },
        });
      }
      await this.activity.append(tx, target.projectId, actor.userId, entries);
      return moved;
    });
  }
}

async function loadMoving(tx: EntityManager, id: string, columnId: string, afterId: string | null): Promise<{ ticket: TicketType; gap: Gap } | null> {
  const found = await row<Moving>(
    tx,
    `SELECT ${TICKET_COLUMNS}, ${GAP_COLUMNS} FROM ticket t ${TICKET_PEOPLE} ${GAP_JOIN('$2::uuid', '$3::uuid', 't.id')} WHERE t.id = $1 AND t.deleted_at IS NULL`,
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
    SELECT ${TICKET_COLUMNS} FROM t ${TICKET_PEOPLE}`,
    [ticket.id, to.columnId, ticket.columnId, boardId, to.rank],
  );
  if (!moved) throw new Error(`ticket ${ticket.id} vanished under the lock of its column`);
  return ticketOf(moved);
}
