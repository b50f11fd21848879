// Many tickets that come to a board, change their column or leave it in one go. Their columns are held, and they are locked.

import { changesBetween, columnOf, progressIn, ranksBetween, type ColumnCategory } from '@trainyard/domain';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { setProgressOfMany } from '../ticket/ticket.writes.ts';
import { movedEntry } from './card.writes.ts';
import { holdColumns, holdCounts, type HeldColumn } from './placement.ts';

/** A ticket as it was, and as it becomes. */
export interface Change {
  before: TicketType;
  after: TicketType;
}

/** Until the transaction ends no card comes to these boards. Answers their columns, from left to right. */
export async function holdBoards(tx: Tx, boardIds: readonly string[]): Promise<Map<string, HeldColumn[]>> {
  const ofBoards = await columnsOn(tx, boardIds);
  const held = await holdColumns(tx, ofBoards);
  return Map.groupBy(
    ofBoards.flatMap((id) => held.get(id) ?? []),
    ({ boardId }) => boardId,
  );
}

/** The columns of boards, each board's from left to right. */
export async function columnsOn(tx: Tx, boardIds: readonly string[]): Promise<string[]> {
  if (boardIds.length === 0) return [];
  return (await rows<{ id: string }>(tx, 'SELECT id FROM board_column WHERE board_id = ANY ($1::uuid[]) ORDER BY rank, id', [boardIds])).map(({ id }) => id);
}

/** Tickets that lie on a board, deleted ones left out. */
export async function ticketsOn(tx: Tx, boardId: string): Promise<string[]> {
  return (await rows<{ id: string }>(tx, 'SELECT ticket_id AS id FROM placement WHERE board_id = $1 AND NOT hidden', [boardId])).map(({ id }) => id);
}

/** The column that a ticket comes to as far as it is, else the first. */
export const columnFor = <Column extends { category: ColumnCategory }>({ state }: TicketType, columns: readonly Column[]): Column | undefined =>
  state === 'OPEN' ? columns[0] : (columnOf(state, columns) ?? columns[0]);

/** Puts tickets behind all that lie in the columns they come to, in this order. */
export async function atTheEnd(tx: Tx, coming: readonly { ticket: TicketType; column: HeldColumn; sprintId: string | null }[]): Promise<Change[]> {
  const changes: Change[] = [];
  for (const [column, those] of Map.groupBy(coming, (one) => one.column)) {
    const last = await row<{ rank: string | null }>(tx, 'SELECT max(rank) AS rank FROM placement WHERE column_id = $1 AND NOT hidden', [column.id]);
    const ranks = ranksBetween(last?.rank ?? null, null, those.length);
    those.forEach(({ ticket, sprintId }, i) =>
      changes.push({
        before: ticket,
        after: {
          ...ticket,
          boardId: column.boardId,
          columnId: column.id,
          rank: ranks[i]!,
          sprintId,
          ...progressIn(column.category, ticket),
          enteredAt: new Date(),
        },
      }),
    );
  }
  return changes;
}

export const offBoard = (ticket: TicketType, sprintId: string | null): Change => ({
  before: ticket,
  after: ticket.boardId === null ? { ...ticket, sprintId } : { ...ticket, boardId: null, columnId: null, rank: null, sprintId, enteredAt: new Date() },
});

/** Writes where the tickets lie, how far they are and in which sprint, and the counts of all columns concerned. */
export async function writePlaces(tx: Tx, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  await holdCounts(
    tx,
    changes.flatMap(({ before, after }) => [before.columnId ?? [], after.columnId ?? []].flat()),
  );
  const after = changes.map((change) => change.after);
  await tx.query(
    /* sql */ `WITH n AS (
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[])
        AS n (id, board_before, board_id, column_id, rank, state, resolution, sprint_id)
    ), gone AS (
      DELETE FROM placement k USING n WHERE k.ticket_id = n.id AND k.board_id = n.board_before AND n.board_id IS DISTINCT FROM n.board_before
    ), placed AS (
      INSERT INTO placement (ticket_id, board_id, column_id, rank) SELECT id, board_id, column_id, rank FROM n WHERE board_id IS NOT NULL
      ON CONFLICT (ticket_id, board_id) DO UPDATE SET column_id = excluded.column_id, rank = excluded.rank, hidden = false
    ) ${setProgressOfMany('n')}`,
    [
      after.map(({ id }) => id),
      changes.map(({ before }) => before.boardId),
      after.map(({ boardId }) => boardId),
      after.map(({ columnId }) => columnId),
      after.map(({ rank }) => rank),
      after.map(({ state }) => state),
      after.map(({ resolution }) => resolution),
      after.map(({ sprintId }) => sprintId),
    ],
  );
  await tx.query(
    /* sql */ `UPDATE board_column c SET ticket_count = (SELECT count(*) FROM placement k WHERE k.column_id = c.id AND NOT k.hidden) WHERE c.id = ANY ($1::uuid[])`,
    [[...new Set(changes.flatMap(({ before, after: { columnId } }) => [before.columnId, columnId]))].filter((id) => id !== null)],
  );
}

/** What the log says of each: a row of its own. */
export function entriesOf(changes: readonly Change[]): ActivityEntry[] {
  return changes.flatMap(({ before, after }): ActivityEntry[] => {
    if (before.columnId !== after.columnId || before.rank !== after.rank) return [movedEntry(before, after)];
    const told = changesBetween({ sprintId: before.sprintId }, { sprintId: after.sprintId });
    return Object.keys(told).length === 0 ? [] : [{ entity: 'TICKET', entityId: before.id, ticketId: before.id, action: 'UPDATED', changes: told }];
  });
}

/** Which sprints run on a board: what is put there joins the first. */
export async function setRunningSprints(tx: Tx, boardId: string, sprintIds: readonly string[]): Promise<void> {
  await tx.query('UPDATE board SET sprint_ids = $2 WHERE id = $1', [boardId, sprintIds]);
}
