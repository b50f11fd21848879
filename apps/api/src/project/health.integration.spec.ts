import { buildProject, buildTickets, memberOf, putInState, type BuiltProject } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { buildRun } from '../../test/factories/training.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { countingSql } from '../../test/count-sql.ts';
import { migrating } from '../../test/migrating.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { Home1764000000035 } from '../migrations/0035-home.ts';
import { row } from '../platform/sql/database.ts';

interface Reason {
  code: string;
  level: string;
  count: number;
  list: 'TICKETS' | 'RUNS';
  query: string;
}
interface Seen {
  id: string;
  key: string;
  health: { level: string; reasons: Reason[] };
  progress: { open: number; inProgress: number; done: number };
}
const FIELDS = 'id key health { level reasons { code level count of threshold list query } } progress { open inProgress done }';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const sql = (text: string, values: unknown[] = []) => trainyard.database.direct.query(text, values);
const seen = async (client: GraphqlClient): Promise<Map<string, Seen>> =>
  new Map((await client.ask<{ projects: Seen[] }>(`{ projects(states: [ACTIVE, ARCHIVED]) { ${FIELDS} } }`)).projects.map((one) => [one.key, one]));
const found = async (client: GraphqlClient, projectId: string, { list, query }: Pick<Reason, 'list' | 'query'>): Promise<number> => {
  const field = list === 'RUNS' ? 'runs' : 'tickets';
  const answer = await client.ask<Record<string, { totalCount: number }>>(
    `query ($projectId: ID!, $query: String!) { ${field}(projectId: $projectId, query: $query) { totalCount } }`,
    { projectId, query },
  );
  return answer[field]?.totalCount ?? -1;
};

/** A project in which all goes wrong that can: 12 cards in each of its five columns. */
async function troubled(visibility: 'OPEN' | 'PRIVATE'): Promise<BuiltProject> {
  const project = await buildProject(trainyard, { visibility });
  const { ids } = await buildTickets(trainyard, 60, { project });
  const { user } = await someone(trainyard);
  await sql('UPDATE ticket SET assignee_id = $2 WHERE id = ANY ($1)', [ids.filter((_, i) => i % 3 > 0), user.id]);
  await sql(`UPDATE ticket SET entered_at = now() - make_interval(days => number % 10) WHERE id = ANY ($1)`, [ids]);
  await sql('UPDATE board_column SET wip_limit = 5 WHERE id = $1', [project.columns[1]]);
  await sql('UPDATE board_column SET wip_limit = 12 WHERE id = $1', [project.columns[2]]);
  return project;
}

it('tells each project why it is not well, in as many things as the list finds', async () => {
  const project = await troubled('OPEN');
  const { client } = await memberOf(trainyard, project);
  const runs = [];
  for (let i = 0; i < 6; i++) runs.push(await buildRun(trainyard, { member: client, ticket: { ...(await ticketOf(project, i < 4 ? 0 : 1)) } }));
  const ids = runs.map(({ id }) => id);
  // On the first ticket: failed, succeeded, failed, and failed long ago; on the second: one waits, one has just been queued.
  await sql(`UPDATE run SET state = 'FAILED', started_at = now(), ended_at = now() WHERE id = ANY ($1)`, [[ids[0], ids[2]]]);
  await sql(`UPDATE run SET state = 'SUCCEEDED', started_at = now(), ended_at = now() WHERE id = $1`, [ids[1]]);
  await sql(`UPDATE run SET state = 'FAILED', started_at = now(), ended_at = now() - interval '8 days' WHERE id = $1`, [ids[3]]);
  await sql(`UPDATE run SET queued_at = now() - interval '3 hours' WHERE id = $1`, [ids[4]]);

  const one = (await seen(client)).get(project.key) as Seen;
  const counts = Object.fromEntries(one.health.reasons.map(({ code, count }) => [code, count]));
  expect(one.health.level).toBe('RED');
  expect(counts).toEqual({ FAILED_RUNS: 1, STUCK_RUNS: 1, OVER_LIMIT: 12, OLD_CARDS: expect.any(Number), UNASSIGNED: expect.any(Number) });
  const told = await row<{ old: number; alone: number }>(
    trainyard.database.direct,
    `SELECT count(*) FILTER (WHERE entered_at < now() - interval '7 days')::int AS old, count(*) FILTER (WHERE assignee_id IS NULL)::int AS alone
     FROM ticket WHERE project_id = $1 AND state = 'IN_PROGRESS'`,
    [project.id],
  );
  expect([counts['OLD_CARDS'], counts['UNASSIGNED']]).toEqual([told?.old, told?.alone]);
  expect(told?.old).toBeGreaterThan(0);
  for (const reason of one.health.reasons) expect([reason.code, await found(client, project.id, reason)]).toEqual([reason.code, reason.count]);
  const { open, inProgress, done } = one.progress;
  expect([open, inProgress, done]).toEqual([
    await found(client, project.id, { list: 'TICKETS', query: 'state:open' }),
    await found(client, project.id, { list: 'TICKETS', query: 'state:in_progress' }),
    await found(client, project.id, { list: 'TICKETS', query: 'state:done' }),
  ]);
  expect(open + inProgress + done).toBe(60);
});

const ticketOf = async (project: BuiltProject, at: number) => {
  const found = await row<{ id: string; version: number }>(
    trainyard.database.direct,
    'SELECT id, version FROM ticket WHERE project_id = $1 ORDER BY number OFFSET $2 LIMIT 1',
    [project.id, at],
  );
  return { ...(found as { id: string; version: number }), columnId: project.columns[0] as string, project };
};

it('reads as much for many projects as for one, and nothing of those that one may not read', async () => {
  const stranger = (await someone(trainyard)).client;
  const hidden = await troubled('PRIVATE');
  await seen(stranger);
  const few = countingSql(trainyard);
  await seen(stranger);
  const before = few.stop();
  for (let i = 0; i < 3; i++) await troubled('OPEN');
  const archived = await troubled('OPEN');
  await trainyard.database.transaction((tx) => putInState(tx, archived.id, 'ARCHIVED'));
  const many = countingSql(trainyard);
  const projects = await seen(stranger);
  expect(many.stop()).toBe(before);
  // Each that counts sets a time for itself besides.
  expect(before).toBeLessThanOrEqual(10);
  expect(projects.has(hidden.key)).toBe(false);
  const named = { ids: [hidden.id, projects.values().next().value?.id] };
  expect((await stranger.ask<{ projects: { id: string }[] }>('query ($ids: [ID!]) { projects(ids: $ids) { id } }', named)).projects).toEqual([
    { id: named.ids[1] },
  ]);
  expect(projects.get(archived.key)?.health.level).toBe('RED');
  expect((await seen((await memberOf(trainyard, hidden)).client)).get(hidden.key)?.health.level).toBe('RED');
  expect(await stranger.ask(`query ($id: ID!) { project(id: $id) { ${FIELDS} } }`, { id: hidden.id })).toEqual({ project: null });
});

it('knows nothing of a project that nobody has begun', async () => {
  const project = await buildProject(trainyard);
  const { client } = await memberOf(trainyard, project);
  expect((await seen(client)).get(project.key)?.health).toEqual({ level: 'UNKNOWN', reasons: [] });
  await buildTickets(trainyard, 3, { project, columns: [project.columns[0] as string] });
  expect((await seen(client)).get(project.key)?.health.level).toBe('UNKNOWN');
});

describe('since when a ticket', () => {
  const times = (id: string) =>
    row<{ entered: Date; ended: Date | null }>(trainyard.database.direct, 'SELECT entered_at AS entered, ended_at AS ended FROM ticket WHERE id = $1', [id]);
  /** As if everything so far had been days ago. */
  const later = (id: string): Promise<unknown> =>
    sql(`UPDATE ticket SET entered_at = entered_at - interval '3 days', ended_at = ended_at - interval '3 days' WHERE id = $1`, [id]);
  const isNow = (time: Date | null | undefined): boolean => time != null && Date.now() - time.getTime() < 60_000;

  it('lies where it lies, and since when it is done', async () => {
    const project = await buildProject(trainyard);
    const { client } = await memberOf(trainyard, project);
    const [todo, doing, , , done] = project.columns as [string, string, string, string, string];
    const make = async (columnId: string): Promise<string> =>
      (
        await client.ask<{ createTicket: { id: string } }>('mutation ($input: CreateTicketInput!) { createTicket(input: $input) { id } }', {
          input: { columnId, type: 'TASK', title: 'A card' },
        })
      ).createTicket.id;
    const move = async (id: string, columnId: string, afterId: string | null = null) => {
      await later(id);
      await client.ask('mutation ($id: ID!, $columnId: ID!, $afterId: ID) { moveTicket(id: $id, columnId: $columnId, afterId: $afterId) { id } }', {
        id,
        columnId,
        afterId,
      });
      const now = await times(id);
      return [isNow(now?.entered), now?.ended == null ? null : isNow(now.ended)];
    };
    const first = await make(done);
    expect(isNow((await times(first))?.ended)).toBe(true);
    const id = await make(todo);
    expect([isNow((await times(id))?.entered), (await times(id))?.ended]).toEqual([true, null]);
    expect(await move(id, doing)).toEqual([true, null]);
    expect(await move(id, done)).toEqual([true, true]);
    // Another place in the same column changes neither.
    expect(await move(id, done, first)).toEqual([false, false]);
    expect(await move(id, todo)).toEqual([true, null]);
    await later(id);
    const state = (value: string, resolution: string | null) =>
      client.ask(
        'mutation ($id: ID!, $state: TicketState!, $resolution: Resolution) { setTicketState(id: $id, state: $state, resolution: $resolution) { id } }',
        {
          id,
          state: value,
          resolution,
        },
      );
    await state('DONE', null);
    expect(isNow((await times(id))?.ended)).toBe(true);
    await later(id);
    await state('DONE', 'CANCELLED');
    expect(isNow((await times(id))?.ended)).toBe(false);
  });

  it('is read from the log for those that were there before', async () => {
    const project = await buildProject(trainyard);
    const { client } = await memberOf(trainyard, project);
    const { createTicket } = await client.ask<{ createTicket: { id: string } }>(
      'mutation ($input: CreateTicketInput!) { createTicket(input: $input) { id } }',
      { input: { columnId: project.columns[0], type: 'TASK', title: 'Older' } },
    );
    const { ids } = await buildTickets(trainyard, 1, { project, columns: [project.columns.at(-1) as string] });
    await client.ask('mutation ($id: ID!, $columnId: ID!) { moveTicket(id: $id, columnId: $columnId) { id } }', {
      id: createTicket.id,
      columnId: project.columns.at(-1),
    });
    const before = await times(createTicket.id);
    const migration = new Home1764000000035();
    await migrating(trainyard, (runner) => migration.down(runner));
    await sql(`UPDATE ticket SET created_at = now() - interval '9 days', updated_at = now() - interval '5 days' WHERE id = $1`, [ids[0]]);
    await migrating(trainyard, (runner) => migration.up(runner));
    const after = await times(createTicket.id);
    // The log is written a moment after its transaction began.
    for (const name of ['entered', 'ended'] as const) expect(Math.abs(Number(after?.[name]) - Number(before?.[name]))).toBeLessThan(1_000);
    const unlogged = await row<{ entered: number; ended: number }>(
      trainyard.database.direct,
      `SELECT round(extract(epoch FROM now() - entered_at) / 86400)::int AS entered, round(extract(epoch FROM now() - ended_at) / 86400)::int AS ended FROM ticket WHERE id = $1`,
      [ids[0]],
    );
    expect(unlogged).toEqual({ entered: 9, ended: 5 });
  });
});
