import { Injectable } from '@nestjs/common';
import { changesBetween, intoLane, laneOf, LIFECYCLE_STAGES, moveTicket, progressIn, type Actor, type LaneField } from '@trainyard/domain';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { demandProject } from '../platform/authorize.ts';
import { Database, row, type Tx } from '../platform/sql/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { ColumnGates } from './column-gates.ts';
import { movedEntry, place } from './card.writes.ts';
import { GAP_COLUMNS, GAP_JOIN, gapOf, holdColumn, isFull, lastUpTo, rerank, sprintIn, type Gap, type HeldColumn } from './placement.ts';
import { lockTicket, withoutScope } from '../ticket/locked-ticket.ts';
import { isId } from '../platform/input.ts';
import { checkReferences } from '../ticket/ticket-input.ts';
import { CARD_COLUMNS, CARD_SOURCES, cardOf, TICKET_COLUMNS, TICKET_SOURCES, ticketOf, type CardRow, type TicketRow } from '../ticket/ticket.rows.ts';
import { asColumns, SET_VALUES } from '../ticket/ticket.writes.ts';
import type { TicketType } from '../ticket/ticket.types.ts';

/** Where a card goes in its column: behind one (null: to the top), or back to where this rank belongs. */
export type Goal = { afterId: string | null } | { rank: string };
/** The lane it goes to, which is what it stands for. */
export interface Into {
  by: LaneField;
  lane: string | null;
  /** All labels it has then: a lane that is left takes labels with it, which undo brings back. */
  labelIds: readonly string[] | null;
  /** What the ticket had of it when this was decided; null: whatever it has. */
  seen: readonly string[] | null;
}

type Moving = CardRow & Parameters<typeof gapOf>[2];

/** Cards dragged: the busiest write of all, so it is two round trips: look under lock; place, log and commit. */
@Injectable()
export class MoveService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly gates: ColumnGates,
  ) {}

  /** Puts a card, or a ticket of the backlog, into a column of the same project. */
  async moveTicket(actor: Actor, id: string, columnId: string, goal: Goal, into: Into | null): Promise<TicketType> {
    return this.database.transaction(async (tx) => {
      const holding = holdColumn(tx, columnId);
      // what is sent behind the hold sees the column as it is then
      const afterId = 'rank' in goal ? (await Promise.all([lastUpTo(tx, columnId, goal.rank, id), holding]))[0] : goal.afterId;
      const [column, seen] = await Promise.all([holding, lockMoving(tx, id, columnId, afterId)]);
      const target = demandProject(actor, 'ticket.write', column);
      if (seen?.ticket.projectId !== target.projectId) throw new DomainError('NOT_FOUND');
      if (target.archived) throw new DomainError('BOARD_ARCHIVED');

      const entries: ActivityEntry[] = [];
      let { ticket, gap } = seen;
      if (isFull(gap)) {
        entries.push(await rerank(tx, target, afterId));
        ({ ticket, gap } = (await lockMoving(tx, id, columnId, afterId)) ?? seen);
      }
      if (into) ticket = await putInto(tx, ticket, target, into, entries);
      const move = decided(moveTicket({ ticket, column: target, ...gap }));
      let moved: TicketType = ticket;
      if (!move.unchanged) {
        if (ticket.columnId !== columnId) await this.gates.demand(tx, target, { id, ticket });
        const sprintId = await sprintIn(tx, ticket, target);
        moved = { ...ticket, boardId: target.boardId, columnId, rank: move.rank, sprintId, ...progressIn(target.category, ticket), ...since(ticket, columnId) };
        entries.push(movedEntry(ticket, moved));
        place(tx, ticket, moved);
      }
      if (entries.length > 0) await this.activity.append(tx, target.projectId, actor.userId, entries);
      return moved;
    });
  }

  /** Takes a card off its board, and out of a sprint that runs there: it stays in the backlog, as far as it is. A ticket that lies on none is answered as it is. */
  async takeOffBoard(actor: Actor, id: string): Promise<TicketType> {
    return this.database.transaction(async (tx) => {
      const before = ticketOf(withoutScope(demandProject(actor, 'ticket.write', await lockTicket(tx, id))));
      if (before.boardId === null) return before;
      const sprintId = await sprintIn(tx, before, null);
      const after: TicketType = { ...before, boardId: null, columnId: null, rank: null, sprintId, ...since(before, null) };
      place(tx, before, after);
      await this.activity.append(tx, before.projectId, actor.userId, [movedEntry(before, after)]);
      return after;
    });
  }
}

/** What a card says of how long it has been there, once it comes to another column. */
const since = ({ columnId }: TicketType, to: string | null): Partial<TicketType> => (columnId === to ? {} : { enteredAt: new Date() });

/** Changes what the lane stands for, with the move or not at all. */
async function putInto(tx: Tx, ticket: TicketType, project: HeldColumn, { by, lane, labelIds, seen }: Into, entries: ActivityEntry[]): Promise<TicketType> {
  if (lane !== null && !(by === 'STAGE' ? LIFECYCLE_STAGES.some((stage) => stage === lane) : isId(lane)))
    throw new DomainError('BAD_INPUT', { field: 'lane', reason: 'UNKNOWN' });
  if (labelIds && (by !== 'LABEL' || (labelIds[0] ?? null) !== lane)) throw new DomainError('BAD_INPUT', { field: 'labelIds', reason: 'NOT_THE_LANE' });
  const before = { assigneeId: ticket.assignee?.id ?? null, labelIds: ticket.labelIds, stage: ticket.stage };
  const values = labelIds ? { labelIds: [...new Set(labelIds)] } : intoLane(by, before, lane);
  const changes = changesBetween(before, values);
  if (Object.keys(changes).length === 0) return ticket;
  const has = labelIds ? before.labelIds : [laneOf(by, before) ?? []].flat();
  if (seen && (seen.length !== has.length || seen.some((id, i) => id !== has[i]))) throw new DomainError('STALE_VERSION', { version: ticket.version });
  await checkReferences(tx, project, values, ticket.labelIds);
  const updated = await row<TicketRow>(tx, /* sql */ `WITH ${SET_VALUES} SELECT ${TICKET_COLUMNS} FROM t ${TICKET_SOURCES}`, [ticket.id, asColumns(values)]);
  if (!updated) throw new Error(`ticket ${ticket.id} vanished under its lock`);
  entries.push({ entity: 'TICKET', entityId: ticket.id, ticketId: ticket.id, action: 'UPDATED', changes });
  return cardOf(updated, updated);
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
