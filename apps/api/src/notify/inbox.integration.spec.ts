import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../../../../infra/local/build.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, buildTicket, memberOf, putInState, type BuiltProject, type BuiltTicket } from '../../test/factories/board.ts';
import { buildTeam } from '../../test/factories/people.ts';
import { buildRun } from '../../test/factories/training.ts';
import { keepHouse } from '../../test/housekeeping.ts';
import { TestRunner } from '../../test/runner.ts';
import { until } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import { row } from '../platform/sql/database.ts';
import { InboxFeed } from './inbox-feed.ts';

interface Item {
  id: string;
  reason: string;
  readAt: string | null;
  ticketTitle: string;
  runId: string | null;
  actor: { id: string } | null;
}
type Person = Awaited<ReturnType<typeof memberOf>>;

let trainyard: TestTrainyard;
let project: BuiltProject;
let ada: Person;
let bea: Person;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
beforeEach(async () => {
  project = await buildProject(trainyard, { visibility: 'PRIVATE', teamId: (await buildTeam(trainyard)).id });
  [ada, bea] = [await memberOf(trainyard, project), await memberOf(trainyard, project)];
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await trainyard.database.direct.query('DELETE FROM inbox_item');
});
afterAll(() => trainyard.stop());

function follow(): void {
  const feed = new InboxFeed(trainyard.app.get(LogReaders));
  feed.onApplicationBootstrap();
  stops.push(() => feed.beforeApplicationShutdown());
}
/** Once the reader has come to the end of the project's log. */
const read = (): Promise<unknown> =>
  until(
    () =>
      row<{ behind: boolean }>(
        trainyard.database.direct,
        `SELECT COALESCE(p.seq, -1) < s.seq AS behind FROM activity_scope s LEFT JOIN log_position p ON p.scope = s.id AND p.reader = 'inbox' WHERE s.id = $1`,
        [project.id],
      ),
    (seen) => seen?.behind === false,
  );
const page = async (client: GraphqlClient, first = 50, after: string | null = null) =>
  (
    await client.ask<{ inbox: { nodes: Item[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } }>(
      'query ($first: Int!, $after: String) { inbox(first: $first, after: $after) { nodes { id reason readAt ticketTitle runId actor { id } } pageInfo { hasNextPage endCursor } } }',
      { first, after },
    )
  ).inbox;
const items = async ({ client }: Person): Promise<Item[]> => (await page(client)).nodes;
const reasons = async (person: Person): Promise<string[]> => (await items(person)).map(({ reason }) => reason);
const unread = async ({ client }: Person): Promise<number> => (await client.ask<{ unreadCount: number }>('{ unreadCount }')).unreadCount;
const make = async ({ client }: Person, title: string, assigneeId?: string): Promise<string> =>
  (
    await client.ask<{ createTicket: { id: string } }>('mutation ($input: CreateTicketInput!) { createTicket(input: $input) { id } }', {
      input: { columnId: project.columns[0], type: 'TASK', title, ...(assigneeId && { assigneeId }) },
    })
  ).createTicket.id;
const say = async ({ client }: Person, id: string): Promise<string> =>
  (await client.ask<{ addComment: { id: string } }>('mutation ($id: ID!) { addComment(ticketId: $id, body: "Said.") { id } }', { id })).addComment.id;
const mark = (person: Person, ids: string[]) =>
  person.client.ask<{ markRead: { id: string; readAt: string | null }[] }>('mutation ($ids: [ID!]!) { markRead(ids: $ids) { id readAt } }', { ids });

it('tells of what concerns a person, newest first, never of what they did themselves, nor of what was said before they had to do with it', async () => {
  const id = await make(ada, 'Given', bea.user.id);
  await make(ada, 'Her own', ada.user.id);
  await say(ada, id);
  const cyd = await memberOf(trainyard, project);
  await say(cyd, id);
  await say(bea, id);
  follow();
  await read();
  expect(await items(bea)).toMatchObject([
    { reason: 'COMMENTED', ticketTitle: 'Given', actor: { id: cyd.user.id }, readAt: null },
    { reason: 'COMMENTED', actor: { id: ada.user.id } },
    { reason: 'ASSIGNED', ticketTitle: 'Given', actor: { id: ada.user.id } },
  ]);
  expect(await items(ada)).toMatchObject([
    { reason: 'COMMENTED', actor: { id: bea.user.id } },
    { reason: 'COMMENTED', actor: { id: cyd.user.id } },
  ]);
  expect(await items(cyd)).toMatchObject([{ reason: 'COMMENTED', actor: { id: bea.user.id } }]);
});

it('says why one is told, and shows what was read apart from what was not', async () => {
  const id = await make(ada, 'Given', bea.user.id);
  const cyd = await memberOf(trainyard, project);
  await say(cyd, id);
  await say(ada, id);
  follow();
  await read();
  const told = async ({ client }: Person, wanted: boolean | null = null): Promise<string[]> =>
    (
      await client.ask<{ inbox: { nodes: { reason: string; why: string | null }[] } }>(
        'query ($read: Boolean) { inbox(read: $read) { nodes { reason why } } }',
        { read: wanted },
      )
    ).inbox.nodes.map(({ reason, why }) => `${reason} ${why}`);
  expect(await told(bea)).toEqual(['COMMENTED ASSIGNEE', 'COMMENTED ASSIGNEE', 'ASSIGNED ASSIGNEE']);
  expect([await told(ada), await told(cyd)]).toEqual([['COMMENTED AUTHOR'], ['COMMENTED COMMENTER']]);
  const [newest] = (await items(bea)) as [Item];
  await mark(bea, [newest.id]);
  expect([(await told(bea, false)).length, (await told(bea, true)).length]).toEqual([2, 1]);
  const back = 'mutation ($ids: [ID!]!) { markUnread(ids: $ids) { id readAt } }';
  expect(await ada.client.ask(back, { ids: [newest.id] })).toEqual({ markUnread: [] });
  expect(await told(bea, true)).toHaveLength(1);
  expect(await bea.client.ask(back, { ids: [newest.id] })).toEqual({ markUnread: [{ id: newest.id, readAt: null }] });
  expect([(await told(bea, false)).length, await unread(bea)]).toEqual([3, 3]);
});

it('tells nobody what they do not want to hear, and others all the same', async () => {
  const set = async ({ client }: Person, reason: string, on: boolean) =>
    (
      await client.ask<{ setInboxReason: { reason: string; on: boolean }[] }>(
        'mutation ($reason: InboxReason!, $on: Boolean!) { setInboxReason(reason: $reason, on: $on) { reason on } }',
        { reason, on },
      )
    ).setInboxReason.flatMap((one) => (one.on ? [one.reason] : []));
  expect(await set(bea, 'COMMENTED', false)).toEqual(['ASSIGNED', 'RUN_SUCCEEDED', 'RUN_FAILED', 'RULE', 'RULE_OFF']);
  expect(await set(bea, 'COMMENTED', false)).toEqual(['ASSIGNED', 'RUN_SUCCEEDED', 'RUN_FAILED', 'RULE', 'RULE_OFF']);
  follow();
  const id = await make(ada, 'Given', bea.user.id);
  const cyd = await memberOf(trainyard, project);
  // a switch is its person's alone
  expect(await set(cyd, 'COMMENTED', true)).toEqual(['ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED', 'RULE', 'RULE_OFF']);
  await say(cyd, id);
  await read();
  expect([await reasons(bea), await reasons(ada)]).toEqual([['ASSIGNED'], ['COMMENTED']]);
  expect(await set(bea, 'COMMENTED', true)).toEqual(['ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED', 'RULE', 'RULE_OFF']);
  await say(cyd, id);
  await read();
  expect(await reasons(bea)).toEqual(['COMMENTED', 'ASSIGNED']);
  expect(await ada.client.ask('{ inboxSettings { reason on } }')).toEqual({
    inboxSettings: ['ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED', 'RULE', 'RULE_OFF'].map((reason) => ({ reason, on: true })),
  });
});

it.each([
  ['SUCCEEDED', { outcome: 'SUCCEEDED' } as const],
  ['FAILED', { outcome: 'FAILED', failure: { code: 'DIVERGED', message: 'no' } } as const],
])('tells whoever queued it that a run has %s', async (state, finish) => {
  follow();
  const ticket: BuiltTicket = await buildTicket(trainyard, { project });
  const run = await buildRun(trainyard, { ticket, member: ada.client });
  const runner = await TestRunner.online(trainyard);
  const { claim } = await runner.claim(run.attemptId);
  await runner.finish(run.attemptId, { claim, ...finish });
  await read();
  const ended = await row<{ state: string }>(trainyard.database.direct, 'SELECT state FROM run WHERE id = $1', [run.id]);
  expect(ended?.state).toBe(state);
  expect((await items(ada)).filter(({ reason }) => reason.startsWith('RUN_'))).toMatchObject([{ reason: `RUN_${state}`, runId: run.id, actor: null }]);
  expect(await reasons(bea)).toEqual([]);
});

it('shows and counts nothing of projects that one may no longer read, that are archived or deleted, nor of what is gone', async () => {
  follow();
  const id = await make(ada, 'Given', bea.user.id);
  const commentId = await say(ada, id);
  await read();
  const seen = async (): Promise<[number, number]> => [(await items(bea)).length, await unread(bea)];
  expect(await seen()).toEqual([2, 2]);
  await ada.client.ask('mutation ($id: ID!) { deleteComment(id: $id, version: 1) }', { id: commentId });
  expect(await seen()).toEqual([1, 1]);
  for (const state of ['ARCHIVED', 'DELETED'] as const) {
    await trainyard.database.transaction((tx) => putInState(tx, project.id, state));
    expect(await seen()).toEqual([0, 0]);
  }
  await trainyard.database.transaction((tx) => putInState(tx, project.id, 'ACTIVE'));
  expect(await seen()).toEqual([1, 1]);
  const { direct } = trainyard.database;
  await direct.query(`UPDATE membership SET to_date = current_date - 1, from_date = current_date - 2 WHERE user_id = $1`, [bea.user.id]);
  expect(await seen()).toEqual([0, 0]);
  const hidden = await row<{ id: string }>(direct, 'SELECT id FROM inbox_item WHERE user_id = $1 AND read_at IS NULL LIMIT 1', [bea.user.id]);
  expect((await mark(bea, [hidden?.id as string])).markRead).toEqual([]);
  expect(await row(direct, 'SELECT read_at FROM inbox_item WHERE id = $1', [hidden?.id])).toEqual({ read_at: null });
});

it('marks what one has read, one or all, and nothing of others; counts to a hundred', async () => {
  follow();
  const id = await make(ada, 'Given', bea.user.id);
  for (let i = 0; i < 2; i++) await say(ada, id);
  await read();
  const [first, , last] = (await items(bea)) as [Item, Item, Item];
  expect((await mark(ada, [first.id])).markRead).toEqual([]);
  expect(await unread(bea)).toBe(3);
  const { markRead } = await mark(bea, [first.id]);
  expect(markRead).toEqual([{ id: first.id, readAt: expect.any(String) }]);
  expect((await mark(bea, [first.id])).markRead).toEqual(markRead);
  expect(await unread(bea)).toBe(2);
  const pages = await page(bea.client, 2);
  expect([pages.nodes.length, pages.pageInfo.hasNextPage]).toEqual([2, true]);
  expect(await page(bea.client, 2, pages.pageInfo.endCursor)).toMatchObject({ nodes: [{ id: last.id }], pageInfo: { hasNextPage: false } });
  expect(await bea.client.ask('mutation { markAllRead }')).toEqual({ markAllRead: 0 });
  for (let i = 0; i < 101; i++) await say(ada, id);
  await read();
  expect(await unread(bea)).toBe(100);
}, 60_000);

it('keeps what was read for thirty days, and nothing of people who left and of projects that are erased', async () => {
  follow();
  const id = await make(ada, 'Given', bea.user.id);
  for (let i = 0; i < 2; i++) await say(ada, id);
  await say(bea, id);
  await read();
  const [old, young, fresh] = (await items(bea)) as [Item, Item, Item];
  const { direct } = trainyard.database;
  await direct.query(`UPDATE inbox_item SET read_at = now() - interval '31 days' WHERE id = $1`, [old.id]);
  await direct.query(`UPDATE inbox_item SET read_at = now() - interval '29 days' WHERE id = $1`, [young.id]);
  await keepHouse(trainyard);
  expect((await items(bea)).map((item) => item.id)).toEqual([young.id, fresh.id]);
  expect(await reasons(ada)).toEqual(['COMMENTED']);
  const left = (person: Person) => row<{ count: number }>(direct, 'SELECT count(*)::int AS count FROM inbox_item WHERE user_id = $1', [person.user.id]);
  await direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [ada.user.id]);
  await keepHouse(trainyard);
  expect([await left(ada), await left(bea)]).toEqual([{ count: 0 }, { count: 2 }]);
  await trainyard.database.transaction((tx) => putInState(tx, project.id, 'DELETED', 365));
  await keepHouse(trainyard);
  expect(await left(bea)).toEqual({ count: 0 });
});

it('writes each row once when its worker is killed in the middle of writing', async () => {
  const begin = (): ChildProcess =>
    spawn(process.execPath, [join(ROOT, 'apps/api/dist/worker.js')], {
      env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: trainyard.config.databaseUrl, TRAINYARD_DATA_DIR: trainyard.config.dataDir },
      stdio: 'ignore',
    });
  const { direct } = trainyard.database;
  const id = await make(ada, 'Given', bea.user.id);
  await say(ada, id);
  const waits = `SELECT count(*)::int AS count FROM pg_locks WHERE relation = 'inbox_item'::regclass AND mode = 'RowExclusiveLock' AND NOT granted`;
  let first: ChildProcess | undefined;
  await trainyard.database.transaction(async (tx) => {
    await tx.query('LOCK TABLE inbox_item IN EXCLUSIVE MODE');
    first = begin();
    await until(
      () => row<{ count: number }>(direct, waits),
      (seen) => seen?.count === 1,
    );
    first.kill('SIGKILL');
    await once(first, 'exit');
  });
  const second = begin();
  try {
    await read();
    expect(await reasons(bea)).toEqual(['COMMENTED', 'ASSIGNED']);
  } finally {
    second.kill('SIGTERM');
    await once(second, 'exit');
  }
}, 120_000);
