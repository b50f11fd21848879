import type { Changes } from '@trainyard/domain';
import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, buildTicket, buildTickets, memberOf, seqOf, type BuiltProject } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { untilWaiting } from '../../test/locks.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { Placement1764000000019 } from '../migrations/0019-placement.ts';
import { row, rows } from '../platform/sql/database.ts';
import { rerank, holdColumn } from './placement.ts';
import { migrating } from '../../test/migrating.ts';

const CREATE = 'mutation($i: CreateTicketInput!) { createTicket(input: $i) { id boardId columnId rank state resolution } }';
const MOVE = 'mutation($id: ID!, $columnId: ID!) { moveTicket(id: $id, columnId: $columnId) { id boardId columnId rank state resolution } }';
const DELETE = 'mutation($id: ID!, $version: Int!) { deleteTicket(id: $id, version: $version) { id } }';
const RESTORE = 'mutation($id: ID!) { restoreTicket(id: $id) { id boardId columnId rank state resolution version } }';
const IN_BACKLOG = { boardId: null, columnId: null, rank: null, state: 'OPEN', resolution: null };

let trainyard: TestTrainyard;
let project: BuiltProject;
let client: GraphqlClient;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());
beforeEach(async () => {
  project = await buildProject(trainyard);
  client = (await memberOf(trainyard, project, 'LEAD')).client;
});

interface Seen {
  id: string;
  boardId: string | null;
  columnId: string | null;
  rank: string | null;
  state: string;
  resolution: string | null;
}
/** [backlog, to do, in progress, review, done] of a Scrum board. */
const column = (at: number): string => project.columns[at] as string;
const inBacklog = async (title: string): Promise<Seen> =>
  (await client.ask<{ createTicket: Seen }>(CREATE, { i: { projectId: project.id, title, type: 'TASK' } })).createTicket;
const move = async (id: string, columnId: string): Promise<Seen> => (await client.ask<{ moveTicket: Seen }>(MOVE, { id, columnId })).moveTicket;
/** What the log says of a ticket, from `since` on. */
const told = async (id: string, since = 0): Promise<{ action: string; changes: Changes }[]> =>
  rows(trainyard.database.direct, 'SELECT action, changes FROM activity WHERE scope = $1 AND entity_id = $2 AND seq > $3 ORDER BY seq', [
    project.id,
    id,
    since,
  ]);
const backlog = async (): Promise<string[]> =>
  (await rows<{ id: string }>(trainyard.database.direct, 'SELECT id FROM ticket WHERE project_id = $1 ORDER BY backlog_rank, id', [project.id])).map(
    ({ id }) => id,
  );

describe('a ticket without a column', () => {
  it('is in the backlog alone, behind all others, and is found as every ticket', async () => {
    const { ids } = await buildTickets(trainyard, 3, { project });
    const first = await inBacklog('First');
    const second = await inBacklog('Second');
    expect([first, second]).toEqual([
      { id: first.id, ...IN_BACKLOG },
      { id: second.id, ...IN_BACKLOG },
    ]);
    expect(await backlog()).toEqual([...ids, first.id, second.id]);
    const { tickets } = await client.ask<{ tickets: { nodes: { id: string }[]; totalCount: number } }>(
      'query($p: ID!) { tickets(projectId: $p, search: "first") { totalCount nodes { id } } }',
      { p: project.id },
    );
    expect(tickets).toEqual({ totalCount: 1, nodes: [{ id: first.id }] });
    expect((await told(first.id))[0]).toMatchObject({ action: 'CREATED', changes: { state: { from: null, to: 'OPEN' } } });
    expect((await told(first.id))[0]?.changes).not.toHaveProperty('columnId');
  });

  it('stands behind no card: a place is that of a column', async () => {
    const { ids } = await buildTickets(trainyard, 1, { project });
    const answer = await client.send('mutation($i: CreateTicketInput!) { createTicket(input: $i) { id } }', {
      i: { projectId: project.id, title: 'Second', type: 'TASK', afterId: ids[0] },
    });
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', params: { field: 'columnId', reason: 'REQUIRED' } });
  });

  it('enters a board by a move, which leaves its place in the backlog', async () => {
    const { id } = await inBacklog('Wanted');
    const last = await inBacklog('Behind it');
    const moved = await move(id, column(2));
    expect(moved).toMatchObject({ boardId: project.boardId, columnId: column(2), state: 'IN_PROGRESS' });
    expect((await told(id)).at(-1)).toEqual({
      action: 'MOVED',
      changes: {
        columnId: { from: null, to: column(2) },
        boardId: { from: null, to: project.boardId },
        rank: { from: null, to: moved.rank },
        state: { from: 'OPEN', to: 'IN_PROGRESS' },
      },
    });
    await move(id, column(4));
    await move(id, column(0));
    expect(await backlog()).toEqual([id, last.id]);
  });

  it('is written as the move answers, counted in its column, and moved as often as one likes without making an edit stale', async () => {
    const { id } = await inBacklog('Looked at');
    const kept = async (): Promise<{ ticket: Seen & { version: number }; counts: number[] }> => {
      const { ticket } = await client.ask<{ ticket: Seen & { version: number } }>(
        'query($id: ID!) { ticket(id: $id) { id boardId columnId rank state resolution version } }',
        { id },
      );
      const counts = await rows<{ count: number }>(
        trainyard.database.direct,
        'SELECT ticket_count AS count FROM board_column WHERE board_id = $1 ORDER BY rank, id',
        [project.boardId],
      );
      return { ticket, counts: counts.map(({ count }) => count) };
    };
    for (const at of [2, 4, 4, 3, 0]) {
      const moved = await move(id, column(at));
      expect(await kept()).toEqual({ ticket: { ...moved, version: 1 }, counts: [0, 1, 2, 3, 4].map((i) => (i === at ? 1 : 0)) });
    }
  });

  it('goes and comes back as one of the backlog', async () => {
    const { id } = await inBacklog('Gone for a while');
    await client.ask(DELETE, { id, version: 1 });
    expect((await client.ask<{ restoreTicket: object }>(RESTORE, { id })).restoreTicket).toEqual({ id, ...IN_BACKLOG, version: 3 });
    expect((await told(id)).at(-1)?.changes).toEqual({ state: { from: null, to: 'OPEN' }, restored: { from: false, to: true } });
  });

  it('is made by whoever writes in the project, which must be named', async () => {
    const codes = async (by: GraphqlClient, i: object) => (await by.send(CREATE, { i: { title: 'x', type: 'TASK', ...i } })).codes;
    const hidden = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const { client: stranger } = await someone(trainyard);
    const { client: viewer } = await someone(trainyard, 'VIEWER');
    expect(await codes(stranger, { projectId: hidden.id })).toEqual(['NOT_FOUND']);
    expect(await codes(viewer, { projectId: project.id })).toEqual(['FORBIDDEN']);
    expect(await codes(client, {})).toEqual(['BAD_INPUT']);
    const open = await buildProject(trainyard);
    for (const other of [hidden, open]) expect(await codes(client, { projectId: other.id, columnId: column(0) })).toEqual(['NOT_FOUND']);
    expect(await codes(client, { projectId: project.id, columnId: column(0) })).toEqual([]);
  });

  it('comes behind every other, also where two are made at once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, (_, i) => inBacklog(`At once ${i}`)));
    const ranks = await rows<{ rank: string }>(trainyard.database.direct, 'SELECT backlog_rank AS rank FROM ticket WHERE project_id = $1', [project.id]);
    expect(new Set(ranks.map(({ rank }) => rank)).size).toBe(made.length);
  });
});

describe('the state of a ticket', () => {
  it('is what its column means, told with each move that changes it', async () => {
    const { id } = await buildTicket(trainyard, { project });
    const seen: unknown[] = [];
    for (const at of [1, 2, 3, 4, 2]) {
      const { state, resolution } = await move(id, column(at));
      const changes = (await told(id)).at(-1)?.changes;
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
    const { ids } = await buildTickets(trainyard, 2, { project, columns: [column(3)] });
    const gone = await buildTicket(trainyard, { project, columnId: column(3) });
    await client.ask(DELETE, { id: gone.id, version: 1 });
    const since = await seqOf(trainyard, project.id);
    await client.ask('mutation($id: ID!) { updateColumn(id: $id, version: 1, input: { category: DONE }) { id } }', { id: column(3) });
    const DONE = { action: 'UPDATED', changes: { state: { from: 'IN_PROGRESS', to: 'DONE' }, resolution: { from: null, to: 'DONE' } } };
    for (const id of ids) expect(await told(id, since)).toEqual([DONE]);
    expect(await told(gone.id, since)).toEqual([]);
    const { ticket } = await client.ask<{ ticket: object }>('query($id: ID!) { ticket(id: $id) { state resolution version } }', { id: ids[0] });
    expect(ticket).toEqual({ state: 'DONE', resolution: 'DONE', version: 1 });
    // What comes back lies in the column as it is now.
    expect((await client.ask<{ restoreTicket: object }>(RESTORE, { id: gone.id })).restoreTicket).toMatchObject({ state: 'DONE', resolution: 'DONE' });
  });

  it('leaves with a deleted ticket and comes back with it', async () => {
    const { id } = await buildTicket(trainyard, { project, columnId: column(4) });
    const since = await seqOf(trainyard, project.id);
    await client.ask(DELETE, { id, version: 1 });
    await client.ask(RESTORE, { id });
    expect((await told(id, since)).map(({ changes }) => [changes['state'], changes['resolution']])).toEqual([
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
  const { ids } = await buildTickets(trainyard, 2, { project, columns: [column(0)] });
  const id = ids[1] as string;
  await trainyard.database.direct.query(`UPDATE placement SET rank = 'zzz' WHERE ticket_id = $1`, [id]);
  const moving = await trainyard.database.transaction(async (tx) => {
    const held = await holdColumn(tx, column(0));
    if (!held) throw new Error('no such column');
    await rerank(tx, held);
    const asked = move(id, column(1));
    await untilWaiting(trainyard, 1);
    return { asked };
  });
  await moving.asked;
  const { from } = (await told(id)).at(-1)?.changes['rank'] ?? { from: 'zzz' };
  expect(from).not.toBe('zzz');
});

it('is made of an older home: places, backlog, states, and what the log says of each by what the column meant then', async () => {
  const tickets = [await buildTicket(trainyard, { project, columnId: column(4) }), await buildTicket(trainyard, { project, columnId: column(1) })];
  const [done, open] = tickets.map(({ id }) => id) as [string, string];
  await move(done, column(2));
  // The column means something else now: what was said before stays as it was meant then.
  await client.ask('mutation($id: ID!) { updateColumn(id: $id, version: 1, input: { category: DONE }) { id } }', { id: column(2) });
  await move(done, column(0));
  await client.ask(DELETE, { id: open, version: 1 });
  const placed = () => rows(trainyard.database.direct, 'SELECT * FROM placement WHERE board_id = $1 ORDER BY ticket_id', [project.boardId]);
  const before = await placed();
  await migrating(trainyard, async (runner) => {
    await new Placement1764000000019().down(runner);
    expect(await row(runner, 'SELECT column_id AS "columnId" FROM ticket WHERE id = $1', [done])).toEqual({ columnId: column(0) });
    expect(await row(runner, `SELECT count(*)::int AS count FROM activity WHERE entity = 'TICKET' AND changes ? 'state'`)).toEqual({ count: 0 });
    await new Placement1764000000019().up(runner);
  });
  expect(await placed()).toEqual(before);
  expect((await told(done)).filter(({ action }) => action === 'MOVED').map(({ changes }) => [changes['state'], changes['resolution']])).toEqual([
    [
      { from: 'DONE', to: 'IN_PROGRESS' },
      { from: 'DONE', to: null },
    ],
    [
      { from: 'DONE', to: 'OPEN' },
      { from: 'DONE', to: null },
    ],
  ]);
  expect((await told(open)).at(-1)?.changes).toMatchObject({ state: { from: 'OPEN', to: null } });
  // The board's order: the first column, then the second.
  expect(await backlog()).toEqual([done, open]);
  expect(await row(trainyard.database.direct, 'SELECT state, resolution FROM ticket WHERE id = $1', [done])).toEqual({ state: 'OPEN', resolution: null });
  await expect(trainyard.database.direct.query('UPDATE activity SET seq = seq')).rejects.toThrow('append-only');
  const next = await inBacklog('Next');
  expect((await backlog()).at(-1)).toBe(next.id);
});

it('a deletion that waited for a move leaves the column into which the card went', async () => {
  const { id } = await buildTicket(trainyard, { project, columnId: column(0) });
  const deleting = await trainyard.database.transaction(async (tx) => {
    await tx.query('SELECT FROM ticket WHERE id = $1 FOR NO KEY UPDATE', [id]);
    await tx.query('UPDATE placement SET column_id = $2 WHERE ticket_id = $1', [id, column(1)]);
    await tx.query('UPDATE board_column SET ticket_count = ticket_count + CASE id WHEN $1 THEN -1 ELSE 1 END WHERE id IN ($1, $2)', [column(0), column(1)]);
    await tx.query('UPDATE ticket SET updated_at = now() WHERE id = $1', [id]);
    const asked = client.ask(DELETE, { id, version: 1 });
    await untilWaiting(trainyard, 1);
    return { asked };
  });
  await deleting.asked;
  expect((await told(id)).at(-1)?.changes['columnId']).toEqual({ from: column(1), to: null });
  expect(
    await rows(trainyard.database.direct, 'SELECT ticket_count AS count FROM board_column WHERE board_id = $1 AND ticket_count <> 0', [project.boardId]),
  ).toEqual([]);
});
