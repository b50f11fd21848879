import { TestBoard } from '../../test/board.ts';
import { buildProject, cardsOf, memberOf, seqOf } from '../../test/factories/board.ts';
import { rows } from '../platform/sql/database.ts';

const CHANGE = `mutation($changes: [TicketChangeInput!]!) {
  changeTickets(changes: $changes) { id outcome code params became columnBefore afterBefore ticket { id key sprintId boardId columnId state } } }`;
const SPRINT = 'id name state version';

interface Changed {
  id: string;
  outcome: string;
  code: string | null;
  params: { reason?: string; ticket?: string } | null;
  became: Record<string, { from: never; to: never }>;
  columnBefore: string | null;
  afterBefore: string | null;
  ticket: { id: string; key: string; sprintId: string | null; boardId: string | null; columnId: string | null; state: string };
}

describe('a move in the backlog', () => {
  const board = TestBoard.ofFile('MEMBER');
  let ids: string[];

  beforeEach(async () => {
    ids = [];
    for (let i = 0; i < 5; i++) {
      const made = await board.client.ask<{ createTicket: { id: string } }>('mutation($i: CreateTicketInput!) { createTicket(input: $i) { id } }', {
        i: { projectId: board.project.id, title: `Work ${i}`, type: 'TASK', points: 1 },
      });
      ids.push(made.createTicket.id);
    }
  });

  const change = async (changes: readonly object[]): Promise<Changed[]> =>
    (await board.client.ask<{ changeTickets: Changed[] }>(CHANGE, { changes })).changeTickets;
  const create = async (name: string): Promise<string> =>
    (
      await board.client.ask<{ createSprint: { id: string } }>(`mutation($input: CreateSprintInput!) { createSprint(input: $input) { ${SPRINT} } }`, {
        input: { boardId: board.project.boardId, name, startsOn: '2026-11-30', endsOn: '2026-12-11' },
      })
    ).createSprint.id;
  const start = (id: string): Promise<unknown> =>
    board.client.ask(`mutation($id: ID!) { startSprint(id: $id, version: 1, others: LEAVE) { ${SPRINT} } }`, { id });
  const plan = (moving: readonly string[], sprintId: string | null): Promise<unknown> =>
    board.client.ask('mutation($ids: [ID!]!, $s: ID) { planTickets(ids: $ids, sprintId: $s) { id } }', { ids: moving, s: sprintId });
  /** Sprint and order of all. */
  const stand = async (): Promise<unknown> =>
    (
      await rows<{ id: string; sprintId: string | null; columnId: string | null; state: string; rank: string }>(
        board.trainyard.database.direct,
        'SELECT t.id, t.sprint_id AS "sprintId", k.column_id AS "columnId", t.state, t.backlog_rank AS rank FROM ticket t LEFT JOIN placement k ON k.ticket_id = t.id WHERE t.project_id = $1 ORDER BY t.backlog_rank, t.id',
        [board.project.id],
      )
    ).map((one) => ({ ...one, id: ids.indexOf(one.id) }));
  /** What takes a move back, as the browser sends it. */
  const undoing = (changed: readonly Changed[]): object[] =>
    changed.toReversed().map(({ id, became: { sprintId, backlogRank, state }, columnBefore, afterBefore, ticket }) => ({
      id,
      ...(sprintId && { sprint: { sprintId: sprintId.from, seenSprintId: sprintId.to } }),
      ...(ticket.columnId !== columnBefore && { place: { columnId: columnBefore, afterId: afterBefore, seenColumnId: ticket.columnId } }),
      ...(ticket.columnId !== columnBefore && state && { progress: { state: state.from } }),
      ...(backlogRank && { backlog: { rank: backlogRank.from, seenRank: backlogRank.to } }),
    }));

  it('changes sprint and rank in one, with their rows in the log, and goes back to exactly what was', async () => {
    const [first, second] = [await create('First'), await create('Second')];
    await plan([ids[0]!, ids[1]!], first);
    const before = await stand();
    const since = await seqOf(board.trainyard, board.project.id);
    const moved = await change([
      { id: ids[4]!, sprint: { sprintId: second }, backlog: { afterId: null } },
      { id: ids[1]!, sprint: { sprintId: second }, backlog: { afterId: ids[4] } },
    ]);
    expect(moved.map(({ outcome, ticket: { sprintId } }) => [outcome, sprintId])).toEqual([
      ['CHANGED', second],
      ['CHANGED', second],
    ]);
    expect((await stand()) as { id: number }[]).toMatchObject([{ id: 4 }, { id: 1 }, { id: 0 }, { id: 2 }, { id: 3 }]);
    const told = await rows<{ changes: object }>(board.trainyard.database.direct, 'SELECT changes FROM activity WHERE scope = $1 AND seq > $2 ORDER BY seq', [
      board.project.id,
      since,
    ]);
    expect(told.map(({ changes }) => Object.keys(changes).join())).toEqual(['sprintId', 'sprintId', 'backlogRank', 'backlogRank']);
    expect((await change(undoing(moved))).map(({ outcome }) => outcome)).toEqual(['CHANGED', 'CHANGED']);
    expect(await stand()).toEqual(before);
  });

  it('brings what comes to a running sprint onto its board, and back to where it lay', async () => {
    const [running, next] = [await create('Running'), await create('Next')];
    await plan([ids[0]!, ids[1]!, ids[2]!], running);
    await start(running);
    await board.client.ask('mutation($id: ID!, $c: ID!) { moveTicket(id: $id, columnId: $c) { id } }', { id: ids[1], c: board.project.columns[2] });
    const before = await stand();
    const left = await change([{ id: ids[1]!, sprint: { sprintId: next }, backlog: { afterId: ids[4] } }]);
    expect(left[0]).toMatchObject({ columnBefore: board.project.columns[2], ticket: { sprintId: next, boardId: null } });
    const came = await change([{ id: ids[3]!, sprint: { sprintId: running }, backlog: {} }]);
    expect(came[0]).toMatchObject({ ticket: { sprintId: running, columnId: board.project.columns[0] } });
    expect((await cardsOf(board.trainyard, board.project.columns[0]!)).map(({ id }) => id)).toEqual([ids[0], ids[2], ids[3]]);
    for (const moved of [came, left]) expect((await change(undoing(moved))).map(({ code, outcome }) => code ?? outcome)).toEqual(['CHANGED']);
    expect(await stand()).toEqual(before);
  });

  it('is not taken back where somebody planned or ranked it since, which is said of that ticket; the others go back', async () => {
    const [first, second] = [await create('First'), await create('Second')];
    const moved = await change(ids.slice(0, 4).map((id, i) => ({ id, sprint: { sprintId: first }, backlog: { afterId: i === 0 ? ids[4] : ids[i - 1] } })));
    await plan([ids[0]!], second);
    await change([{ id: ids[1]!, backlog: {} }]);
    await plan([ids[2]!], null);
    await plan([ids[2]!], first);
    const back = await change(undoing(moved));
    expect(back.map(({ code, params, outcome }) => [code ?? outcome, params?.reason, params?.ticket])).toEqual([
      ['CHANGED', undefined, undefined],
      ['CHANGED', undefined, undefined],
      ['CONFLICT', 'RANKED', `${board.project.key}-2`],
      ['CONFLICT', 'PLANNED', `${board.project.key}-1`],
    ]);
    expect((await stand()) as object[]).toMatchObject([
      { id: 2, sprintId: null },
      { id: 1, sprintId: first },
      { id: 3, sprintId: null },
      { id: 4, sprintId: null },
      { id: 0, sprintId: second },
    ]);
  });

  it('is one or nothing: what is refused stands where it stood, and what was to follow it follows the one before', async () => {
    const sprint = await create('Ended');
    await start(sprint);
    await board.client.ask(`mutation($id: ID!) { completeSprint(id: $id) { ${SPRINT} } }`, { id: sprint });
    const before = await stand();
    const [closed] = await change([{ id: ids[0]!, sprint: { sprintId: sprint }, backlog: { afterId: ids[3] } }]);
    expect(closed).toMatchObject({ outcome: 'REFUSED', code: 'SPRINT_CLOSED' });
    expect(await stand()).toEqual(before);
    const next = await create('Next');
    await change([
      { id: ids[0]!, sprint: { sprintId: next }, backlog: { afterId: ids[4] } },
      { id: ids[1]!, sprint: { sprintId: next, seenSprintId: next }, backlog: { afterId: ids[0] } },
      { id: ids[2]!, sprint: { sprintId: next }, backlog: { afterId: ids[1] } },
    ]);
    expect((await stand()) as object[]).toMatchObject([{ id: 1, sprintId: null }, { id: 3 }, { id: 4 }, { id: 0, sprintId: next }, { id: 2, sprintId: next }]);
    // a neighbour that is gone refuses all of it
    await board.client.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: ids[3] });
    const now = await stand();
    expect((await board.client.send(CHANGE, { changes: [{ id: ids[1], sprint: { sprintId: next }, backlog: { afterId: ids[3] } }] })).codes).toEqual([
      'NEIGHBOUR_GONE',
    ]);
    expect(await stand()).toEqual(now);
  });

  it('knows nothing of sprints of elsewhere, and puts nothing where its sprint does not run', async () => {
    const elsewhere = await buildProject(board.trainyard, { kind: 'SCRUM', visibility: 'PRIVATE' });
    const theirs = (
      await (
        await memberOf(board.trainyard, elsewhere)
      ).client.ask<{ createSprint: { id: string } }>(`mutation($input: CreateSprintInput!) { createSprint(input: $input) { ${SPRINT} } }`, {
        input: { boardId: elsewhere.boardId, name: 'Theirs', startsOn: '2026-11-30', endsOn: '2026-12-11' },
      })
    ).createSprint.id;
    expect((await board.client.send(CHANGE, { changes: [{ id: ids[0], sprint: { sprintId: theirs } }] })).codes).toEqual(['NOT_FOUND']);
    const [running, planned] = [await create('Running'), await create('Planned')];
    await start(running);
    for (const [columnId, sprintId] of [
      [board.project.columns[0], planned],
      [board.project.columns[0], null],
      [null, running],
    ])
      expect(await change([{ id: ids[0]!, place: { columnId }, sprint: { sprintId } }])).toMatchObject([{ outcome: 'REFUSED', code: 'SPRINT_RUNS' }]);
  });
});
