// Where tickets come to lie that are given a state: in the first column of their board that means it.

import { columnOf, STATE_OF, type ColumnCategory, type TicketState } from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { rows, type Tx } from '../platform/sql/database.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import type { TicketChangeInput } from './change-tickets.types.ts';
import type { HeldColumn } from './placement.ts';

interface BoardColumns {
  name: string;
  columns: { id: string; category: ColumnCategory }[];
}
/** Boards on which tickets lie that are given a state, by their ids. */
export type Boards = ReadonlyMap<string, BoardColumns>;

/** Read before the columns are held: where it turned out otherwise then, the change begins again. */
export async function boardsOf(tx: Tx, changes: readonly TicketChangeInput[]): Promise<Boards> {
  const ids = changes.flatMap(({ id, progress, place }) => (progress && !place ? id : []));
  if (ids.length === 0) return new Map();
  const columns = await rows<{ id: string; category: ColumnCategory; boardId: string; board: string }>(
    tx,
    /* sql */ `SELECT c.id, c.category, b.id AS "boardId", b.name AS board FROM board_column c JOIN board b ON b.id = c.board_id
      WHERE b.id IN (SELECT k.board_id FROM placement k WHERE k.ticket_id = ANY ($1::uuid[]) AND NOT k.hidden) ORDER BY c.rank, c.id`,
    [ids],
  );
  return new Map([...Map.groupBy(columns, ({ boardId }) => boardId)].map(([id, of]) => [id, { name: of[0]!.board, columns: of }]));
}

/** Columns that tickets of these boards may come to. */
export const targetsOn = (boards: Boards, changes: readonly TicketChangeInput[]): string[] => {
  const states = new Set(changes.flatMap(({ progress }) => progress?.state ?? []));
  return [...boards.values()].flatMap(({ columns }) => [...states].flatMap((state) => columnOf(state, columns)?.id ?? []));
};

/** The column a ticket comes to; null: it stays where it is. 'OTHER': the board, or the column, is not what was held. */
export function targetOf(ticket: TicketType, state: TicketState, boards: Boards, held: ReadonlyMap<string, HeldColumn>): HeldColumn | null | 'OTHER' {
  if (ticket.boardId === null || ticket.state === state) return null;
  const board = boards.get(ticket.boardId);
  if (!board) return 'OTHER';
  const target = columnOf(state, board.columns);
  if (!target) throw new DomainError('STATE_WITHOUT_COLUMN', { state, board: board.name });
  const column = held.get(target.id);
  return column?.boardId === ticket.boardId && STATE_OF[column.category] === state ? column : 'OTHER';
}
