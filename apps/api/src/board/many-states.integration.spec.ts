import { TestBoard } from '../../test/board.ts';
import { buildProject, buildTicket, buildTickets, cardsOf, seqOf } from '../../test/factories/board.ts';

const CHANGE = `mutation ($changes: [TicketChangeInput!]!) {
  changeTickets(changes: $changes) { id outcome code params became columnBefore afterBefore ticket { id columnId state resolution } } }`;
const COLUMN = 'mutation($id: ID!, $version: Int!, $input: UpdateColumnInput!) { updateColumn(id: $id, version: $version, input: $input) { id } }';

interface Changed {
  id: string;
  outcome: string;
  code: string | null;
  params: Record<string, unknown> | null;
  became: Record<string, { from: string; to: string }>;
  columnBefore: string | null;
  afterBefore: string | null;
  ticket: { id: string; columnId: string | null; state: string; resolution: string | null };
}

const board = TestBoard.ofFile('LEAD');
const change = async (changes: readonly object[]): Promise<Changed[]> =>
  (await board.client.ask<{ changeTickets: Changed[] }>(CHANGE, { changes })).changeTickets;
const said = (changed: readonly Changed[]): string[] => changed.map(({ outcome, code }) => code ?? outcome);
const undoing = (changed: readonly Changed[]): object[] =>
  changed
    .filter(({ outcome }) => outcome === 'CHANGED')
    .toReversed()
    .map(({ id, became: { state, resolution }, columnBefore, afterBefore, ticket }) => ({
      id,
      progress: {
        state: state?.from ?? ticket.state,
        resolution: resolution ? resolution.from : ticket.resolution,
        seenState: ticket.state,
        seenResolution: ticket.resolution,
      },
      ...(columnBefore !== ticket.columnId && { place: { columnId: columnBefore, afterId: afterBefore, seenColumnId: ticket.columnId } }),
    }));
const all = async (): Promise<string[][]> => Promise.all(board.project.columns.map(async (id) => (await cardsOf(board.trainyard, id)).map((card) => card.id)));
const cards = async (count: number, at: number): Promise<string[]> =>
  (await buildTickets(board.trainyard, count, { project: board.project, columns: [board.column(at)] })).ids;

describe('a state that many tickets are given', () => {
  it('is their own off the board, and brings cards to the first column that means it, in the order they are named; one step takes it back', async () => {
    const [a, b, c] = (await cards(3, 1)) as [string, string, string];
    const [ended] = (await cards(1, 4)) as [string];
    const { id: waiting } = await board.inBacklog();
    const { id: review } = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(3) });
    await change([{ id: ended, progress: { state: 'DONE', resolution: 'CANCELLED' } }]);
    const before = await all();
    const since = await seqOf(board.trainyard, board.project.id);
    const begun = await change([c, ended, waiting, a, review].map((id) => ({ id, progress: { state: 'IN_PROGRESS' } })));
    expect(said(begun)).toEqual(['CHANGED', 'CHANGED', 'CHANGED', 'CHANGED', 'UNCHANGED']);
    expect((await all())[2]).toEqual([c, ended, a]);
    expect(await board.now(waiting)).toMatchObject({ columnId: null, state: 'IN_PROGRESS' });
    expect(await board.counts()).toEqual([0, 1, 3, 1, 0]);
    expect((await board.told(c, since)).map(({ action, changes }) => [action, changes['state']])).toEqual([['MOVED', { from: 'OPEN', to: 'IN_PROGRESS' }]]);
    expect((await board.told(waiting, since)).map(({ action }) => action)).toEqual(['UPDATED']);
    expect(await board.told(review, since)).toEqual([]);

    expect(said(await change(undoing(begun)))).toEqual(['CHANGED', 'CHANGED', 'CHANGED', 'CHANGED']);
    expect(await all()).toEqual(before);
    expect(await board.now(ended)).toMatchObject({ state: 'DONE', resolution: 'CANCELLED' });
    expect(await board.now(waiting)).toMatchObject({ state: 'OPEN' });
    expect(await board.now(b)).toMatchObject({ state: 'OPEN' });
  });

  it('says how they ended where they lie', async () => {
    const ids = await cards(2, 4);
    const ended = await change(ids.map((id) => ({ id, progress: { state: 'DONE', resolution: 'DUPLICATE' } })));
    expect(ended.map(({ became }) => became)).toEqual(ids.map(() => ({ resolution: { from: 'DONE', to: 'DUPLICATE' } })));
    expect((await all())[4]).toEqual(ids);
    expect(said(await change(ids.map((id) => ({ id, progress: { state: 'DONE', resolution: 'DUPLICATE' } }))))).toEqual(['UNCHANGED', 'UNCHANGED']);
    await change(undoing(ended));
    expect(await board.now(ids[0]!)).toMatchObject({ resolution: 'DONE' });
  });

  it('holds what a single move holds: limits, what columns ask for, boards without such a column, archived ones; each for itself', async () => {
    const ids = await cards(3, 1);
    await board.client.ask(COLUMN, { id: board.column(4), version: 1, input: { wipLimit: 1, wipPolicy: 'REFUSE' } });
    const done = (moving: readonly string[]) => change(moving.map((id) => ({ id, progress: { state: 'DONE' } })));
    const some = await done(ids);
    expect(said(some)).toEqual(['CHANGED', 'WIP_LIMIT_REACHED', 'WIP_LIMIT_REACHED']);
    expect((await all())[4]).toEqual([ids[0]]);
    expect(await board.counts()).toEqual([0, 2, 0, 0, 1]);
    await board.client.ask(COLUMN, { id: board.column(4), version: 2, input: { wipPolicy: 'WARN' } });
    await board.client.ask('mutation ($id: ID!) { setColumnPolicy(id: $id, version: 3, requiredFields: ["points"], checks: []) { id } }', {
      id: board.column(4),
    });
    expect((await done([ids[1]!]))[0]).toMatchObject({ code: 'COLUMN_POLICY', params: { fields: 'points', ticket: expect.any(String) } });
    // what is given with it counts
    expect(said(await change([{ id: ids[1]!, version: 1, values: { points: 2 }, progress: { state: 'DONE' } }]))).toEqual(['CHANGED']);
    await board.client.ask(COLUMN, { id: board.column(4), version: 4, input: { category: 'DOING' } });
    expect((await done([ids[2]!]))[0]).toMatchObject({ code: 'STATE_WITHOUT_COLUMN', params: { state: 'DONE' } });
    expect((await change([{ id: ids[2]!, progress: { state: 'OPEN', resolution: 'CANCELLED' } }]))[0]).toMatchObject({
      code: 'BAD_INPUT',
      params: { field: 'resolution' },
    });
  });

  it('is not taken back where somebody said another since, and is nobody’s who may not write', async () => {
    const ids = await cards(2, 1);
    const begun = await change(ids.map((id) => ({ id, progress: { state: 'IN_PROGRESS' } })));
    await change([{ id: ids[0]!, progress: { state: 'DONE' } }]);
    const back = await change(undoing(begun));
    expect(back.map(({ id, code, outcome }) => [id, code ?? outcome])).toEqual([
      [ids[1], 'CHANGED'],
      [ids[0], 'CONFLICT'],
    ]);
    expect(await board.now(ids[0]!)).toMatchObject({ state: 'DONE' });
    const hidden = await buildTicket(board.trainyard, { project: await buildProject(board.trainyard, { visibility: 'PRIVATE' }) });
    expect((await board.client.send(CHANGE, { changes: [{ id: hidden.id, progress: { state: 'DONE' } }] })).codes).toEqual(['NOT_FOUND']);
    for (const [wrong, reason] of [
      [{ progress: { state: 'DONE' }, sprint: {} }, 'STATE_AND_SPRINT'],
      [{ progress: { state: 'DONE' }, version: 1, values: { parentId: null } }, 'PLACED_AND_PARENTED'],
      [{ deleted: true, version: 1, progress: { state: 'DONE' } }, 'DELETED_AND_CHANGED'],
    ] as const)
      expect((await board.client.send(CHANGE, { changes: [{ id: ids[0], ...wrong }] })).errors[0]?.extensions).toMatchObject({ params: { reason } });
    expect(await change([{ id: ids[1]!, progress: { state: 'DONE' }, place: { columnId: board.column(1) } }])).toMatchObject([
      { code: 'BAD_INPUT', params: { reason: 'NOT_OF_THE_COLUMN' } },
    ]);
  });
});
