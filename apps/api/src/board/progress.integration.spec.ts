import { PLACE, TestBoard, type Placed } from '../../test/board.ts';
import { buildProject, buildTicket, buildTickets, memberOf, seqOf } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { hold, untilWaiting } from '../../test/locks.ts';
import { rows } from '../platform/sql/database.ts';

const SET = `mutation($id: ID!, $state: TicketState!, $resolution: Resolution) { setTicketState(id: $id, state: $state, resolution: $resolution) { ${PLACE} } }`;
const TAKE_OFF = `mutation($id: ID!) { takeOffBoard(id: $id) { ${PLACE} } }`;

const board = TestBoard.ofFile('MEMBER');

const give = async (id: string, state: string, resolution?: string): Promise<Placed> =>
  (await board.client.ask<{ setTicketState: Placed }>(SET, { id, state, resolution })).setTicketState;
const takeOff = async (id: string): Promise<Placed> => (await board.client.ask<{ takeOffBoard: Placed }>(TAKE_OFF, { id })).takeOffBoard;
const CHANGE_COLUMN = 'mutation($id: ID!, $version: Int!, $input: UpdateColumnInput!) { updateColumn(id: $id, version: $version, input: $input) { id } }';

describe('a state that is given to a card', () => {
  it('brings it to the top of the first column that means it, in one step of the log', async () => {
    const { ids } = await buildTickets(board.trainyard, 2, { project: board.project, columns: [board.column(2)] });
    const { id } = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(0) });
    const since = await seqOf(board.trainyard, board.project.id);
    const begun = await give(id, 'IN_PROGRESS');
    expect(begun).toMatchObject({ boardId: board.project.boardId, columnId: board.column(2), state: 'IN_PROGRESS', resolution: null, version: 1 });
    expect(await board.now(id)).toEqual(begun);
    const others = await Promise.all(ids.map((id) => board.now(id)));
    for (const other of others) expect((begun.rank as string) < (other.rank as string)).toBe(true);
    expect(await board.counts()).toEqual([0, 0, 3, 0, 0]);
    expect(await board.told(id, since)).toEqual([
      {
        action: 'MOVED',
        changes: {
          columnId: { from: board.column(0), to: board.column(2) },
          rank: { from: expect.any(String), to: begun.rank },
          state: { from: 'OPEN', to: 'IN_PROGRESS' },
        },
      },
    ]);
  });

  it.each(['DONE', 'CANCELLED', 'DUPLICATE'] as const)(
    'says that it ended as %s, which it stays among what is done and loses with the way back',
    async (resolution) => {
      const { id } = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(1) });
      const since = await seqOf(board.trainyard, board.project.id);
      const ended = await give(id, 'DONE', resolution);
      expect(ended).toMatchObject({ columnId: board.column(4), state: 'DONE', resolution });
      expect((await board.told(id, since)).map(({ changes }) => changes['resolution'])).toEqual([{ from: null, to: resolution }]);
      await buildTicket(board.trainyard, { project: board.project, columnId: board.column(4) });
      expect(await board.move(id, board.column(4))).toMatchObject({ resolution });
      expect(await give(id, 'OPEN')).toMatchObject({ columnId: board.column(0), state: 'OPEN', resolution: null });
      expect(await board.counts()).toEqual([1, 0, 0, 0, 1]);
    },
  );

  it('leaves it where it lies if its column means that already: how it ended is all that changes', async () => {
    const { ids } = await buildTickets(board.trainyard, 3, { project: board.project, columns: [board.column(4)] });
    const id = ids[1] as string;
    const before = await board.now(id);
    const since = await seqOf(board.trainyard, board.project.id);
    expect(await give(id, 'DONE', 'DUPLICATE')).toEqual({ ...before, resolution: 'DUPLICATE' });
    expect(await board.now(id)).toEqual({ ...before, resolution: 'DUPLICATE' });
    // Said again, it is what it is: no row says that nothing changed.
    await give(id, 'DONE', 'DUPLICATE');
    expect(await board.told(id, since)).toEqual([{ action: 'UPDATED', changes: { resolution: { from: 'DONE', to: 'DUPLICATE' } } }]);
    const review = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(3) });
    expect(await give(review.id, 'IN_PROGRESS')).toMatchObject({ columnId: board.column(3) });
  });

  it('is refused where no column of its board means it, where how it ended is said of what goes on, and where the column is full', async () => {
    const lead = (await memberOf(board.trainyard, board.project, 'LEAD')).client;
    const { id } = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(0) });
    const refusal = async (state: string, resolution?: string): Promise<unknown> =>
      (await board.client.send(SET, { id, state, resolution })).errors[0]?.extensions;
    const since = await seqOf(board.trainyard, board.project.id);
    for (const state of ['OPEN', 'IN_PROGRESS'])
      expect(await refusal(state, 'CANCELLED')).toMatchObject({ code: 'BAD_INPUT', params: { field: 'resolution', reason: 'NOT_DONE' } });
    expect(await board.told(id, since)).toEqual([]);
    await lead.ask(CHANGE_COLUMN, { id: board.column(4), version: 1, input: { wipLimit: 1, wipPolicy: 'REFUSE' } });
    await buildTicket(board.trainyard, { project: board.project, columnId: board.column(4) });
    expect(await refusal('DONE')).toMatchObject({ code: 'WIP_LIMIT_REACHED', params: { limit: 1 } });
    await lead.ask(CHANGE_COLUMN, { id: board.column(4), version: 2, input: { category: 'DOING' } });
    expect(await refusal('DONE')).toMatchObject({ code: 'STATE_WITHOUT_COLUMN', params: { state: 'DONE', board: expect.any(String) } });
    expect(await board.now(id)).toMatchObject({ columnId: board.column(0), state: 'OPEN' });
  });

  it('is given by nobody outside the project or who reads alone, to nothing that is deleted, and not on an archived board', async () => {
    const hidden = await buildTicket(board.trainyard, { project: await buildProject(board.trainyard, { visibility: 'PRIVATE' }) });
    const { id } = await buildTicket(board.trainyard, { project: board.project });
    const deleted = await buildTicket(board.trainyard, { project: board.project });
    const lead = (await memberOf(board.trainyard, board.project, 'LEAD')).client;
    await lead.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: deleted.id });
    const { client: viewer } = await someone(board.trainyard, 'VIEWER');
    for (const [by, ticket, code] of [
      [board.client, hidden.id, 'NOT_FOUND'],
      [viewer, id, 'FORBIDDEN'],
      [board.client, deleted.id, 'NOT_FOUND'],
    ] as const) {
      expect((await by.send(SET, { id: ticket, state: 'DONE' })).codes).toEqual([code]);
      expect((await by.send(TAKE_OFF, { id: ticket })).codes).toEqual([code]);
    }
    await board.trainyard.database.direct.query('UPDATE board SET archived_at = now() WHERE id = $1', [board.project.boardId]);
    expect((await board.client.send(SET, { id, state: 'DONE' })).codes).toEqual(['BOARD_ARCHIVED']);
    expect(await takeOff(id)).toMatchObject({ boardId: null });
  });
});

describe('a state that is given to a ticket of the backlog', () => {
  it('is its own: it goes nowhere', async () => {
    const { id } = await board.inBacklog();
    const since = await seqOf(board.trainyard, board.project.id);
    for (const [state, resolution] of [
      ['IN_PROGRESS', null],
      ['DONE', 'CANCELLED'],
      ['OPEN', null],
    ] as const) {
      const given = await give(id, state, resolution ?? undefined);
      expect(given).toMatchObject({ boardId: null, columnId: null, rank: null, state, resolution, version: 1 });
      expect(await board.now(id)).toEqual(given);
    }
    expect((await board.told(id, since)).map(({ action, changes }) => [action, changes])).toEqual([
      ['UPDATED', { state: { from: 'OPEN', to: 'IN_PROGRESS' } }],
      ['UPDATED', { state: { from: 'IN_PROGRESS', to: 'DONE' }, resolution: { from: null, to: 'CANCELLED' } }],
      ['UPDATED', { state: { from: 'DONE', to: 'OPEN' }, resolution: { from: 'CANCELLED', to: null } }],
    ]);
  });

  it('is what a column means as soon as it comes there', async () => {
    const { id } = await board.inBacklog();
    await give(id, 'DONE', 'CANCELLED');
    expect(await board.move(id, board.column(4))).toMatchObject({ state: 'DONE', resolution: 'CANCELLED' });
    expect(await board.move(id, board.column(1))).toMatchObject({ state: 'OPEN', resolution: null });
  });
});

describe('a card that is taken off its board', () => {
  it('stays in the backlog as far as it was, counts in no column, and can come back', async () => {
    const { id } = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(2) });
    const place = await board.now(id);
    const since = await seqOf(board.trainyard, board.project.id);
    const off = await takeOff(id);
    expect(off).toEqual({ ...place, boardId: null, columnId: null, rank: null });
    expect(await board.now(id)).toEqual(off);
    expect(await takeOff(id)).toEqual(off);
    expect(await board.counts()).toEqual([0, 0, 0, 0, 0]);
    expect(await board.told(id, since)).toEqual([
      {
        action: 'MOVED',
        changes: { columnId: { from: board.column(2), to: null }, rank: { from: place.rank, to: null }, boardId: { from: board.project.boardId, to: null } },
      },
    ]);
    expect(await board.move(id, board.column(2))).toMatchObject({ columnId: board.column(2) });
    expect(await board.counts()).toEqual([0, 0, 1, 0, 0]);
  });
});

it('a ticket goes between boards, off them, away and back as often as one likes, and lies in one place', async () => {
  const lead = (await memberOf(board.trainyard, board.project, 'LEAD')).client;
  const { createBoard } = await lead.ask<{ createBoard: { columns: { id: string }[] } }>(
    'mutation($id: ID!) { createBoard(projectId: $id, name: "Another", kind: KANBAN) { columns { id } } }',
    { id: board.project.id },
  );
  const there = createBoard.columns[0]?.id as string;
  const { id } = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(0) });
  for (let round = 0; round < 3; round++) {
    for (const to of [there, board.column(1), there, board.column(0)]) expect(await board.move(id, to)).toMatchObject({ columnId: to });
    await takeOff(id);
    await board.move(id, round % 2 === 0 ? there : board.column(2));
    const { version, columnId } = await board.now(id);
    await lead.ask('mutation($id: ID!, $version: Int!) { deleteTicket(id: $id, version: $version) { id } }', { id, version });
    await lead.ask('mutation($id: ID!) { restoreTicket(id: $id) { id } }', { id });
    expect(await board.now(id)).toMatchObject({ columnId });
  }
  expect(await rows(board.trainyard.database.direct, 'SELECT hidden FROM placement WHERE ticket_id = $1', [id])).toEqual([{ hidden: false }]);
  expect(
    await rows(
      board.trainyard.database.direct,
      'SELECT sum(ticket_count)::int AS count FROM board_column WHERE board_id IN (SELECT id FROM board WHERE project_id = $1)',
      [board.project.id],
    ),
  ).toEqual([{ count: 1 }]);
});

describe('at the same time as somebody else', () => {
  it('a card goes into the column that means the state now', async () => {
    const { id } = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(0) });
    const end = await hold(board.trainyard, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))', [board.column(4)]);
      await tx.query(`UPDATE board_column SET category = CASE id WHEN $1 THEN 'DOING' ELSE 'DONE' END WHERE id IN ($1, $2)`, [
        board.column(4),
        board.column(3),
      ]);
    });
    const asked = give(id, 'DONE', 'CANCELLED');
    await untilWaiting(board.trainyard, 1, 'advisory');
    await end('COMMIT');
    expect(await asked).toMatchObject({ columnId: board.column(3), state: 'DONE', resolution: 'CANCELLED' });
    expect(await board.counts()).toEqual([0, 0, 0, 1, 0]);
  });

  it('a card that was taken off the board meanwhile stays off it', async () => {
    const { id } = await buildTicket(board.trainyard, { project: board.project, columnId: board.column(0) });
    const end = await hold(board.trainyard, async (tx) => {
      await tx.query('SELECT FROM ticket WHERE id = $1 FOR NO KEY UPDATE', [id]);
      await tx.query('DELETE FROM placement WHERE ticket_id = $1', [id]);
      await tx.query('UPDATE board_column SET ticket_count = ticket_count - 1 WHERE id = $1', [board.column(0)]);
    });
    const asked = give(id, 'DONE', 'CANCELLED');
    await untilWaiting(board.trainyard, 1);
    await end('COMMIT');
    expect(await asked).toMatchObject({ columnId: null, state: 'DONE', resolution: 'CANCELLED' });
    expect(await board.counts()).toEqual([0, 0, 0, 0, 0]);
  });

  it('many say many things, and the last one holds with every card counted once', async () => {
    const { ids } = await buildTickets(board.trainyard, 4, { project: board.project, columns: [board.column(0)] });
    const states = ['OPEN', 'IN_PROGRESS', 'DONE'] as const;
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => {
        const id = ids[i % ids.length] as string;
        return i % 5 === 4 ? (i % 2 === 0 ? takeOff(id) : board.move(id, board.column(i % 3))) : give(id, states[i % 3] as string);
      }),
    );
    const cards = await Promise.all(ids.map((id) => board.now(id)));
    const STATE: Record<string, string> = {
      [board.column(0)]: 'OPEN',
      [board.column(1)]: 'OPEN',
      [board.column(2)]: 'IN_PROGRESS',
      [board.column(3)]: 'IN_PROGRESS',
      [board.column(4)]: 'DONE',
    };
    for (const card of cards) if (card.columnId !== null) expect(card.state).toBe(STATE[card.columnId]);
    expect(await board.counts()).toEqual([0, 1, 2, 3, 4].map((at) => cards.filter(({ columnId }) => columnId === board.column(at)).length));
  });
});
