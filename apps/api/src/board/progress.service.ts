import { Injectable } from '@nestjs/common';
import {
  changesBetween,
  columnOf,
  progressOf,
  STATE_OF,
  type Actor,
  type ColumnCategory,
  type Resolution,
  type TicketProgress,
  type TicketState,
} from '@trainyard/domain';
import { demandProject } from '../platform/authorize.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { lockTicket, withoutScope } from '../ticket/locked-ticket.ts';
import { ticketOf } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { setProgress } from '../ticket/ticket.writes.ts';
import { ColumnGates } from './column-gates.ts';
import { movedEntry, place } from './card.writes.ts';
import { enter, holdColumn, sprintIn, type HeldColumn } from './placement.ts';

/** People say how far a ticket is, and how it ended. */
@Injectable()
export class ProgressService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly gates: ColumnGates,
  ) {}

  /** A card whose column means another state goes to the top of the first one that means this. */
  async setTicketState(actor: Actor, id: string, state: TicketState, resolution: Resolution | null): Promise<TicketType> {
    const { progress } = decided(progressOf(state, resolution));
    for (;;) {
      const ticket = await this.database.transaction((tx) => this.give(tx, actor, id, progress));
      if (ticket) return ticket;
    }
  }

  /** Null: the column to hold turned out to be another one, since the card or its board changed meanwhile. */
  private async give(tx: Tx, actor: Actor, id: string, progress: TicketProgress): Promise<TicketType | null> {
    const column = await holdTarget(tx, id, progress.state);
    const before = ticketOf(withoutScope(demandProject(actor, 'ticket.write', await lockTicket(tx, id))));
    if (before.state === progress.state && before.resolution === progress.resolution) return before;
    if (before.state === progress.state || before.boardId === null) {
      await tx.query(SET_PROGRESS, [id, progress.state, progress.resolution]);
      const changes = changesBetween({ state: before.state, resolution: before.resolution }, { ...progress });
      await this.activity.append(tx, before.projectId, actor.userId, [{ entity: 'TICKET', entityId: id, ticketId: id, action: 'UPDATED', changes }]);
      return { ...before, ...progress };
    }
    if (column?.boardId !== before.boardId || STATE_OF[column.category] !== progress.state) {
      const board = await boardOf(tx, before.boardId);
      if (columnOf(progress.state, board.columns)) return null;
      throw new DomainError('STATE_WITHOUT_COLUMN', { state: progress.state, board: board.name });
    }
    if (column.archived) throw new DomainError('BOARD_ARCHIVED');
    await this.gates.demand(tx, column, { id, ticket: before });
    const { rank, entries } = await enter(tx, column, null);
    const sprintId = await sprintIn(tx, before, column);
    const after: TicketType = { ...before, columnId: column.id, rank, sprintId, ...progress, enteredAt: new Date() };
    place(tx, before, after);
    await this.activity.append(tx, before.projectId, actor.userId, [...entries, movedEntry(before, after)]);
    return after;
  }
}

const SET_PROGRESS = setProgress('$1', '$2', '$3', 'STAYS');

/** Holds the column that the ticket will come to; null where it need not go into one, or there is none. */
async function holdTarget(tx: Tx, id: string, state: TicketState): Promise<HeldColumn | null> {
  const lies = await row<{ boardId: string; state: string }>(
    tx,
    'SELECT k.board_id AS "boardId", t.state FROM placement k JOIN ticket t ON t.id = k.ticket_id WHERE k.ticket_id = $1 AND NOT k.hidden ORDER BY k.board_id LIMIT 1',
    [id],
  );
  if (!lies || lies.state === state) return null;
  const target = columnOf(state, (await boardOf(tx, lies.boardId)).columns);
  return target ? holdColumn(tx, target.id) : null;
}

async function boardOf(tx: Tx, id: string): Promise<{ name: string; columns: { id: string; category: ColumnCategory }[] }> {
  const columns = await rows<{ id: string; category: ColumnCategory; board: string }>(
    tx,
    'SELECT c.id, c.category, b.name AS board FROM board_column c JOIN board b ON b.id = c.board_id WHERE b.id = $1 ORDER BY c.rank, c.id',
    [id],
  );
  const [first] = columns;
  if (!first) throw new Error(`board ${id} has no column`);
  return { name: first.board, columns };
}
