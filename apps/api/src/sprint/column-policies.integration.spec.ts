import { TestBoard } from '../../test/board.ts';
import { buildTicket } from '../../test/factories/board.ts';
import { row } from '../platform/sql/database.ts';

const PLAN = 'mutation($ids: [ID!]!, $s: ID) { planTickets(ids: $ids, sprintId: $s) { id } }';
const CHANGE = 'mutation($changes: [TicketChangeInput!]!) { changeTickets(changes: $changes) { id outcome code params } }';
const START = 'mutation($id: ID!, $v: Int!) { startSprint(id: $id, version: $v) { version } }';
const COMPLETE = 'mutation($id: ID!, $to: ID) { completeSprint(id: $id, unfinishedTo: $to) { version } }';
const REOPEN = 'mutation($id: ID!, $v: Int!) { reopenSprint(id: $id, version: $v) { version } }';
const STATE = 'mutation($id: ID!, $s: TicketState!) { setTicketState(id: $id, state: $s) { id } }';

interface Standing {
  columnId: string | null;
  sprintId: string | null;
  state: string;
}

describe('what columns ask of tickets that a sprint brings', () => {
  const scrum = TestBoard.ofFile('LEAD');

  const column = (i: number): string => scrum.project.columns.at(i)!;
  const ticket = async (state = 'OPEN'): Promise<string> => {
    const { id } = await scrum.inBacklog();
    // off any board nothing asks for anything
    if (state !== 'OPEN') await scrum.client.ask(STATE, { id, s: state });
    return id;
  };
  const asks = async (columnId: string): Promise<void> => {
    await scrum.trainyard.database.direct.query("UPDATE board_column SET required_fields = '{points}' WHERE id = $1", [columnId]);
  };
  const estimate = (id: string): Promise<unknown> =>
    scrum.client.ask('mutation($id: ID!) { updateTicket(id: $id, version: 1, input: { points: 1 }) { id } }', { id });
  const create = async (boardId = scrum.project.boardId): Promise<string> =>
    (
      await scrum.client.ask<{ createSprint: { id: string } }>('mutation($i: CreateSprintInput!) { createSprint(input: $i) { id } }', {
        i: { boardId, name: 'Sprint', startsOn: '2026-11-30', endsOn: '2026-12-11' },
      })
    ).createSprint.id;
  const start = (id: string) => scrum.client.send(START, { id, v: 1 });
  const refusal = ({ errors }: Awaited<ReturnType<typeof start>>): unknown => errors?.[0]?.extensions;
  const at = async (id: string): Promise<Standing> =>
    (await row<Standing>(
      scrum.trainyard.database.direct,
      'SELECT k.column_id AS "columnId", t.sprint_id AS "sprintId", t.state FROM ticket t LEFT JOIN placement k ON k.ticket_id = t.id AND NOT k.hidden WHERE t.id = $1',
      [id],
    ))!;
  const keyOf = async (id: string): Promise<string> =>
    (await scrum.client.ask<{ ticket: { key: string } }>('query($id: ID!) { ticket(id: $id) { key } }', { id })).ticket.key;

  it('refuses each that is planned into one that runs, for itself or with the ticket named', async () => {
    await asks(column(-1));
    const sprint = await create();
    await start(sprint);
    const [done, open] = [await ticket('DONE'), await ticket()];
    expect(refusal(await scrum.client.send(PLAN, { ids: [open, done], s: sprint }))).toMatchObject({
      code: 'COLUMN_POLICY',
      params: { columnId: column(-1), fields: 'points', ticket: await keyOf(done) },
    });
    expect(await at(open)).toEqual({ columnId: null, sprintId: null, state: 'OPEN' });
    const plan = async (): Promise<unknown[]> =>
      (
        await scrum.client.ask<{ changeTickets: { outcome: string; code: string | null; params: { fields?: string } | null }[] }>(CHANGE, {
          changes: [done, open].map((id) => ({ id, sprint: { sprintId: sprint } })),
        })
      ).changeTickets.map(({ outcome, code, params }) => [outcome, code, params?.fields ?? null]);
    expect(await plan()).toEqual([
      ['REFUSED', 'COLUMN_POLICY', 'points'],
      ['CHANGED', null, null],
    ]);
    expect(await at(done)).toEqual({ columnId: null, sprintId: null, state: 'DONE' });
    expect(await at(open)).toEqual({ columnId: column(0), sprintId: sprint, state: 'OPEN' });
    // filled in the same change, it comes
    const filled = await scrum.client.ask<{ changeTickets: { outcome: string }[] }>(CHANGE, {
      changes: [{ id: done, version: 1, values: { points: 2 }, sprint: { sprintId: sprint } }],
    });
    expect(filled.changeTickets.map(({ outcome }) => outcome)).toEqual(['CHANGED']);
    expect(await at(done)).toEqual({ columnId: column(-1), sprintId: sprint, state: 'DONE' });
  });

  it('holds those back that start with it, in the last column that lets them through, as far as that one means', async () => {
    await asks(column(-1));
    await asks(column(-2));
    const [done, estimated, open] = [await ticket('DONE'), await ticket('DONE'), await ticket()];
    await estimate(estimated);
    const sprint = await create();
    await scrum.client.ask(PLAN, { ids: [done, estimated, open], s: sprint });
    expect(refusal(await start(sprint))).toBeUndefined();
    expect(await at(done)).toEqual({ columnId: column(-3), sprintId: sprint, state: 'IN_PROGRESS' });
    expect(await at(estimated)).toEqual({ columnId: column(-1), sprintId: sprint, state: 'DONE' });
    expect(await at(open)).toEqual({ columnId: column(0), sprintId: sprint, state: 'OPEN' });
    const told = await row<{ changes: object }>(
      scrum.trainyard.database.direct,
      'SELECT changes FROM activity WHERE ticket_id = $1 ORDER BY seq DESC LIMIT 1',
      [done],
    );
    expect(told?.changes).toMatchObject({ columnId: { from: null, to: column(-3) }, state: { from: 'DONE', to: 'IN_PROGRESS' } });
  });

  it('starts nothing where one is let into no column at all, and names it', async () => {
    await asks(column(0));
    const [open, estimated] = [await ticket(), await ticket()];
    await estimate(estimated);
    const sprint = await create();
    await scrum.client.ask(PLAN, { ids: [open, estimated], s: sprint });
    expect(refusal(await start(sprint))).toMatchObject({ code: 'COLUMN_POLICY', params: { columnId: column(0), fields: 'points', ticket: await keyOf(open) } });
    expect(await at(estimated)).toEqual({ columnId: null, sprintId: sprint, state: 'OPEN' });
    await estimate(open);
    expect(refusal(await start(sprint))).toBeUndefined();
  });

  it('does not ask what lies on the board already', async () => {
    const lying = await buildTicket(scrum.trainyard, { project: scrum.project, columnId: column(-1) });
    await asks(column(-1));
    const sprint = await create();
    await scrum.client.ask(PLAN, { ids: [lying.id], s: sprint });
    expect(refusal(await start(sprint))).toBeUndefined();
    expect(await at(lying.id)).toMatchObject({ columnId: column(-1), state: 'DONE' });
  });

  it('asks of what is carried onto another board, and of what comes back as one is opened again', async () => {
    const sprint = await create();
    const [begun, open] = [await ticket('IN_PROGRESS'), await ticket()];
    await scrum.client.ask(PLAN, { ids: [begun, open], s: sprint });
    await start(sprint);
    const { createBoard } = await scrum.client.ask<{ createBoard: { id: string; columns: { id: string; category: string }[] } }>(
      'mutation($p: ID!) { createBoard(projectId: $p, name: "Beside", kind: SCRUM) { id columns { id category } } }',
      { p: scrum.project.id },
    );
    const other = await create(createBoard.id);
    await start(other);
    const doing = createBoard.columns.findIndex(({ category }) => category === 'DOING');
    await asks(createBoard.columns[doing]!.id);
    const { completeSprint } = await scrum.client.ask<{ completeSprint: { version: number } }>(COMPLETE, { id: sprint, to: other });
    expect(await at(begun)).toEqual({ columnId: createBoard.columns[doing - 1]!.id, sprintId: other, state: 'OPEN' });
    expect(await at(open)).toEqual({ columnId: createBoard.columns[0]!.id, sprintId: other, state: 'OPEN' });
    // out of the other, finished without anything being asked, it comes back to the board it came from
    await scrum.client.ask(PLAN, { ids: [begun], s: null });
    await scrum.client.ask(STATE, { id: begun, s: 'DONE' });
    await asks(column(-1));
    expect(refusal(await scrum.client.send(REOPEN, { id: sprint, v: completeSprint.version }))).toBeUndefined();
    expect(await at(begun)).toEqual({ columnId: column(-2), sprintId: sprint, state: 'IN_PROGRESS' });
  });
});
