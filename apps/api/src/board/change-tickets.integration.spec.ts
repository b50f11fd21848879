import { TICKETS_AT_ONCE } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { TestBoard } from '../../test/board.ts';
import type { GraphqlReply } from '../../test/client.ts';
import { buildLabel, buildProject, buildTicket, buildTickets, memberOf, seqOf } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { rows } from '../platform/sql/database.ts';

const CHANGE = /* GraphQL */ `
  mutation ($changes: [TicketChangeInput!]!) {
    changeTickets(changes: $changes) { id outcome code params changes ticket { id key version assignee { id } labelIds points columnId state } columnBefore afterBefore }
  }`;
interface Changed {
  id: string;
  outcome: string;
  code: string | null;
  params: Record<string, unknown> | null;
  changes: Record<string, { from: unknown; to: unknown }>;
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
/** What became of each: CHANGED, UNCHANGED or why not. */
const outcomes = (changed: readonly Changed[]): string[] => changed.map(({ outcome, code }) => code ?? outcome);
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
    expect(outcomes(changed)).toEqual(chosen.map(() => 'CHANGED'));
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
    expect(outcomes(changed)).toEqual(['CHANGED', 'CHANGED', 'UNCHANGED']);
    expect(changed[0]!.changes).toEqual({ assigneeId: { from: null, to: assigneeId }, labelIds: { from: [], to: [labelId] } });
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
    const again = await change(ids.slice(0, 6).map((id) => ({ id, deleted: false })));
    expect(outcomes(again)).toEqual(again.map(() => 'UNCHANGED'));
    expect(await board.counts()).toEqual([3, 3, 3, 0, 0]);
  });

  it('are answered each for itself: one that is refused stays, and those behind it close up', async () => {
    const ids = await cards(4);
    const key = (id: string): Promise<string> =>
      board.client.ask<{ ticket: { key: string } }>('query ($id: ID!) { ticket(id: $id) { key } }', { id }).then(({ ticket }) => ticket.key);
    await change([{ id: ids[1]!, version: 1, values: { points: 1 } }]);
    const since = await seqOf(board.trainyard, board.project.id);
    const to = board.column(4);
    const chain = ids.map((id, i) => ({ id, place: { columnId: to, afterId: ids[i - 1] ?? null }, ...(i === 1 && { version: 1, values: { points: 2 } }) }));
    const answered = await change(chain);
    expect(outcomes(answered)).toEqual(['CHANGED', 'STALE_VERSION', 'CHANGED', 'CHANGED']);
    expect(answered[1]).toMatchObject({ params: { version: 2, ticket: await key(ids[1]!) }, ticket: { points: 1, columnId: board.column(1) } });
    expect((await order())[to]).toEqual([ids[0], ids[2], ids[3]]);
    expect(await board.told(ids[1]!, since)).toEqual([]);

    expect(outcomes(await change([{ id: ids[1]!, place: { columnId: to, afterId: randomUUID() } }]))).toEqual(['NEIGHBOUR_GONE']);
    await board.trainyard.database.direct.query(`UPDATE board_column SET wip_limit = 2, wip_policy = 'REFUSE' WHERE id = $1`, [board.column(3)]);
    const crowded = await change(ids.map((id) => ({ id, place: { columnId: board.column(3), afterId: null } })));
    expect(outcomes(crowded)).toEqual(['CHANGED', 'CHANGED', 'WIP_LIMIT_REACHED', 'WIP_LIMIT_REACHED']);
    expect(await board.counts()).toEqual([0, 0, 0, 2, 2]);
  });

  it('are taken back each for itself: what somebody did meanwhile stays', async () => {
    const ids = await cards(3);
    const set = await change(ids.map((id) => ({ id, version: 1, values: { points: 8 } })));
    await change([{ id: ids[1]!, version: 2, values: { points: 13 } }]);
    const back = await change(set.map(({ id, ticket }) => ({ id, version: ticket.version, values: { points: null } })));
    expect(outcomes(back)).toEqual(['CHANGED', 'STALE_VERSION', 'CHANGED']);
    expect(back.map(({ ticket }) => ticket.points)).toEqual([null, 13, null]);

    const moved = await change(ids.map((id, i) => ({ id, place: { columnId: board.column(3), afterId: ids[i - 1] ?? null } })));
    await board.move(ids[2]!, board.column(4));
    const undo = moved.toReversed().map(({ id, columnBefore, afterBefore }) => ({
      id,
      place: { columnId: columnBefore, afterId: afterBefore, seenColumnId: board.column(3) },
    }));
    expect(outcomes(await change(undo))).toEqual(['CONFLICT', 'CHANGED', 'CHANGED']);
    expect((await order())[board.column(4)]).toEqual([ids[2]]);
  });

  it('have parents of the right kind, each or none', async () => {
    const [a, b, c] = (await cards(3)) as [string, string, string];
    expect(
      outcomes(
        await change([
          { id: a, version: 1, values: { type: 'EPIC' } },
          { id: b, version: 1, values: { parentId: a } },
        ]),
      ),
    ).toEqual(['CHANGED', 'CHANGED']);
    // an epic with a child that no longer would be one; the ticket beside it is not concerned
    const since = await seqOf(board.trainyard, board.project.id);
    const tried = await change([
      { id: a, version: 2, values: { type: 'SUBTASK' } },
      { id: c, version: 1, values: { parentId: randomUUID() } },
      { id: b, version: 2, values: { points: 2 } },
    ]);
    expect(outcomes(tried)).toEqual(['PARENT_KIND', 'BAD_INPUT', 'CHANGED']);
    expect((await board.told(a, since)).concat(await board.told(c, since))).toEqual([]);
  });

  it('are for those who may change each of them', async () => {
    const [id] = (await cards(1)) as [string];
    const hidden = await buildTicket(board.trainyard, { project: await buildProject(board.trainyard, { visibility: 'PRIVATE' }) });
    const points = (of: string): object => ({ id: of, version: 1, values: { points: 1 } });
    for (const [i, other] of [hidden.id, randomUUID()].entries()) {
      const [own, theirs] = await change([{ id, version: 1 + i, values: { points: 1 + i } }, points(other)]);
      expect([own!.outcome, theirs]).toEqual([
        'CHANGED',
        { id: other, outcome: 'REFUSED', code: 'NOT_FOUND', params: {}, changes: {}, ticket: null, columnBefore: null, afterBefore: null },
      ]);
    }
    const viewer = (await someone(board.trainyard, 'VIEWER')).client;
    expect(await refusal([points(id)], viewer)).toMatchObject({ code: 'FORBIDDEN' });
    const stranger = (await someone(board.trainyard, 'MEMBER')).client;
    expect(await refusal([{ id, version: 3, deleted: true }], stranger)).toMatchObject({ code: 'FORBIDDEN' });
    // into a column of another project
    const elsewhere = await buildProject(board.trainyard, { teamId: board.project.teamId });
    expect(await refusal([{ id, place: { columnId: elsewhere.columns[0], afterId: null } }])).toMatchObject({ code: 'NOT_FOUND' });
    expect(await board.now(id)).toMatchObject({ version: 3, columnId: board.column(0) });
  });

  it('take only people who may read the project, and its own labels', async () => {
    const [a, b] = (await cards(2)) as [string, string];
    const other = await buildLabel(board.trainyard, (await buildProject(board.trainyard)).id, 'Elsewhere');
    const own = await buildLabel(board.trainyard, board.project.id, 'Own');
    for (const [i, values] of [{ assigneeId: randomUUID() }, { labelIds: [own, other] }].entries()) {
      const answered = await change([
        { id: a, version: 1, values },
        { id: b, version: 1 + i, values: { points: i } },
      ]);
      expect(outcomes(answered)).toEqual(['BAD_INPUT', 'CHANGED']);
    }
    expect(await board.now(a)).toMatchObject({ version: 1 });
  });

  it('are a thousand within three seconds, each with its row of the log, and so is the way back', async () => {
    const { ids } = await buildTickets(board.trainyard, TICKETS_AT_ONCE, { project: board.project });
    const since = await seqOf(board.trainyard, board.project.id);
    const at = performance.now();
    const set = await change(ids.map((id) => ({ id, version: 1, values: { points: 3, dueDate: '2026-12-24' } })));
    expect(performance.now() - at).toBeLessThan(3_000);
    const back = await change(set.map(({ id }) => ({ id, version: 2, values: { points: null, dueDate: null } })));
    expect(new Set([...outcomes(set), ...outcomes(back)])).toEqual(new Set(['CHANGED']));
    const told = await rows<{ each: number }>(
      board.trainyard.database.direct,
      `SELECT count(*)::int AS each FROM activity WHERE scope = $1 AND seq > $2 AND action = 'UPDATED' GROUP BY ticket_id`,
      [board.project.id, since],
    );
    expect([told.length, new Set(told.map(({ each }) => each))]).toEqual([TICKETS_AT_ONCE, new Set([2])]);
  });

  it.each([
    ['none', () => [], 'EMPTY'],
    ['too many', () => Array.from({ length: TICKETS_AT_ONCE + 1 }, () => ({ id: randomUUID() })), 'TOO_MANY_AT_ONCE'],
    ['one twice', (id: string) => [{ id }, { id }], 'TWICE'],
    ['values of no version', (id: string) => [{ id, values: { points: 1 } }], 'VERSION_MISSING'],
    ['a deletion of no version', (id: string) => [{ id, deleted: true }], 'VERSION_MISSING'],
    ['a place with a parent', (id: string) => [{ id, version: 1, values: { parentId: null }, place: { columnId: null } }], 'PLACED_AND_PARENTED'],
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

  it('that are refused their way back leave no rank of others changed without a word', async () => {
    const [a, b, gone] = (await buildTickets(board.trainyard, 3, { project: board.project, columns: [board.column(1)] })).ids as [string, string, string];
    await change([{ id: gone, version: 1, deleted: true }]);
    // it comes back to the rank that another has, and between that one and the next there is no room
    const ranks: [string, string][] = [
      [a, 'a0'],
      [gone, 'a0'],
      [b, `a0${'0'.repeat(46)}1`],
    ];
    const { direct } = board.trainyard.database;
    for (const [id, rank] of ranks) await direct.query('UPDATE placement SET rank = $2 WHERE ticket_id = $1', [id, rank]);
    await direct.query("UPDATE board_column SET wip_limit = 2, wip_policy = 'REFUSE' WHERE id = $1", [board.column(1)]);
    const since = await seqOf(board.trainyard, board.project.id);
    expect(outcomes(await change([{ id: gone, deleted: false }]))).toEqual(['WIP_LIMIT_REACHED']);
    const lie = await rows<{ id: string; rank: string }>(direct, 'SELECT ticket_id AS id, rank FROM placement WHERE ticket_id = ANY ($1::uuid[])', [[a, b]]);
    expect(new Map(lie.map(({ id, rank }) => [id, rank]))).toEqual(new Map(ranks.filter(([id]) => id !== gone)));
    await direct.query('UPDATE board_column SET wip_limit = NULL WHERE id = $1', [board.column(1)]);
    expect(outcomes(await change([{ id: gone, deleted: false }]))).toEqual(['CHANGED']);
    const told = await rows<{ action: string }>(direct, 'SELECT action FROM activity WHERE scope = $1 AND seq > $2 ORDER BY seq', [board.project.id, since]);
    expect(told.map(({ action }) => action)).toEqual(['RERANKED', 'CREATED']);
  });
});
