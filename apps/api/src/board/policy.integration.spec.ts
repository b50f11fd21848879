import { memberOf } from '../../test/factories/board.ts';
import { TestRules } from '../../test/rules.ts';
import { row, rows } from '../platform/sql/database.ts';
import { ColumnGates } from './column-gates.ts';

const rules = TestRules.ofFile();

interface Gate {
  columnId: string;
  missingFields: string[];
  checks: { id: string; text: string; done: boolean; by: string | null }[];
}

async function setPolicy(columnId: string, requiredFields: string[], checks: { id?: string; text: string }[]): Promise<{ id: string; text: string }[]> {
  const { column } = await rules.lead.ask<{ column: { version: number } }>('query ($id: ID!) { column(id: $id) { version } }', { id: columnId });
  const { setColumnPolicy } = await rules.lead.ask<{ setColumnPolicy: { policy: { checks: { id: string; text: string }[] } } }>(
    `mutation ($id: ID!, $version: Int!, $requiredFields: [String!]!, $checks: [ColumnCheckInput!]!) {
      setColumnPolicy(id: $id, version: $version, requiredFields: $requiredFields, checks: $checks) { policy { requiredFields checks { id text } } } }`,
    { id: columnId, version: column.version, requiredFields, checks },
  );
  return setColumnPolicy.policy.checks;
}
const tick = (ticketId: string, checkId: string, done = true): Promise<unknown> =>
  rules.lead.ask('mutation ($ticketId: ID!, $checkId: ID!, $done: Boolean!) { tickCheck(ticketId: $ticketId, checkId: $checkId, done: $done) { id } }', {
    ticketId,
    checkId,
    done,
  });
const gates = async (id: string): Promise<Gate[]> =>
  (
    await rules.lead.ask<{ ticket: { gates: Gate[] } }>(
      'query ($id: ID!) { ticket(id: $id) { gates { columnId missingFields checks { id text done by } } } }',
      {
        id,
      },
    )
  ).ticket.gates;

/** What came of it; its error without what differs. */
const tried = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'DONE',
    (error: unknown) => (String(error).includes('COLUMN_POLICY') ? 'COLUMN_POLICY' : String(error)),
  );

/** Every way into a column. */
const DOORS: Record<string, (id: string, columnId: string) => Promise<unknown>> = {
  'a drag': (id, columnId) => rules.move(id, columnId),
  'a state that is given': (id) => rules.lead.ask('mutation ($id: ID!) { setTicketState(id: $id, state: DONE) { id } }', { id }),
  'a change of many': async (id, columnId) => {
    const { changeTickets } = await rules.lead.ask<{ changeTickets: { outcome: string; code: string | null }[] }>(
      'mutation ($changes: [TicketChangeInput!]!) { changeTickets(changes: $changes) { outcome code } }',
      { changes: [{ id, place: { columnId } }] },
    );
    if (changeTickets[0]?.outcome === 'REFUSED') throw new Error(changeTickets[0].code ?? '');
  },
};

describe.each(Object.entries(DOORS))('%s', (_, enter) => {
  it('brings a ticket into a column that asks for more once it has all of it, and not before', async () => {
    const done = rules.project.columns.at(-1)!;
    const [reviewed, measured] = await setPolicy(done, ['points', 'assigneeId'], [{ text: 'Reviewed' }, { text: 'Measured' }]);
    const id = await rules.ticket();
    expect(await tried(enter(id, done))).toBe('COLUMN_POLICY');
    await rules.set(id, { points: 0, assigneeId: rules.leadId });
    expect(await tried(enter(id, done))).toBe('COLUMN_POLICY');
    await tick(id, reviewed!.id);
    expect(await tried(enter(id, done))).toBe('COLUMN_POLICY');
    expect((await rules.now(id)).columnId).toBe(rules.project.columns[0]);
    await tick(id, measured!.id);
    expect(await tried(enter(id, done))).toBe('DONE');
    expect((await rules.now(id)).columnId).toBe(done);
  });
});

it('asks it of a ticket that is made there, and of one that is filled in the same change', async () => {
  const doing = rules.project.columns[1]!;
  await setPolicy(doing, ['points'], []);
  expect(await tried(rules.ticket({ columnId: doing }))).toBe('COLUMN_POLICY');
  expect(await tried(rules.ticket({ columnId: doing, points: 3 }))).toBe('DONE');
  const [filled, empty] = [await rules.ticket(), await rules.ticket()];
  const { changeTickets } = await rules.lead.ask<{ changeTickets: { id: string; outcome: string; params: { fields: string } | null }[] }>(
    'mutation ($changes: [TicketChangeInput!]!) { changeTickets(changes: $changes) { id outcome params } }',
    {
      changes: [
        { id: filled, version: 1, values: { points: 1 }, place: { columnId: doing } },
        { id: empty, place: { columnId: doing } },
      ],
    },
  );
  expect(changeTickets.map(({ outcome, params }) => [outcome, params?.fields])).toEqual([
    ['CHANGED', undefined],
    ['REFUSED', 'points'],
  ]);
});

it('asks it of rules, too', async () => {
  const [, doing, done] = rules.project.columns as [string, string, string];
  await setPolicy(done, [], [{ text: 'Reviewed' }]);
  await rules.create('On', { on: 'MOVED', columnId: doing }, [
    { does: 'MOVE', columnId: done },
    { does: 'COMMENT', text: 'On.' },
  ]);
  const id = await rules.ticket();
  await rules.move(id, doing);
  await rules.workbench().settle(rules.project.id);
  expect(await rules.firings()).toMatchObject([{ outcome: 'REFUSED', reason: { code: 'COLUMN_POLICY', params: { checks: 'Reviewed' } } }]);
  expect(await rules.now(id)).toMatchObject({ columnId: doing, commentCount: 0 });
});

it('tells a ticket what the columns ahead of it ask for, who ticked what, and keeps ticks of items whose words change', async () => {
  const [todo, doing, done] = rules.project.columns as [string, string, string];
  await setPolicy(todo, ['dueDate'], []);
  const [first] = await setPolicy(doing, ['points'], [{ text: 'Understood' }]);
  await setPolicy(done, [], [{ text: 'Reviewed' }]);
  const id = await rules.ticket({ dueDate: '2026-12-01' });
  await tick(id, first!.id);
  expect(
    (await gates(id)).map(({ columnId, missingFields, checks }) => [columnId, missingFields, checks.map(({ text, done: is, by }) => [text, is, by !== null])]),
  ).toEqual([
    [todo, [], []],
    [doing, ['points'], [['Understood', true, true]]],
    [done, [], [['Reviewed', false, false]]],
  ]);
  await setPolicy(doing, [], [{ text: 'Measured' }, { id: first!.id, text: 'Well understood' }]);
  expect((await gates(id))[1]?.checks.map(({ text, done: is }) => [text, is])).toEqual([
    ['Measured', false],
    ['Well understood', true],
  ]);
  // what is not named goes, with its ticks
  await setPolicy(doing, [], []);
  expect(await rows(rules.trainyard.database.direct, 'SELECT FROM ticket_check WHERE ticket_id = $1', [id])).toEqual([]);
  const told = await row<{ changes: object }>(rules.trainyard.database.direct, `SELECT changes FROM activity WHERE ticket_id = $1 AND changes ? 'check'`, [id]);
  expect(told?.changes).toEqual({ check: { from: null, to: 'Understood' } });
});

it('is asked within no column, of nothing that comes back, and by whoever may write', async () => {
  const [, doing] = rules.project.columns as [string, string];
  const [a, b] = [await rules.ticket({ columnId: doing }), await rules.ticket({ columnId: doing })];
  const [check] = await setPolicy(doing, ['points'], [{ text: 'Reviewed' }]);
  await rules.lead.ask('mutation ($id: ID!, $columnId: ID!, $afterId: ID) { moveTicket(id: $id, columnId: $columnId, afterId: $afterId) { id } }', {
    id: a,
    columnId: doing,
    afterId: b,
  });
  await rules.lead.ask('mutation ($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: a });
  await rules.lead.ask('mutation ($id: ID!) { restoreTicket(id: $id) { id } }', { id: a });
  expect((await rules.now(a)).columnId).toBe(doing);
  const viewer = await memberOf(rules.trainyard, rules.project, 'VIEWER');
  await expect(
    viewer.client.ask('mutation ($t: ID!, $c: ID!) { tickCheck(ticketId: $t, checkId: $c, done: true) { id } }', { t: a, c: check!.id }),
  ).rejects.toThrow('FORBIDDEN');
});

it('has room for gates of other rooms', async () => {
  const doing = rules.project.columns[1]!;
  const id = await rules.ticket();
  const registry = rules.trainyard.app.get(ColumnGates, { strict: false });
  let open = false;
  registry.register({
    kind: 'review',
    missing: (_tx, column, comers) => Promise.resolve(new Map(open || column.id !== doing ? [] : comers.map((one) => [one.id, ['approval']]))),
  });
  expect(await tried(rules.move(id, doing))).toBe('COLUMN_POLICY');
  open = true;
  expect(await tried(rules.move(id, doing))).toBe('DONE');
  expect(() => registry.register({ kind: 'review', missing: () => Promise.resolve(new Map()) })).toThrow('twice');
});
