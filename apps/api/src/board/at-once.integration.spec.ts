import { TestBoard } from '../../test/board.ts';
import { RANK_MAX_LENGTH, rankBetween } from '@trainyard/domain';
import { buildTickets, cardsOf } from '../../test/factories/board.ts';
import { untilWaiting } from '../../test/locks.ts';
import { row, rows } from '../platform/sql/database.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { place } from './card.writes.ts';

const board = TestBoard.ofFile('LEAD');

const toDo = (): { boardId: string; columnId: string } => ({ boardId: board.project.boardId, columnId: board.column(0) });
const isAt = (id: string): Promise<object | null> =>
  row(
    board.trainyard.database.direct,
    'SELECT k.column_id AS "columnId", k.rank, t.state FROM ticket t LEFT JOIN placement k ON k.ticket_id = t.id WHERE t.id = $1',
    [id],
  );
const miscounted = (): Promise<object[]> =>
  rows(
    board.trainyard.database.direct,
    'SELECT c.id FROM board_column c JOIN board b ON b.id = c.board_id WHERE b.project_id = $1 AND c.ticket_count <> (SELECT count(*) FROM placement k WHERE k.column_id = c.id AND NOT k.hidden)',
    [board.project.id],
  );

/** Moves a card to the top of a column of what is to do, as `moveTicket` does. `ask` begins when its place was read: it waits for the move, which waits for nothing. */
async function asksDuringMove<T>(id: string, to: { boardId: string; columnId: string }, ask: () => Promise<T>): Promise<T> {
  const { asked } = await board.trainyard.database.transaction(async (tx) => {
    await tx.query(`SET LOCAL lock_timeout = '500ms'`);
    await tx.query('SELECT FROM ticket WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const lay = await row<{ columnId: string; boardId: string }>(
      tx,
      'SELECT column_id AS "columnId", board_id AS "boardId" FROM placement WHERE ticket_id = $1',
      [id],
    );
    const asked = ask();
    await Promise.race([untilWaiting(board.trainyard, 1), asked]);
    const ticket = { id, columnId: lay?.columnId, boardId: lay?.boardId } as TicketType;
    place(tx, ticket, { ...ticket, ...to, rank: 'm', state: 'OPEN', resolution: null });
    return { asked };
  });
  return asked;
}

it('a card that moves away is as far as its new column says, whatever its old one comes to mean meanwhile', async () => {
  const { ids } = await buildTickets(board.trainyard, 2, { project: board.project, columns: [board.column(2)] });
  const [moving, staying] = ids as [string, string];
  await asksDuringMove(moving, toDo(), () =>
    board.client.ask('mutation($id: ID!) { updateColumn(id: $id, version: 1, input: { category: DONE }) { id } }', { id: board.column(2) }),
  );
  expect(await isAt(moving)).toMatchObject({ columnId: board.column(0), state: 'OPEN' });
  expect(await isAt(staying)).toMatchObject({ columnId: board.column(2), state: 'DONE' });
  expect(await miscounted()).toEqual([]);
});

it('a card that moves away keeps its rank there, whatever ranks its old column is given meanwhile', async () => {
  const { ids } = await buildTickets(board.trainyard, 3, { project: board.project, columns: [board.column(2)] });
  const [first, second, moving] = ids as [string, string, string];
  const ranks = (await cardsOf(board.trainyard, board.column(2))).map(({ rank }) => rank);
  let close = ranks[1] as string;
  while (rankBetween(ranks[0] as string, close).length <= RANK_MAX_LENGTH) close = rankBetween(ranks[0] as string, close);
  await board.trainyard.database.direct.query('UPDATE placement SET rank = $2 WHERE ticket_id = $1', [second, close]);
  const { ids: others } = await buildTickets(board.trainyard, 1, { project: board.project, columns: [board.column(1)] });
  await asksDuringMove(moving, toDo(), () => board.move(others[0] as string, board.column(2), first));
  expect((await cardsOf(board.trainyard, board.column(2))).map(({ id }) => id)).toEqual([first, others[0], second]);
  expect(await isAt(moving)).toEqual({ columnId: board.column(0), rank: 'm', state: 'OPEN' });
});

it('a card whose board is deleted while it moves to another one is there, and counted once', async () => {
  const { ids } = await buildTickets(board.trainyard, 1, { project: board.project, columns: [board.column(2)] });
  const id = ids[0] as string;
  const { createBoard } = await board.client.ask<{ createBoard: { id: string; columns: { id: string }[] } }>(
    'mutation($p: ID!) { createBoard(projectId: $p, name: "Other", kind: KANBAN) { id columns { id } } }',
    { p: board.project.id },
  );
  const to = { boardId: createBoard.id, columnId: createBoard.columns[0]?.id as string };
  await board.client.ask('mutation($id: ID!) { archiveBoard(id: $id, version: 1) { id } }', { id: board.project.boardId });
  await asksDuringMove(id, to, () => board.client.ask('mutation($id: ID!) { deleteBoard(id: $id, version: 2) }', { id: board.project.boardId }));
  expect(await isAt(id)).toMatchObject({ columnId: to.columnId });
  expect(await miscounted()).toEqual([]);
});
