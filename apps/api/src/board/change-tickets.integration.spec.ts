import { TICKETS_AT_ONCE } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { TestBoard } from '../../test/board.ts';
import type { GraphqlReply } from '../../test/client.ts';
import { buildLabel, buildProject, buildTicket, buildTickets, memberOf, seqOf } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { rows } from '../platform/sql/database.ts';

const CHANGE = /* GraphQL */ `
  mutation ($changes: [TicketChangeInput!]!) {
    changeTickets(changes: $changes) { ticket { id key version assignee { id } labelIds points columnId state } columnBefore afterBefore }
  }`;
interface Changed {
  ticket: {
    id: string;
    key: string;
    version: number;
    assignee: { id: string } | null;
    labelIds: string[];
    points: number | null;
    columnId: string | null;
    state: string;
  };
  columnBefore: string | null;
  afterBefore: string | null;
}

const board = TestBoard.ofFile('LEAD');

const send = (changes: readonly object[], client = board.client): Promise<GraphqlReply<{ changeTickets: Changed[] }>> => client.send(CHANGE, { changes });
const change = async (changes: readonly object[]): Promise<Changed[]> => {
  const { data, errors } = await send(changes);
  expect(errors ?? []).toEqual([]);
  return data!.changeTickets;
};
const refusal = async (changes: readonly object[], client = board.client): Promise<{ code: string; params: Record<string, unknown> } | undefined> =>
  (await send(changes, client)).errors?.[0]?.extensions as never;

/** What lies in each column, in order. */
const order = async (): Promise<Record<string, string[]>> => {
  const found = await rows<{ id: string; columnId: string }>(
    board.trainyard.database.direct,
    'SELECT ticket_id AS id, column_id AS "columnId" FROM placement WHERE board_id = $1 AND NOT hidden ORDER BY column_id, rank, ticket_id',
    [board.project.boardId],
  );
  return Object.fromEntries(board.project.columns.map((column) => [column, found.filter(({ columnId }) => columnId === column).map(({ id }) => id)]));
};
/** Last first, each to where it lay. */
const undoing = (changed: readonly Changed[]): object[] =>
  changed.toReversed().map(({ ticket, columnBefore, afterBefore }) => ({ id: ticket.id, place: { columnId: columnBefore, afterId: afterBefore } }));
/** Cards of the first three columns by turns. */
const cards = async (count: number): Promise<string[]> =>
  (await buildTickets(board.trainyard, count, { project: board.project, columns: [0, 1, 2].map((at) => board.column(at)) })).ids;

describe('many tickets', () => {
  it('move together, keep the order they are named in, and go back to exactly where they lay', async () => {
    const ids = await cards(12);
    const [target, before] = [board.column(3), await order()];
    const counts = await board.counts();
    // neighbours among them: each lies behind another that moves too
    const chosen = [ids[0]!, ids[3]!, ids[6]!, ids[1]!, ids[11]!];
    const since = await seqOf(board.trainyard, board.project.id);
    const changed = await change(chosen.map((id, i) => ({ id, place: { columnId: target, afterId: chosen[i - 1] ?? null } })));
    expect((await order())[target]).toEqual(chosen);
    expect(changed.map(({ ticket }) => ticket.columnId)).toEqual(chosen.map(() => target));
    expect((await board.counts())[3]).toBe(5);
    for (const id of chosen) expect((await board.told(id, since)).map(({ action }) => action)).toEqual(['MOVED']);

    await change(undoing(changed));
    expect(await order()).toEqual(before);
    expect(await board.counts()).toEqual(counts);
  });

  it('within one column go back as well, and out of all columns', async () => {
    const ids = await cards(9);
    const before = await order();
    const [column, lie] = [board.column(0), before[board.column(0)]!];
    const turned = await change([
      { id: lie[0]!, place: { columnId: column, afterId: lie[2]! } },
      { id: lie[1]!, place: { columnId: column, afterId: lie[0]! } },
    ]);
    expect((await order())[column]).toEqual([lie[2], lie[0], lie[1]]);
    await change(undoing(turned));
    expect(await order()).toEqual(before);
    const taken = await change(ids.slice(0, 4).map((id) => ({ id, place: { columnId: null } })));
    expect(taken.map(({ ticket }) => ticket.columnId)).toEqual([null, null, null, null]);
    await change(undoing(taken));
    expect(await order()).toEqual(before);
  });

  it('are set together, each from the version that was seen, with a row of the log for each that changes', async () => {
    const ids = await cards(3);
    const assigneeId = (await memberOf(board.trainyard, board.project, 'MEMBER')).user.id;
    const labelId = await buildLabel(board.trainyard, board.project.id, 'Together');
    await change([{ id: ids[2]!, version: 1, values: { assigneeId } }]);
    const since = await seqOf(board.trainyard, board.project.id);
    const values = { assigneeId, labelIds: [labelId] };
    const changed = await change([
      { id: ids[0]!, version: 1, values, place: { columnId: board.column(2), afterId: null } },
      { id: ids[1]!, version: 1, values: { points: 3, description: 'Told together' } },
      { id: ids[2]!, version: 2, values: { assigneeId } },
    ]);
    expect(changed.map(({ ticket: { version, assignee, labelIds, points, state } }) => [version, assignee?.id, labelIds, points, state])).toEqual([
      [2, assigneeId, [labelId], null, 'IN_PROGRESS'],
      [2, undefined, [], 3, 'OPEN'],
      [2, assigneeId, [], null, 'IN_PROGRESS'],
    ]);
    expect(await Promise.all(ids.map(async (id) => (await board.told(id, since)).map(({ action }) => action)))).toEqual([
      ['UPDATED', 'MOVED'],
      ['UPDATED'],
      [],
    ]);
    const { ticket } = await board.client.ask<{ ticket: { description: string } }>('query ($id: ID!) { ticket(id: $id) { description } }', { id: ids[1] });
    expect(ticket.description).toBe('Told together');
  });

  it('are deleted together and brought back to their places', async () => {
    const ids = await cards(9);
    const before = await order();
    const gone = await change(ids.slice(0, 6).map((id) => ({ id, version: 1, deleted: true })));
    expect(Object.values(await order()).flat()).toHaveLength(3);
    expect(gone.map(({ ticket }) => ticket.version)).toEqual([2, 2, 2, 2, 2, 2]);
    await change(ids.slice(0, 6).map((id) => ({ id, deleted: false })));
    expect(await order()).toEqual(before);
    expect(await board.counts()).toEqual([3, 3, 3, 0, 0]);
    // twice is once
    await change(ids.slice(0, 6).map((id) => ({ id, deleted: false })));
    expect(await board.counts()).toEqual([3, 3, 3, 0, 0]);
  });

  it('stay all as they are where one of them is refused, which is named', async () => {
    const ids = await cards(4);
    const key = (id: string): Promise<string> =>
      board.client.ask<{ ticket: { key: string } }>('query ($id: ID!) { ticket(id: $id) { key } }', { id }).then(({ ticket }) => ticket.key);
    await change([{ id: ids[3]!, version: 1, values: { points: 1 } }]);
    const [before, since] = [await order(), await seqOf(board.trainyard, board.project.id)];
    const moves = ids.slice(0, 3).map((id) => ({ id, place: { columnId: board.column(4), afterId: null } }));
    expect(await refusal([...moves, { id: ids[3]!, version: 1, values: { points: 2 } }])).toEqual({
      code: 'STALE_VERSION',
      params: { version: 2, ticket: await key(ids[3]!) },
    });
    expect(await refusal([...moves, { id: ids[3]!, place: { columnId: board.column(4), afterId: randomUUID() } }])).toMatchObject({
      code: 'NEIGHBOUR_GONE',
      params: { ticket: await key(ids[3]!) },
    });
    await board.trainyard.database.direct.query(`UPDATE board_column SET wip_limit = 2, wip_policy = 'REFUSE' WHERE id = $1`, [board.column(4)]);
    expect(await refusal(moves)).toMatchObject({ code: 'WIP_LIMIT_REACHED', params: { limit: 2, count: 2, ticket: await key(ids[2]!) } });
    expect([await order(), await seqOf(board.trainyard, board.project.id), await board.counts()]).toEqual([before, since, [2, 1, 1, 0, 0]]);
  });

  it('are for those who may change each of them', async () => {
    const [id] = (await cards(1)) as [string];
    const hidden = await buildTicket(board.trainyard, { project: await buildProject(board.trainyard, { visibility: 'PRIVATE' }) });
    const points = (of: string): object => ({ id: of, version: 1, values: { points: 1 } });
    for (const other of [hidden.id, randomUUID()]) expect(await refusal([points(id), points(other)])).toEqual({ code: 'NOT_FOUND', params: {} });
    const viewer = (await someone(board.trainyard, 'VIEWER')).client;
    expect(await refusal([points(id)], viewer)).toMatchObject({ code: 'FORBIDDEN' });
    const stranger = (await someone(board.trainyard, 'MEMBER')).client;
    expect(await refusal([{ id, version: 1, deleted: true }], stranger)).toMatchObject({ code: 'FORBIDDEN' });
    // into a column of another project
    const elsewhere = await buildProject(board.trainyard, { teamId: board.project.teamId });
    expect(await refusal([{ id, place: { columnId: elsewhere.columns[0], afterId: null } }])).toMatchObject({ code: 'NOT_FOUND' });
    expect(await board.now(id)).toMatchObject({ version: 1, columnId: board.column(0) });
  });

  it('take only people who may read the project, and its own labels', async () => {
    const [id] = (await cards(1)) as [string];
    const other = await buildLabel(board.trainyard, (await buildProject(board.trainyard)).id, 'Elsewhere');
    for (const values of [{ assigneeId: randomUUID() }, { labelIds: [other] }])
      expect(await refusal([{ id, version: 1, values }])).toMatchObject({ code: 'BAD_INPUT' });
  });

  it.each([
    ['none', () => [], 'EMPTY'],
    ['too many', () => Array.from({ length: TICKETS_AT_ONCE + 1 }, () => ({ id: randomUUID() })), 'TOO_MANY'],
    ['one twice', (id: string) => [{ id }, { id }], 'TWICE'],
    ['values of no version', (id: string) => [{ id, values: { points: 1 } }], 'VERSION_MISSING'],
    ['a deletion of no version', (id: string) => [{ id, deleted: true }], 'VERSION_MISSING'],
    ['a deletion with a place', (id: string) => [{ id, version: 1, deleted: true, place: { columnId: null } }], 'DELETED_AND_CHANGED'],
  ] as const)('cannot be %s', async (_what, changes, reason) => {
    expect(await refusal(changes(randomUUID()))).toMatchObject({ code: 'BAD_INPUT', params: { field: 'changes', reason } });
  });

  it('of two who change the same ones in opposite order are changed twice, and nobody waits for ever', async () => {
    const ids = await cards(30);
    const [there, back] = [board.column(3), board.column(4)];
    const all = (columnId: string, of: readonly string[]): object[] => of.map((id) => ({ id, place: { columnId, afterId: null } }));
    const single = ids.slice(0, 10).map((id, i) => board.move(id, board.column(i % 5)));
    await Promise.all([change(all(there, ids)), change(all(back, ids.toReversed())), change(all(there, ids.toReversed())), ...single]);
    const lie = await order();
    expect(Object.values(lie).flat()).toHaveLength(30);
    expect(await board.counts()).toEqual(board.project.columns.map((column) => lie[column]!.length));
  });
});
