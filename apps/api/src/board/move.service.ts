import { Injectable } from '@nestjs/common';
import { hasRoomBetween, moveTicket, progressIn, type Actor } from '@trainyard/domain';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { demandProject } from '../platform/authorize.ts';
import { Database, row, type Tx } from '../platform/sql/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { movedEntry, place } from './card.writes.ts';
import { GAP_COLUMNS, GAP_JOIN, gapOf, holdColumn, rerank, type Gap } from './placement.ts';
import { lockTicket, withoutScope } from '../ticket/locked-ticket.ts';
import { CARD_COLUMNS, CARD_SOURCES, cardOf, ticketOf, type CardRow } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';

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

  /** Takes a card off its board: it stays in the backlog, as far as it is. A ticket that lies on none is answered as it is. */
  async takeOffBoard(actor: Actor, id: string): Promise<TicketType> {
    return this.database.transaction(async (tx) => {
      const before = ticketOf(withoutScope(demandProject(actor, 'ticket.write', await lockTicket(tx, id))));
      if (before.boardId === null) return before;
      const after: TicketType = { ...before, boardId: null, columnId: null, rank: null };
      place(tx, before, after);
      await this.activity.append(tx, before.projectId, actor.userId, [movedEntry(before, after)]);
      return after;
    });
  }
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
