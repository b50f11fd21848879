import { DEVICE_HOURS_MAX } from '@trainyard/domain';
import { TestBoard } from '../../test/board.ts';
import { buildTickets } from '../../test/factories/board.ts';
import { row, rows } from '../platform/sql/database.ts';

const FIELDS = 'id key version priority deviceHours startDate dueDate';
const CREATE = `mutation ($i: CreateTicketInput!) { createTicket(input: $i) { ${FIELDS} } }`;
const UPDATE = `mutation ($id: ID!, $v: Int!, $i: UpdateTicketInput!) { updateTicket(id: $id, version: $v, input: $i) { ${FIELDS} } }`;
const CHANGE = `mutation ($c: [TicketChangeInput!]!) { changeTickets(changes: $c) { code params ticket { ${FIELDS} } } }`;
const LIST = 'query ($p: ID, $q: String, $z: String) { tickets(projectId: $p, query: $q, timeZone: $z, first: 100) { nodes { key } } }';

interface Planned {
  id: string;
  key: string;
  version: number;
  priority: string | null;
  deviceHours: number | null;
  startDate: string | null;
  dueDate: string | null;
}

const board = TestBoard.ofFile('LEAD');
const create = async (input: object): Promise<Planned> =>
  (await board.client.ask<{ createTicket: Planned }>(CREATE, { i: { columnId: board.column(0), type: 'TASK', title: 'Planned', ...input } })).createTicket;
const update = async ({ id, version }: Planned, input: object): Promise<Planned> =>
  (await board.client.ask<{ updateTicket: Planned }>(UPDATE, { id, v: version, i: input })).updateTicket;
const refusal = async (document: string, variables: object): Promise<unknown> => {
  const { code, params } = (await board.client.send(document, variables as never)).errors?.[0]?.extensions as { code: string; params: object };
  return { code, ...params };
};
const found = async (q: string, z = 'UTC'): Promise<number[]> =>
  (await board.client.ask<{ tickets: { nodes: { key: string }[] } }>(LIST, { p: board.project.id, q, z })).tickets.nodes.map(({ key }) =>
    Number(key.slice(key.lastIndexOf('-') + 1)),
  );

describe('the fields of planning', () => {
  it('are kept as they were given, told by the log, and taken away by null', async () => {
    const given = { priority: 'HIGH', deviceHours: 12.25, startDate: '2026-01-05', dueDate: '2026-02-28' };
    const made = await create(given);
    expect(made).toMatchObject(given);
    const changed = await update(made, { priority: 'URGENT', dueDate: '2026-03-01', startDate: null });
    expect(changed).toMatchObject({ priority: 'URGENT', deviceHours: 12.25, startDate: null, dueDate: '2026-03-01' });
    const log = await rows<{ changes: object }>(board.trainyard.database.direct, 'SELECT changes FROM activity WHERE ticket_id = $1 ORDER BY seq', [made.id]);
    expect(log).toMatchObject([
      { changes: { priority: { from: null, to: 'HIGH' }, deviceHours: { from: null, to: 12.25 }, dueDate: { from: null, to: '2026-02-28' } } },
      {
        changes: {
          priority: { from: 'HIGH', to: 'URGENT' },
          dueDate: { from: '2026-02-28', to: '2026-03-01' },
          startDate: { from: '2026-01-05', to: null },
        },
      },
    ]);
    // what is said again is no change
    expect((await update(changed, { deviceHours: 12.25, dueDate: '2026-03-01' })).version).toBe(changed.version);
  });

  it('are a day, whatever zone the database session or the process is in', async () => {
    const made = await create({ dueDate: '2026-01-05' });
    for (const zone of ['America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati']) {
      const told = await board.trainyard.database.transaction(async (tx) => {
        await tx.query(`SET LOCAL TIME ZONE '${zone}'`);
        return row<{ day: string }>(tx, 'SELECT due_date::text AS day FROM ticket WHERE id = $1', [made.id]);
      });
      expect(told?.day).toBe('2026-01-05');
      expect(await found(`due:2026-01-05`, zone)).toEqual([Number(made.key.slice(made.key.lastIndexOf('-') + 1))]);
    }
  });

  it.each([
    [{ deviceHours: 1e9 }, { code: 'BAD_INPUT', field: 'deviceHours', min: 0, max: DEVICE_HOURS_MAX, step: 0.25 }],
    [{ deviceHours: 0.1 }, { code: 'BAD_INPUT', field: 'deviceHours', min: 0, max: DEVICE_HOURS_MAX, step: 0.25 }],
    [{ deviceHours: -1 }, { code: 'BAD_INPUT', field: 'deviceHours', min: 0, max: DEVICE_HOURS_MAX, step: 0.25 }],
    [{ dueDate: '2026-02-30' }, { code: 'BAD_INPUT', field: 'dueDate', reason: 'NOT_A_DAY' }],
    [{ dueDate: '2026-01-05T00:00:00Z' }, { code: 'BAD_INPUT', field: 'dueDate', reason: 'NOT_A_DAY' }],
    [{ startDate: '0026-01-05' }, { code: 'BAD_INPUT', field: 'startDate', reason: 'NOT_A_DAY' }],
    [
      { startDate: '2026-01-06', dueDate: '2026-01-05' },
      { code: 'BAD_INPUT', field: 'dueDate', reason: 'DUE_BEFORE_START' },
    ],
  ])('are refused where they are none: %j', async (input, expected) => {
    expect(await refusal(CREATE, { i: { columnId: board.column(0), type: 'TASK', title: 'Bad', ...input } })).toEqual(expected);
    const { id, version } = await create({});
    expect(await refusal(UPDATE, { id, v: version, i: input })).toEqual(expected);
  });

  it('stay in order when one of two days changes', async () => {
    const { id, version } = await create({ startDate: '2026-01-05', dueDate: '2026-01-09' });
    expect(await refusal(UPDATE, { id, v: version, i: { startDate: '2026-01-10' } })).toEqual({
      code: 'BAD_INPUT',
      field: 'startDate',
      reason: 'DUE_BEFORE_START',
    });
    const { changeTickets: many } = await board.client.ask<{ changeTickets: object[] }>(CHANGE, { c: [{ id, version, values: { dueDate: '2026-01-04' } }] });
    expect(many).toMatchObject([{ code: 'BAD_INPUT', params: { field: 'dueDate', reason: 'DUE_BEFORE_START' } }]);
    expect(await update({ id, version } as Planned, { startDate: '2026-01-12', dueDate: '2026-01-12' })).toMatchObject({ dueDate: '2026-01-12' });
  });

  it('are changed of many at once, and taken back by what undoes it', async () => {
    const { ids } = await buildTickets(board.trainyard, 3, { project: board.project });
    const set = ids.map((id) => ({ id, version: 1, values: { priority: 'LOW', dueDate: '2026-05-01' } }));
    const changed = (await board.client.ask<{ changeTickets: { ticket: Planned }[] }>(CHANGE, { c: set })).changeTickets.map(({ ticket }) => ticket);
    expect(changed.map(({ priority, dueDate }) => [priority, dueDate])).toEqual(ids.map(() => ['LOW', '2026-05-01']));
    const undone = await board.client.ask<{ changeTickets: { ticket: Planned }[] }>(CHANGE, {
      c: changed.map(({ id, version }) => ({ id, version, values: { priority: null, dueDate: null } })),
    });
    expect(undone.changeTickets.map(({ ticket: { priority, dueDate } }) => [priority, dueDate])).toEqual(ids.map(() => [null, null]));
  });

  it('are asked for and sorted by: urgency is an order, and days are those of whoever asks', async () => {
    const { ids } = await buildTickets(board.trainyard, 5, { project: board.project, columns: [board.column(0)] });
    const today = new Date().toISOString().slice(0, 10);
    await board.trainyard.database.direct.query(
      /* sql */ `UPDATE ticket t SET priority = (ARRAY['LOW', 'URGENT', NULL, 'MEDIUM', 'HIGH'])[g.n], due_date = $2::date + (g.n - 3)::int, device_hours = g.n * 0.25
        FROM unnest($1::uuid[]) WITH ORDINALITY AS g (id, n) WHERE t.id = g.id`,
      [ids, today],
    );
    expect(await found('sort:priority')).toEqual([2, 5, 4, 1, 3]);
    expect(await found('sort:-priority')).toEqual([1, 4, 5, 2, 3]);
    expect(await found('priority:urgent,high')).toEqual([2, 5]);
    expect(await found('priority:none')).toEqual([3]);
    expect(await found('sort:-due')).toEqual([5, 4, 3, 2, 1]);
    expect(await found('due:<today')).toEqual([1, 2]);
    expect(await found('is:overdue')).toEqual([1, 2]);
    expect(await found('due:today')).toEqual([3]);
    expect(await found('due:tomorrow')).toEqual([4]);
    expect(await found('due:+1d')).toEqual([3, 4]);
    expect(await found('due:-1d')).toEqual([2, 3]);
    expect(await found('hours:>=1')).toEqual([4, 5]);
    expect(await found('-hours:>=1 sort:-hours')).toEqual([3, 2, 1]);
    // where it is a day earlier or later than here, other tickets are due today
    const ahead = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' }).format(new Date());
    expect(await found('due:today', 'Pacific/Kiritimati')).toEqual([ahead === today ? 3 : 4]);
  });

  it('are columns of the file', async () => {
    await create({ priority: 'HIGH', deviceHours: 2.5, startDate: '2026-01-05', dueDate: '2026-02-28' });
    await create({});
    const path = `/export/tickets.csv?columns=priority,hours,start,due&projectId=${board.project.id}&query=${encodeURIComponent('sort:key')}`;
    const told = await (await fetch(`${board.trainyard.url}${path}`, { headers: board.client.headers })).text();
    expect(told.replace('\uFEFF', '').split('\r\n')).toEqual(['priority,hours,start,due', 'HIGH,2.5,2026-01-05,2026-02-28', ',,,', '']);
  });
});
