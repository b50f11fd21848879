import { randomUUID } from 'node:crypto';
import { buildProject, memberOf, type BuiltProject } from '../../test/factories/board.ts';
import { keepHouse } from '../../test/housekeeping.ts';
import { until } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import { row, rows } from '../platform/sql/database.ts';
import { FlowFeed } from './flow-feed.ts';
import { itemsOf, spansOf } from './flow.rows.ts';
import { forgetHistory, verifyHistory } from './verify-history.ts';

type Person = Awaited<ReturnType<typeof memberOf>>;

let trainyard: TestTrainyard;
let project: BuiltProject;
let ada: Person;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
beforeEach(async () => {
  project = await buildProject(trainyard);
  ada = await memberOf(trainyard, project, 'LEAD');
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
afterAll(() => trainyard.stop());

function follow(): void {
  const feed = new FlowFeed(trainyard.app.get(LogReaders));
  feed.onApplicationBootstrap();
  stops.push(() => feed.beforeApplicationShutdown());
}
/** Once the reader has come to the end of all logs. */
const read = (): Promise<unknown> =>
  until(
    () =>
      row<{ behind: number }>(
        trainyard.database.direct,
        `SELECT count(*)::int AS behind FROM activity_scope s LEFT JOIN log_position p ON p.scope = s.id AND p.reader = 'flow' WHERE COALESCE(p.seq, -1) < s.seq`,
      ),
    (seen) => seen?.behind === 0,
  );
const verify = () => trainyard.database.transaction((tx) => verifyHistory(tx));
const append = (...entries: ActivityEntry[]): Promise<void> =>
  trainyard.database.transaction((tx) => trainyard.app.get(ActivityLog).append(tx, project.id, null, entries));
const entryOf = (id: string, action: ActivityEntry['action'], to: Record<string, unknown>): ActivityEntry => ({
  entity: 'TICKET',
  entityId: id,
  ticketId: id,
  action,
  changes: Object.fromEntries(Object.entries(to).map(([name, value]) => [name, { from: null, to: value }])),
});
const past = async (id: string): Promise<string[]> =>
  ((await spansOf(trainyard.database.direct, [id])).get(id) ?? []).map(({ state, resolution, columnId, points, deleted }) =>
    [state, resolution, columnId && project.columns.indexOf(columnId), points, deleted].join(' '),
  );

it('keeps what people do to a ticket, and its way', async () => {
  follow();
  const { createTicket } = await ada.client.ask<{ createTicket: { id: string; version: number } }>(
    `mutation($input: CreateTicketInput!) { createTicket(input: $input) { id version } }`,
    { input: { projectId: project.id, columnId: project.columns[0], type: 'BUG', title: 'Loss explodes', points: 3 } },
  );
  const { id } = createTicket;
  const move = (column: number) =>
    ada.client.ask(`mutation($id: ID!, $columnId: ID!) { moveTicket(id: $id, columnId: $columnId) { id } }`, { id, columnId: project.columns[column] });
  const { columns } = project;
  await move(2);
  await move(columns.length - 1);
  await ada.client.ask(`mutation($id: ID!) { setTicketState(id: $id, state: DONE, resolution: CANCELLED) { id } }`, { id });
  const { ticket } = await ada.client.ask<{ ticket: { version: number } }>(`query($id: ID!) { ticket(id: $id) { version } }`, { id });
  await ada.client.ask(`mutation($id: ID!, $version: Int!) { deleteTicket(id: $id, version: $version) { id } }`, { id, version: ticket.version });
  await ada.client.ask(`mutation($id: ID!) { restoreTicket(id: $id) { id } }`, { id });
  await read();
  expect(await past(id)).toEqual([
    'OPEN  0 3 false',
    'IN_PROGRESS  2 3 false',
    `DONE DONE ${columns.length - 1} 3 false`,
    `DONE CANCELLED ${columns.length - 1} 3 false`,
    'DONE CANCELLED  3 true',
    `DONE CANCELLED ${columns.length - 1} 3 false`,
  ]);
  expect((await itemsOf(trainyard.database.direct, [id])).get(id)).toMatchObject({ stage: 'OUT', kind: 'BUG', points: 3, starts: 1, ends: 1 });
  expect(await verify()).toMatchObject({ difference: null, unread: 0 });
});

it('reads a log that was there before it, and one that goes on while it was away', async () => {
  const ids = Array.from({ length: 300 }, () => randomUUID());
  await append(...ids.map((id) => entryOf(id, 'CREATED', { state: 'OPEN', type: 'TASK', points: 1 })));
  follow();
  await read();
  for (const stop of stops.splice(0)) await stop();
  await append(
    ...ids.map((id) => entryOf(id, 'UPDATED', { state: 'IN_PROGRESS', sprintId: project.id })),
    ...ids.map((id) => entryOf(id, 'UPDATED', { points: 2.5, deviceHours: 0.1 })),
  );
  expect(await verify()).toMatchObject({ unread: 600, difference: null });
  follow();
  await read();
  const proof = await verify();
  expect(proof.difference).toBeNull();
  const kept = await spansOf(trainyard.database.direct, ids);
  expect(kept.size).toBe(300);
  for (const spans of kept.values()) expect(spans.at(-1)).toMatchObject({ state: 'IN_PROGRESS', points: 2.5, hours: 0.1, sprintId: project.id, to: Infinity });
});

it('keeps what a ticket became at the instant at which it was something else', async () => {
  const id = randomUUID();
  await append(entryOf(id, 'CREATED', { state: 'IN_PROGRESS', type: 'TASK' }));
  follow();
  await read();
  for (const stop of stops.splice(0)) await stop();
  // As an entry of the same millisecond would be.
  await trainyard.database.direct.query(
    `INSERT INTO activity (scope, seq, entity, entity_id, ticket_id, action, changes, at)
     SELECT scope, seq + 1, entity, entity_id, ticket_id, 'UPDATED', '{"state":{"from":"IN_PROGRESS","to":"OPEN"}}', at FROM activity WHERE entity_id = $1`,
    [id],
  );
  await trainyard.database.direct.query('UPDATE activity_scope SET seq = seq + 1 WHERE id = $1', [project.id]);
  follow();
  await read();
  expect(await past(id)).toEqual(['OPEN    false']);
  expect((await itemsOf(trainyard.database.direct, [id])).get(id)).toMatchObject({ stage: 'OPEN', starts: 0, startedAt: null });
  expect(await verify()).toMatchObject({ difference: null });
});

it.each([
  ['a span that says something else', 'UPDATE ticket_span SET points = 99 WHERE project_id = $1', /^(?=.*points=99).*$/],
  ['one too few', 'DELETE FROM ticket_span WHERE project_id = $1', /^nothing$/],
  ['a way that says something else', 'UPDATE flow_item SET starts = 7 WHERE project_id = $1', /starts=7/],
])('names the first ticket that is kept otherwise than it is told: %s', async (_, tamper, kept) => {
  const id = randomUUID();
  await append(entryOf(id, 'CREATED', { state: 'OPEN', type: 'TASK', points: 1 }));
  follow();
  await read();
  expect((await verify()).difference).toBeNull();
  await trainyard.database.direct.query(tamper, [project.id]);
  const { difference } = await verify();
  expect(difference).toMatchObject({ projectId: project.id, ticketId: id, kept: expect.stringMatching(kept) });
  expect(difference?.kept).not.toBe(difference?.told);
  // Made anew while the reader goes on.
  await trainyard.database.transaction((tx) => forgetHistory(tx));
  await append(entryOf(id, 'UPDATED', { points: 2 }));
  await read();
  expect(await verify()).toMatchObject({ difference: null, unread: 0 });
  expect((await spansOf(trainyard.database.direct, [id])).get(id)).toHaveLength(2);
});

it('goes with the project', async () => {
  await append(entryOf(randomUUID(), 'CREATED', { state: 'OPEN', type: 'TASK' }));
  follow();
  await read();
  for (const stop of stops.splice(0)) await stop();
  await trainyard.database.direct.query(`UPDATE project SET state = 'DELETED', deleted_at = now() - interval '99 days' WHERE id = $1`, [project.id]);
  await keepHouse(trainyard);
  expect(await rows(trainyard.database.direct, 'SELECT FROM ticket_span WHERE project_id = $1', [project.id])).toEqual([]);
  expect(await rows(trainyard.database.direct, 'SELECT FROM flow_item WHERE project_id = $1', [project.id])).toEqual([]);
  expect(await rows(trainyard.database.direct, 'SELECT FROM project WHERE id = $1', [project.id])).toEqual([]);
});
