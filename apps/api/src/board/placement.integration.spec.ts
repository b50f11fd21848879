import { TestBoard, type Placed } from '../../test/board.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, buildTicket, buildTickets, seqOf } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { untilWaiting } from '../../test/locks.ts';
import { Placement1764000000019 } from '../migrations/0019-placement.ts';
import { row, rows } from '../platform/sql/database.ts';
import { rerank, holdColumn } from './placement.ts';
import { migrating } from '../../test/migrating.ts';

const CREATE = 'mutation($i: CreateTicketInput!) { createTicket(input: $i) { id boardId columnId rank state resolution } }';
const DELETE = 'mutation($id: ID!, $version: Int!) { deleteTicket(id: $id, version: $version) { id } }';
const RESTORE = 'mutation($id: ID!) { restoreTicket(id: $id) { id boardId columnId rank state resolution version } }';
const IN_BACKLOG = { boardId: null, columnId: null, rank: null, state: 'OPEN', resolution: null, version: 1 };

const board = TestBoard.ofFile('LEAD');

const backlog = async (): Promise<string[]> =>
  (
    await rows<{ id: string }>(board.trainyard.database.direct, 'SELECT id FROM ticket WHERE project_id = $1 ORDER BY backlog_rank, id', [board.project.id])
  ).map(({ id }) => id);

describe('a ticket without a column', () => {
  it('is in the backlog alone, behind all others, and is found as every ticket', async () => {
    const { ids } = await buildTickets(board.trainyard, 3, { project: board.project });
    const first = await board.inBacklog('First');
    const second = await board.inBacklog('Second');
    expect([first, second]).toEqual([
      { id: first.id, ...IN_BACKLOG },
      { id: second.id, ...IN_BACKLOG },
    ]);
    expect(await backlog()).toEqual([...ids, first.id, second.id]);
    const { tickets } = await board.client.ask<{ tickets: { nodes: { id: string }[]; totalCount: number } }>(
      'query($p: ID!) { tickets(projectId: $p, search: "first") { totalCount nodes { id } } }',
      { p: board.project.id },
    );
    expect(tickets).toEqual({ totalCount: 1, nodes: [{ id: first.id }] });
    expect((await board.told(first.id))[0]).toMatchObject({ action: 'CREATED', changes: { state: { from: null, to: 'OPEN' } } });
    expect((await board.told(first.id))[0]?.changes).not.toHaveProperty('columnId');
  });

  it('stands behind no card: a place is that of a column', async () => {
    const { ids } = await buildTickets(board.trainyard, 1, { project: board.project });
    const answer = await board.client.send('mutation($i: CreateTicketInput!) { createTicket(input: $i) { id } }', {
      i: { projectId: board.project.id, title: 'Second', type: 'TASK', afterId: ids[0] },
    });
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', params: { field: 'columnId', reason: 'REQUIRED' } });
  });

  it('enters a board by a move, which leaves its place in the backlog', async () => {
    const { id } = await board.inBacklog('Wanted');
    const last = await board.inBacklog('Behind it');
    const moved = await board.move(id, board.column(2));
    expect(moved).toMatchObject({ boardId: board.project.boardId, columnId: board.column(2), state: 'IN_PROGRESS' });
    expect((await board.told(id)).at(-1)).toEqual({
      action: 'MOVED',
      changes: {
        columnId: { from: null, to: board.column(2) },
        boardId: { from: null, to: board.project.boardId },
        rank: { from: null, to: moved.rank },
        state: { from: 'OPEN', to: 'IN_PROGRESS' },
      },
    });
    await board.move(id, board.column(4));
    await board.move(id, board.column(0));
    expect(await backlog()).toEqual([id, last.id]);
  });

  it('is written as the move answers, counted in its column, and moved as often as one likes without making an edit stale', async () => {
    const { id } = await board.inBacklog('Looked at');
    const kept = async (): Promise<{ ticket: Placed; counts: number[] }> => {
      const { ticket } = await board.client.ask<{ ticket: Placed }>(
        'query($id: ID!) { ticket(id: $id) { id boardId columnId rank state resolution version } }',
        { id },
      );
      const counts = await rows<{ count: number }>(
        board.trainyard.database.direct,
        'SELECT ticket_count AS count FROM board_column WHERE board_id = $1 ORDER BY rank, id',
        [board.project.boardId],
      );
      return { ticket, counts: counts.map(({ count }) => count) };
    };
    for (const at of [2, 4, 4, 3, 0]) {
      const moved = await board.move(id, board.column(at));
      expect(await kept()).toEqual({ ticket: { ...moved, version: 1 }, counts: [0, 1, 2, 3, 4].map((i) => (i === at ? 1 : 0)) });
    }
  });

  it('goes and comes back as one of the backlog', async () => {
    const { id } = await board.inBacklog('Gone for a while');
    await board.client.ask(DELETE, { id, version: 1 });
    expect((await board.client.ask<{ restoreTicket: object }>(RESTORE, { id })).restoreTicket).toEqual({ id, ...IN_BACKLOG, version: 3 });
    expect((await board.told(id)).at(-1)?.changes).toEqual({ state: { from: null, to: 'OPEN' }, restored: { from: false, to: true } });
  });

  it('is made by whoever writes in the project, which must be named', async () => {
    const codes = async (by: GraphqlClient, i: object) => (await by.send(CREATE, { i: { title: 'x', type: 'TASK', ...i } })).codes;
    const hidden = await buildProject(board.trainyard, { visibility: 'PRIVATE' });
    const { client: stranger } = await someone(board.trainyard);
    const { client: viewer } = await someone(board.trainyard, 'VIEWER');
    expect(await codes(stranger, { projectId: hidden.id })).toEqual(['NOT_FOUND']);
    expect(await codes(viewer, { projectId: board.project.id })).toEqual(['FORBIDDEN']);
    expect(await codes(board.client, {})).toEqual(['BAD_INPUT']);
    const open = await buildProject(board.trainyard);
    for (const other of [hidden, open]) expect(await codes(board.client, { projectId: other.id, columnId: board.column(0) })).toEqual(['NOT_FOUND']);
    expect(await codes(board.client, { projectId: board.project.id, columnId: board.column(0) })).toEqual([]);
  });

  it('comes behind every other, also where two are made at once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, (_, i) => board.inBacklog(`At once ${i}`)));
    const ranks = await rows<{ rank: string }>(board.trainyard.database.direct, 'SELECT backlog_rank AS rank FROM ticket WHERE project_id = $1', [
      board.project.id,
    ]);
    expect(new Set(ranks.map(({ rank }) => rank)).size).toBe(made.length);
  });
});

describe('the state of a ticket', () => {
  it('is what its column means, told with each move that changes it', async () => {
    const { id } = await buildTicket(board.trainyard, { project: board.project });
    const seen: unknown[] = [];
    for (const at of [1, 2, 3, 4, 2]) {
      const { state, resolution } = await board.move(id, board.column(at));
      const changes = (await board.told(id)).at(-1)?.changes;
      seen.push([state, resolution, changes?.['state'] ?? null, changes?.['resolution'] ?? null]);
    }
    expect(seen).toEqual([
      ['OPEN', null, null, null],
      ['IN_PROGRESS', null, { from: 'OPEN', to: 'IN_PROGRESS' }, null],
      ['IN_PROGRESS', null, null, null],
      ['DONE', 'DONE', { from: 'IN_PROGRESS', to: 'DONE' }, { from: null, to: 'DONE' }],
      ['IN_PROGRESS', null, { from: 'DONE', to: 'IN_PROGRESS' }, { from: 'DONE', to: null }],
    ]);
  });

  it('follows its column when that comes to mean something else, each ticket with a row of its own', async () => {
    const { ids } = await buildTickets(board.trainyard, 2, { project: board.project, columns: [board.column(3)] });
    const gone = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(3) });
    await board.client.ask(DELETE, { id: gone.id, version: 1 });
    const since = await seqOf(board.trainyard, board.project.id);
    await board.client.ask('mutation($id: ID!) { updateColumn(id: $id, version: 1, input: { category: DONE }) { id } }', { id: board.column(3) });
    const DONE = { action: 'UPDATED', changes: { state: { from: 'IN_PROGRESS', to: 'DONE' }, resolution: { from: null, to: 'DONE' } } };
    for (const id of ids) expect(await board.told(id, since)).toEqual([DONE]);
    expect(await board.told(gone.id, since)).toEqual([]);
    const { ticket } = await board.client.ask<{ ticket: object }>('query($id: ID!) { ticket(id: $id) { state resolution version } }', { id: ids[0] });
    expect(ticket).toEqual({ state: 'DONE', resolution: 'DONE', version: 1 });
    // What comes back lies in the column as it is now.
    expect((await board.client.ask<{ restoreTicket: object }>(RESTORE, { id: gone.id })).restoreTicket).toMatchObject({ state: 'DONE', resolution: 'DONE' });
  });

  it('leaves with a deleted ticket and comes back with it', async () => {
    const { id } = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(4) });
    const since = await seqOf(board.trainyard, board.project.id);
    await board.client.ask(DELETE, { id, version: 1 });
    await board.client.ask(RESTORE, { id });
    expect((await board.told(id, since)).map(({ changes }) => [changes['state'], changes['resolution']])).toEqual([
      [
        { from: 'DONE', to: null },
        { from: 'DONE', to: null },
      ],
      [
        { from: null, to: 'DONE' },
        { from: null, to: 'DONE' },
      ],
    ]);
  });
});

it('a move away says the rank that its card had, also where the column is reranked meanwhile', async () => {
  const { ids } = await buildTickets(board.trainyard, 2, { project: board.project, columns: [board.column(0)] });
  const id = ids[1] as string;
  await board.trainyard.database.direct.query(`UPDATE placement SET rank = 'zzz' WHERE ticket_id = $1`, [id]);
  const moving = await board.trainyard.database.transaction(async (tx) => {
    const held = await holdColumn(tx, board.column(0));
    if (!held) throw new Error('no such column');
    await rerank(tx, held, null);
    const asked = board.move(id, board.column(1));
    await untilWaiting(board.trainyard, 1);
    return { asked };
  });
  await moving.asked;
  const { from } = (await board.told(id)).at(-1)?.changes['rank'] ?? { from: 'zzz' };
  expect(from).not.toBe('zzz');
});

it('is made of an older home: places, backlog, states, and what the log says of each by what the column meant then', async () => {
  const tickets = [
    await buildTicket(board.trainyard, { project: board.project, columnId: board.column(4) }),
    await buildTicket(board.trainyard, { project: board.project, columnId: board.column(1) }),
  ];
  const [done, open] = tickets.map(({ id }) => id) as [string, string];
  await board.move(done, board.column(2));
  // The column means something else now: what was said before stays as it was meant then.
  await board.client.ask('mutation($id: ID!) { updateColumn(id: $id, version: 1, input: { category: DONE }) { id } }', { id: board.column(2) });
  await board.move(done, board.column(0));
  await board.client.ask(DELETE, { id: open, version: 1 });
  const placed = () => rows(board.trainyard.database.direct, 'SELECT * FROM placement WHERE board_id = $1 ORDER BY ticket_id', [board.project.boardId]);
  const before = await placed();
  await migrating(board.trainyard, async (runner) => {
    await new Placement1764000000019().down(runner);
    expect(await row(runner, 'SELECT column_id AS "columnId" FROM ticket WHERE id = $1', [done])).toEqual({ columnId: board.column(0) });
    expect(await row(runner, `SELECT count(*)::int AS count FROM activity WHERE entity = 'TICKET' AND changes ? 'state'`)).toEqual({ count: 0 });
    await new Placement1764000000019().up(runner);
  });
  expect(await placed()).toEqual(before);
  expect((await board.told(done)).filter(({ action }) => action === 'MOVED').map(({ changes }) => [changes['state'], changes['resolution']])).toEqual([
    [
      { from: 'DONE', to: 'IN_PROGRESS' },
      { from: 'DONE', to: null },
    ],
    [
      { from: 'DONE', to: 'OPEN' },
      { from: 'DONE', to: null },
    ],
  ]);
  expect((await board.told(open)).at(-1)?.changes).toMatchObject({ state: { from: 'OPEN', to: null } });
  // The board's order: the first column, then the second.
  expect(await backlog()).toEqual([done, open]);
  expect(await row(board.trainyard.database.direct, 'SELECT state, resolution FROM ticket WHERE id = $1', [done])).toEqual({ state: 'OPEN', resolution: null });
  await expect(board.trainyard.database.direct.query('UPDATE activity SET seq = seq')).rejects.toThrow('append-only');
  const next = await board.inBacklog('Next');
  expect((await backlog()).at(-1)).toBe(next.id);
});

it('a deletion that waited for a move leaves the column into which the card went', async () => {
  const { id } = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(0) });
  const deleting = await board.trainyard.database.transaction(async (tx) => {
    await tx.query('SELECT FROM ticket WHERE id = $1 FOR NO KEY UPDATE', [id]);
    await tx.query('UPDATE placement SET column_id = $2 WHERE ticket_id = $1', [id, board.column(1)]);
    await tx.query('UPDATE board_column SET ticket_count = ticket_count + CASE id WHEN $1 THEN -1 ELSE 1 END WHERE id IN ($1, $2)', [
      board.column(0),
      board.column(1),
    ]);
    await tx.query('UPDATE ticket SET updated_at = now() WHERE id = $1', [id]);
    const asked = board.client.ask(DELETE, { id, version: 1 });
    await untilWaiting(board.trainyard, 1);
    return { asked };
  });
  await deleting.asked;
  expect((await board.told(id)).at(-1)?.changes['columnId']).toEqual({ from: board.column(1), to: null });
  expect(
    await rows(board.trainyard.database.direct, 'SELECT ticket_count AS count FROM board_column WHERE board_id = $1 AND ticket_count <> 0', [
      board.project.boardId,
    ]),
  ).toEqual([]);
});
