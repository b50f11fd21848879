import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, buildTickets, cardsOf, memberOf, seqOf, type BuiltProject } from '../../test/factories/board.ts';
import { rows } from '../platform/sql/database.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

const SPRINT = 'id name state version startedAt closedAt abandoned totals { tickets points done donePoints cancelled committed committedPoints unestimated }';
const CREATE = `mutation($input: CreateSprintInput!) { createSprint(input: $input) { ${SPRINT} } }`;
const PLAN = 'mutation($ids: [ID!]!, $s: ID) { planTickets(ids: $ids, sprintId: $s) { id sprintId boardId columnId state } }';
const START = `mutation($id: ID!, $v: Int!, $o: OtherCards!) { startSprint(id: $id, version: $v, others: $o) { ${SPRINT} } }`;
const COMPLETE = `mutation($id: ID!, $to: ID, $a: Boolean!) { completeSprint(id: $id, unfinishedTo: $to, abandoned: $a) { ${SPRINT} } }`;
const REOPEN = `mutation($id: ID!, $v: Int!) { reopenSprint(id: $id, version: $v) { ${SPRINT} } }`;
const TICKET = 'query($id: ID!) { ticket(id: $id) { id sprintId boardId columnId state } }';
const READ = `query($id: ID!) { sprint(id: $id) { ${SPRINT} outcomes { key committed pointsAtStart pointsAtEnd outcome carriedTo } } }`;
const LOG = 'query($p: ID!, $s: Int!) { projectEvents(projectId: $p, since: $s) { activities { entity entityId action changes } sprints { id state } } }';
const STATE = 'mutation($id: ID!, $s: TicketState!, $r: Resolution) { setTicketState(id: $id, state: $s, resolution: $r) { id } }';

interface Sprint {
  id: string;
  state: string;
  version: number;
  closedAt: string | null;
  totals: Record<string, number>;
}
interface Ticket {
  id: string;
  sprintId: string | null;
  boardId: string | null;
  columnId: string | null;
  state: string;
}

describe('the course of a sprint', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let client: GraphqlClient;

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    project = await buildProject(trainyard, { kind: 'SCRUM' });
    ({ client } = await memberOf(trainyard, project));
  });

  const plan = async (ids: readonly string[], sprintId: string | null): Promise<Ticket[]> =>
    (await client.ask<{ planTickets: Ticket[] }>(PLAN, { ids, s: sprintId })).planTickets;
  const create = async (name = 'Sprint 1', more: object = {}): Promise<Sprint> =>
    (
      await client.ask<{ createSprint: Sprint }>(CREATE, {
        input: { boardId: project.boardId, name, startsOn: '2026-11-30', endsOn: '2026-12-11', ...more },
      })
    ).createSprint;
  const start = async ({ id, version }: Sprint, others = 'LEAVE'): Promise<Sprint> =>
    (await client.ask<{ startSprint: Sprint }>(START, { id, v: version, o: others })).startSprint;
  const complete = async (id: string, to: string | null = null, abandoned = false): Promise<Sprint> =>
    (await client.ask<{ completeSprint: Sprint }>(COMPLETE, { id, to, a: abandoned })).completeSprint;
  const ticket = async (id: string): Promise<Ticket> => (await client.ask<{ ticket: Ticket }>(TICKET, { id })).ticket;
  const backlog = async (count: number, points: number | null = 3): Promise<string[]> => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++) {
      const made = await client.ask<{ createTicket: { id: string } }>('mutation($i: CreateTicketInput!) { createTicket(input: $i) { id } }', {
        i: { projectId: project.id, title: `Work ${i}`, type: 'TASK', points },
      });
      ids.push(made.createTicket.id);
    }
    return ids;
  };
  const order = async (columnId: string): Promise<string[]> => (await cardsOf(trainyard, columnId)).map(({ id }) => id);
  const events = async (
    since: number,
  ): Promise<{ entity: string; entityId: string; action: string; changes: Record<string, { from: unknown; to: unknown }> }[]> =>
    (await client.ask<{ projectEvents: { activities: never[] } }>(LOG, { p: project.id, s: since })).projectEvents.activities;
  const [first, done] = [() => project.columns[0]!, () => project.columns.at(-1)!];

  it('commits to what was planned, puts it onto the board in the order of the backlog, and says each to the log', async () => {
    const ids = await backlog(3);
    const sprint = await create();
    expect(await plan([ids[2]!, ids[0]!], sprint.id)).toMatchObject([{ sprintId: sprint.id, boardId: null }, { sprintId: sprint.id }]);
    const since = await seqOf(trainyard, project.id);
    const running = await start(sprint);
    expect(running).toMatchObject({ state: 'RUNNING', totals: { tickets: 2, points: 6, committed: 2, committedPoints: 6, done: 0 } });
    expect(await order(first())).toEqual([ids[0], ids[2]]);
    expect(await ticket(ids[1]!)).toMatchObject({ sprintId: null, boardId: null });
    expect((await events(since)).map(({ entity, action, changes }) => [entity, action, changes['state']?.to ?? changes['columnId']?.to])).toEqual([
      ['TICKET', 'MOVED', first()],
      ['TICKET', 'MOVED', first()],
      ['SPRINT', 'UPDATED', 'RUNNING'],
    ]);
  });

  it('takes in what is put onto its board, also made there, and loses what leaves it', async () => {
    const [a, b] = await backlog(2);
    const sprint = await start(await create());
    await client.ask('mutation($id: ID!, $c: ID!) { moveTicket(id: $id, columnId: $c) { id } }', { id: a, c: first() });
    const made = await client.ask<{ createTicket: { id: string } }>('mutation($i: CreateTicketInput!) { createTicket(input: $i) { id } }', {
      i: { columnId: first(), title: 'Made on the board', type: 'BUG' },
    });
    expect([(await ticket(a!)).sprintId, (await ticket(made.createTicket.id)).sprintId]).toEqual([sprint.id, sprint.id]);
    expect((await plan([b!], sprint.id))[0]).toMatchObject({ boardId: project.boardId, columnId: first() });
    const since = await seqOf(trainyard, project.id);
    await client.ask('mutation($id: ID!) { takeOffBoard(id: $id) { id } }', { id: a });
    await plan([b!], null);
    expect([await ticket(a!), await ticket(b!)]).toMatchObject([
      { sprintId: null, boardId: null },
      { sprintId: null, boardId: null },
    ]);
    expect((await events(since)).map(({ entityId, changes }) => [entityId, changes['sprintId']])).toEqual([
      [a, { from: sprint.id, to: null }],
      [b, { from: sprint.id, to: null }],
    ]);
    expect((await client.ask<{ sprint: Sprint }>(READ, { id: sprint.id })).sprint.totals).toMatchObject({ tickets: 1, committed: 0 });
  });

  it('sends cards that are in none back to the backlog in their order, or takes them in', async () => {
    const { ids } = await buildTickets(trainyard, 3, { project, columns: [first()] });
    const [a] = await backlog(1);
    const sprint = await create();
    await plan([a!], sprint.id);
    await start(sprint);
    expect(await order(first())).toEqual([a]);
    for (const id of ids) expect(await ticket(id)).toMatchObject({ sprintId: null, boardId: null, state: 'OPEN' });
    await complete(sprint.id);
    const { ids: later } = await buildTickets(trainyard, 2, { project, columns: [first()] });
    const next = await start(await create('Sprint 2'), 'JOIN');
    expect(next.totals).toMatchObject({ tickets: 2, committed: 2 });
    expect(await order(first())).toEqual(later);
  });

  it('ends with what became of each ticket, carries what is not done, and stays as it was whatever comes later', async () => {
    const ids = await backlog(4, 5);
    const sprint = await create();
    await plan(ids, sprint.id);
    await start(sprint);
    await client.ask(STATE, { id: ids[0], s: 'DONE' });
    await client.ask(STATE, { id: ids[1], s: 'DONE', r: 'CANCELLED' });
    await client.ask(STATE, { id: ids[2], s: 'IN_PROGRESS' });
    const next = await create('Sprint 2');
    const since = await seqOf(trainyard, project.id);
    const closed = await complete(sprint.id, next.id);
    expect(closed).toMatchObject({
      state: 'CLOSED',
      totals: { tickets: 3, points: 15, done: 1, donePoints: 5, cancelled: 1, committed: 4, committedPoints: 20 },
    });
    // a row of its own for each
    const told = new Map((await events(since)).filter(({ entity }) => entity === 'TICKET').map(({ entityId, changes }) => [entityId, changes['sprintId']?.to]));
    expect(ids.map((id) => told.get(id))).toEqual([null, null, next.id, next.id]);
    for (const id of [ids[2]!, ids[3]!]) expect(await ticket(id)).toMatchObject({ sprintId: next.id, boardId: null });
    expect((await cardsOf(trainyard, done())).length).toBe(0);
    const before = await client.ask(READ, { id: sprint.id });
    // estimated anew, finished, deleted: what the closed one tells is the same to the byte
    await start(next);
    await client.ask(STATE, { id: ids[2], s: 'DONE' });
    await client.ask('mutation($id: ID!, $v: Int!) { updateTicket(id: $id, version: $v, input: { points: 13 }) { id } }', { id: ids[3], v: 1 });
    await client.ask('mutation($id: ID!, $v: Int!) { deleteTicket(id: $id, version: $v) { id } }', { id: ids[0], v: 1 });
    expect(JSON.stringify(await client.ask(READ, { id: sprint.id }))).toBe(JSON.stringify(before));
  });

  it('carries onto the board of a sprint that runs beside it', async () => {
    const ids = await backlog(2);
    const one = await create();
    await plan(ids, one.id);
    await start(one);
    await client.ask(STATE, { id: ids[1], s: 'IN_PROGRESS' });
    const two = await start(await create('Beside it'));
    expect((await order(first())).length).toBe(1);
    const lay = await ticket(ids[1]!);
    await complete(one.id, two.id);
    expect(await ticket(ids[1]!)).toEqual({ ...lay, sprintId: two.id });
    expect((await client.ask<{ sprint: Sprint }>(READ, { id: two.id })).sprint.totals).toMatchObject({ tickets: 2, committed: 0 });
  });

  it('is completed once, whoever comes second and whoever plans meanwhile', async () => {
    const ids = await backlog(6);
    const sprint = await create();
    await plan(ids.slice(0, 4), sprint.id);
    await start(sprint);
    const answers = await Promise.all([
      client.send(COMPLETE, { id: sprint.id, to: null, a: false }),
      client.send(COMPLETE, { id: sprint.id, to: null, a: false }),
      client.send(PLAN, { ids: [ids[4]], s: sprint.id }),
      client.send('mutation($id: ID!, $c: ID!) { moveTicket(id: $id, columnId: $c) { id } }', { id: ids[5], c: first() }),
    ]);
    const codes = answers.map((answer) => answer.codes);
    expect(codes.slice(0, 2).flat()).toEqual(['SPRINT_CLOSED']);
    expect(['', 'SPRINT_CLOSED']).toContain(codes[2]!.join());
    expect(codes[3]).toEqual([]);
    expect(await rows(trainyard.database.direct, 'SELECT id FROM ticket WHERE sprint_id = $1', [sprint.id])).toEqual([]);
  });

  it('runs on when it is opened again, with what it finished and what nobody works on elsewhere', async () => {
    const ids = await backlog(3);
    const sprint = await create();
    await plan(ids, sprint.id);
    await start(sprint);
    await client.ask(STATE, { id: ids[0], s: 'DONE' });
    const next = await create('Sprint 2');
    const closed = await complete(sprint.id, next.id);
    await start(next);
    await plan([ids[1]!], null);
    const again = (await client.ask<{ reopenSprint: Sprint }>(REOPEN, { id: sprint.id, v: closed.version })).reopenSprint;
    expect(again).toMatchObject({ state: 'RUNNING', closedAt: null, totals: { tickets: 2, done: 1, committed: 3 } });
    expect([(await ticket(ids[0]!)).columnId, (await ticket(ids[1]!)).columnId, (await ticket(ids[2]!)).sprintId]).toEqual([done(), first(), next.id]);
    const finished = await complete(sprint.id);
    expect(finished.totals).toMatchObject({ tickets: 2, done: 1 });
  });

  it('runs on where who completes it saw it before it was opened again; who names no version ends what runs', async () => {
    const seen = await start(await create());
    const VERSIONED = 'mutation($id: ID!, $v: Int!) { completeSprint(id: $id, version: $v, abandoned: false) { state version } }';
    const closed = (await client.ask<{ completeSprint: Sprint }>(VERSIONED, { id: seen.id, v: seen.version })).completeSprint;
    expect((await client.send(VERSIONED, { id: seen.id, v: seen.version })).codes).toEqual(['SPRINT_CLOSED']);
    await client.ask(REOPEN, { id: seen.id, v: closed.version });
    expect((await client.send(VERSIONED, { id: seen.id, v: seen.version })).codes).toEqual(['STALE_VERSION']);
    expect((await client.ask<{ sprint: Sprint }>(READ, { id: seen.id })).sprint.state).toBe('RUNNING');
    expect((await complete(seen.id)).state).toBe('CLOSED');
  });

  it('leaves out deleted tickets, which come back in no sprint once theirs has ended', async () => {
    const ids = await backlog(2);
    const sprint = await create();
    await plan(ids, sprint.id);
    await start(sprint);
    const since = await seqOf(trainyard, project.id);
    await client.ask('mutation($id: ID!, $v: Int!) { deleteTicket(id: $id, version: $v) { id } }', { id: ids[0], v: 1 });
    expect((await events(since))[0]!.changes['sprintId']).toEqual({ from: sprint.id, to: null });
    await client.ask('mutation($id: ID!) { restoreTicket(id: $id) { id } }', { id: ids[0] });
    expect(await ticket(ids[0]!)).toMatchObject({ sprintId: sprint.id, columnId: first() });
    await client.ask('mutation($id: ID!, $v: Int!) { deleteTicket(id: $id, version: $v) { id } }', { id: ids[1], v: 1 });
    expect((await complete(sprint.id)).totals).toMatchObject({ tickets: 1 });
    await client.ask('mutation($id: ID!) { restoreTicket(id: $id) { id } }', { id: ids[1] });
    expect((await ticket(ids[1]!)).sprintId).toBeNull();
  });

  it.each<[string, object, string, object]>([
    ['its last day before its first', { endsOn: '2026-11-29' }, 'BAD_INPUT', { field: 'endsOn', reason: 'BEFORE_START' }],
    ['a day that there is not', { startsOn: '2026-02-30' }, 'BAD_INPUT', { field: 'startsOn', reason: 'NOT_A_DAY' }],
    ['years', { endsOn: '2029-01-01' }, 'BAD_INPUT', { field: 'endsOn', reason: 'TOO_LONG' }],
    ['no name', { name: ' ' }, 'BAD_INPUT', { field: 'name', reason: 'EMPTY' }],
  ])('refuses a sprint with %s', async (_, wrong, code, params) => {
    const { errors } = await client.send(CREATE, {
      input: { boardId: project.boardId, name: 'Sprint', startsOn: '2026-11-30', endsOn: '2026-12-11', ...wrong },
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code, params });
  });

  it('is planned by those alone who may write the tickets, also out of every sprint', async () => {
    const secret = await buildProject(trainyard, { kind: 'SCRUM', visibility: 'PRIVATE' });
    const { ids } = await buildTickets(trainyard, 1, { project: secret, columns: [secret.columns[0]!] });
    expect((await client.send(PLAN, { ids, s: null })).codes).toEqual(['NOT_FOUND']);
  });

  it('is neither started twice, nor from an older version, nor deleted once it runs, nor its board archived', async () => {
    const sprint = await create();
    expect((await client.send(START, { id: sprint.id, v: sprint.version + 1, o: 'LEAVE' })).codes).toEqual(['STALE_VERSION']);
    const running = await start(sprint);
    expect((await client.send(START, { id: sprint.id, v: running.version, o: 'LEAVE' })).codes).toEqual(['SPRINT_STARTED']);
    expect((await client.send('mutation($id: ID!, $v: Int!) { deleteSprint(id: $id, version: $v) }', { id: sprint.id, v: running.version })).codes).toEqual([
      'SPRINT_STARTED',
    ]);
    const planned = await create('Only planned');
    expect((await client.send(COMPLETE, { id: planned.id, to: null, a: false })).codes).toEqual(['SPRINT_NOT_RUNNING']);
    const [a] = await backlog(1);
    await plan([a!], planned.id);
    await client.ask('mutation($id: ID!, $v: Int!) { deleteSprint(id: $id, version: $v) }', { id: planned.id, v: planned.version });
    expect((await ticket(a!)).sprintId).toBeNull();
  });
});
