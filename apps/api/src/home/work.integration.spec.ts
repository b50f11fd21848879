import { randomUUID } from 'node:crypto';
import { buildProject, buildTickets, memberOf, putInState, type BuiltProject } from '../../test/factories/board.ts';
import { buildMembership, buildTeam, someone } from '../../test/factories/people.ts';
import { buildRun } from '../../test/factories/training.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { countingSql } from '../../test/count-sql.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

interface Counted {
  name?: string;
  code?: string;
  count: number;
  list: 'TICKETS' | 'RUNS' | null;
  query: string | null;
}

const ASKED = `{
  attention { code count list query }
  week { code numbers { name count list query } }
  compute { numbers { name count list query } trainedMs medianWaitMs longWaitMs }
  sinceYesterday { numbers { name count list query } changes { ticketKey ticketTitle runNumber activity { entity action changes names actor { name } } } }
}`;
interface Told {
  attention: Counted[];
  week: { code: string; numbers: Counted[] }[];
  compute: { numbers: Counted[]; trainedMs: number; medianWaitMs: number | null; longWaitMs: number | null };
  sinceYesterday: {
    numbers: Counted[];
    changes: { ticketKey: string; ticketTitle: string; runNumber: number | null; activity: { entity: string; action: string } }[];
  };
}

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const sql = (text: string, values: unknown[] = []) => trainyard.database.direct.query(text, values);
const told = (client: GraphqlClient): Promise<Told> => client.ask<Told>(ASKED);
const found = async (client: GraphqlClient, { list, query }: Pick<Counted, 'list' | 'query'>): Promise<number> => {
  const field = list === 'RUNS' ? 'runs' : 'tickets';
  const answer = await client.ask<Record<string, { totalCount: number }>>(`query ($query: String!) { ${field}(query: $query) { totalCount } }`, { query });
  return answer[field]?.totalCount ?? -1;
};
const numbersOf = ({ attention, week, compute, sinceYesterday }: Told): Counted[] => [
  ...attention,
  ...week.flatMap(({ numbers }) => numbers),
  ...compute.numbers,
  ...sinceYesterday.numbers,
];

/** A project with work of two weeks: cards in all columns, runs that succeeded, failed, wait and go on. */
async function busy(visibility: 'OPEN' | 'PRIVATE'): Promise<{ project: BuiltProject; client: GraphqlClient }> {
  const project = await buildProject(trainyard, { visibility });
  const { client } = await memberOf(trainyard, project);
  const { ids } = await buildTickets(trainyard, 60, { project });
  await sql(
    `UPDATE ticket SET entered_at = now() - make_interval(days => number % 15), ended_at = ended_at - make_interval(days => number % 15),
    created_at = now() - make_interval(days => number % 20) WHERE id = ANY ($1)`,
    [ids],
  );
  await sql('UPDATE board_column SET wip_limit = 5 WHERE id = $1', [project.columns[1]]);
  const ticket = { id: ids[0] as string, columnId: project.columns[0] as string, version: 1, project };
  const runs = [];
  for (let i = 0; i < 5; i++) runs.push((await buildRun(trainyard, { member: client, ticket })).id);
  const end = (id: string | undefined, state: string, days: number) =>
    sql(
      `UPDATE run SET state = $2, queued_at = now() - make_interval(days => $3, secs => 90), started_at = now() - make_interval(days => $3, secs => 60),
      ended_at = now() - make_interval(days => $3) WHERE id = $1`,
      [id, state, days],
    );
  await end(runs[0], 'FAILED', 1);
  await end(runs[1], 'SUCCEEDED', 0);
  await end(runs[2], 'FAILED', 0);
  await sql(`UPDATE run SET queued_at = now() - interval '5 hours' WHERE id = $1`, [runs[3]]);
  await client.ask('mutation ($id: ID!) { addComment(ticketId: $id, body: "Said.") { id } }', { id: ids[0] });
  return { project, client };
}

it('counts by the conditions of the lists, each number as many as its query finds, and nothing of what one may not read', async () => {
  const stranger = (await someone(trainyard)).client;
  const nothing = await told(stranger);
  expect(numbersOf(nothing).filter(({ count }) => count > 0)).toEqual([]);
  expect(nothing.week.map(({ code }) => code)).toEqual(['WORK_NONE', 'RUNS_NONE', 'HEALTH_UNKNOWN']);
  expect(nothing.compute).toMatchObject({ trainedMs: 0, medianWaitMs: null, longWaitMs: null });

  const hidden = await busy('PRIVATE');
  expect(await told(stranger)).toEqual(nothing);

  const open = await busy('OPEN');
  const archived = await busy('OPEN');
  await trainyard.database.transaction((tx) => putInState(tx, archived.project.id, 'ARCHIVED'));
  for (const client of [stranger, hidden.client]) {
    const seen = await told(client);
    const numbers = numbersOf(seen);
    expect(numbers.filter(({ count }) => count > 0).length).toBeGreaterThan(12);
    for (const number of numbers) if (number.list !== null) expect([number.query, await found(client, number)]).toEqual([number.query, number.count]);
    const isInsider = client === hidden.client;
    expect(seen.week[2]?.numbers.map(({ count }) => count)).toEqual([isInsider ? 2 : 1, 0, 0]);
    expect(seen.compute.medianWaitMs).toBeCloseTo(30_000, -3);
    const keys = new Set(seen.sinceYesterday.changes.map(({ ticketKey }) => ticketKey.split('-')[0]));
    expect([keys.has(archived.project.key), keys.has(hidden.project.key)]).toEqual([false, isInsider]);
  }
  const { sinceYesterday } = await open.client.ask<Pick<Told, 'sinceYesterday'>>(
    'query ($id: ID!) { sinceYesterday(projectId: $id) { numbers { name count list query } changes { ticketKey } } }',
    { id: open.project.id },
  );
  const ofProject = await open.client.ask<{ tickets: { totalCount: number } }>(
    'query ($id: ID!) { tickets(projectId: $id, query: "ended:yesterday..") { totalCount } }',
    { id: open.project.id },
  );
  expect(sinceYesterday.numbers.find(({ name }) => name === 'FINISHED')?.count).toBe(ofProject.tickets.totalCount);
  const { errors } = await stranger.send('query ($id: ID!) { sinceYesterday(projectId: $id) { numbers { count } } }', { id: hidden.project.id });
  expect(errors).toHaveLength(1);
});

it('tells what came to be since yesterday, newest first, and not that cards changed places in a column', async () => {
  const project = await buildProject(trainyard, { visibility: 'PRIVATE' });
  const { client } = await memberOf(trainyard, project);
  const make = async (title: string): Promise<string> =>
    (
      await client.ask<{ createTicket: { id: string } }>('mutation ($input: CreateTicketInput!) { createTicket(input: $input) { id } }', {
        input: { columnId: project.columns[0], type: 'TASK', title },
      })
    ).createTicket.id;
  const move = (id: string, columnId: string | undefined) =>
    client.ask('mutation ($id: ID!, $columnId: ID!) { moveTicket(id: $id, columnId: $columnId) { id } }', { id, columnId });
  const [first, second] = [await make('First'), await make('Second')];
  await move(first, project.columns[0]);
  await move(second, project.columns.at(-1));
  await client.ask('mutation ($id: ID!) { addComment(ticketId: $id, body: "Said.") { id } }', { id: first });
  const { changes } = (await told(client)).sinceYesterday;
  expect(
    changes
      .filter(({ ticketKey }) => ticketKey.startsWith(`${project.key}-`))
      .map(({ ticketTitle, activity: { entity, action } }) => [ticketTitle, entity, action]),
  ).toEqual([
    ['First', 'COMMENT', 'CREATED'],
    ['Second', 'TICKET', 'MOVED'],
    ['Second', 'TICKET', 'CREATED'],
    ['First', 'TICKET', 'CREATED'],
  ]);
});

it('tells who has how much to do, of what the reader may know', async () => {
  const { id: teamId } = await buildTeam(trainyard);
  const reader = (await someone(trainyard)).client;
  const [busyOne, idle, gone] = [await someone(trainyard), await someone(trainyard), await someone(trainyard)];
  for (const { user } of [busyOne, idle, gone]) await buildMembership(trainyard, teamId, user.id, 'MEMBER', 60);
  await buildMembership(trainyard, (await buildTeam(trainyard)).id, busyOne.user.id, 'MEMBER', 70);
  await sql('UPDATE app_user SET disabled = true WHERE id = $1', [gone.user.id]);
  const [open, hidden] = [await buildProject(trainyard), await buildProject(trainyard, { visibility: 'PRIVATE' })];
  for (const project of [open, hidden]) {
    const { ids } = await buildTickets(trainyard, 10, { project });
    await sql('UPDATE ticket SET assignee_id = $2, points = 2 WHERE id = ANY ($1)', [ids, busyOne.user.id]);
  }
  const QUERY = 'query ($teamId: ID!) { workload(teamId: $teamId) { person { id } inProgress open finished points allocation } }';
  const rows = async (client: GraphqlClient) => (await client.ask<{ workload: object[] }>(QUERY, { teamId })).workload;
  const counting = countingSql(trainyard);
  expect(await rows(reader)).toEqual([
    { person: { id: busyOne.user.id }, inProgress: 4, open: 4, finished: 2, points: 16, allocation: 130 },
    { person: { id: idle.user.id }, inProgress: 0, open: 0, finished: 0, points: 0, allocation: 60 },
  ]);
  expect(counting.stop()).toBeLessThanOrEqual(6);
  expect((await rows((await memberOf(trainyard, hidden)).client))[0]).toMatchObject({ inProgress: 8, points: 32 });
  expect(await reader.ask(QUERY, { teamId: randomUUID() })).toEqual({ workload: [] });
});

it('knows the best result of each project by what its newest one measured, in one statement', async () => {
  const project = await buildProject(trainyard);
  const { client } = await memberOf(trainyard, project);
  const { ids } = await buildTickets(trainyard, 1, { project });
  const ticket = { id: ids[0] as string, columnId: project.columns[0] as string, version: 1, project };
  const result = async (metric: string, value: number, daysAgo: number, state = 'SUCCEEDED'): Promise<string> => {
    const { id, attemptId } = await buildRun(trainyard, { member: client, ticket });
    await sql('UPDATE run SET state = $2, started_at = now(), ended_at = now() - make_interval(days => $3) WHERE id = $1', [id, state, daysAgo]);
    await sql(`UPDATE attempt SET headline = jsonb_build_object('split', 'TEST', 'name', $2::text, 'value', $3::float8) WHERE id = $1`, [
      attemptId,
      metric,
      value,
    ]);
    return id;
  };
  const best = async () =>
    (await client.ask<{ projects: { key: string; best: object | null }[] }>('{ projects { key best { runId metric value before trend } } }')).projects.find(
      ({ key }) => key === project.key,
    )?.best;
  expect(await best()).toBeNull();
  await result('accuracy', 0.9, 20);
  await result('accuracy', 0.8, 9);
  expect(await best()).toMatchObject({ metric: 'accuracy', value: 0.9, before: 0.9, trend: [0.9, 0.8] });
  const top = await result('accuracy', 0.95, 1);
  await result('accuracy', 0.99, 0, 'FAILED');
  expect(await best()).toEqual({ runId: top, metric: 'accuracy', value: 0.95, before: 0.9, trend: [0.9, 0.8, 0.95] });
  await result('mae', 3, 0);
  const least = await result('mae', 2, 0);
  expect(await best()).toMatchObject({ runId: least, metric: 'mae', value: 2, before: null });
});
