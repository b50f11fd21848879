import { FlowFeed } from '../flow/flow-feed.ts';
import { InboxFeed } from '../notify/inbox-feed.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import { row, rows } from '../platform/sql/database.ts';
import { buildOrganisation } from '../../test/factories/people.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { until } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { EXAMPLE_RUNS } from './example-runs.ts';
import { Seeding } from './seeding.ts';
import { DATASETS, FIRST_RUN, PEOPLE, PROJECTS, TEAMS } from './workspace.ts';

interface SeenRun {
  state: string;
  failureCode: string | null;
  group: { count: number } | null;
  result: { steps: number } | null;
  card: { step: number; sparkline: number[] };
  attempts: {
    number: number;
    state: string;
    device: string;
    resumedFromSteps: number[];
    log: { text: string }[];
    metrics: { series: string; steps: number[] }[];
  }[];
}

interface Flow {
  behind: number;
  cycleTimes: { n: number };
  ageing: { tickets: unknown[] };
  efficiency: { ratio: number; reasons: { reason: string }[] };
}

async function signedIn(trainyard: TestTrainyard): Promise<GraphqlClient> {
  const client = trainyard.client();
  const { setup } = await client.ask<{ setup: { demo: { email: string; password: string } } }>('{ setup { demo { email password } } }');
  await client.ask('mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { orgRole } } }', setup.demo);
  return client;
}

describe('the demonstration workspace', () => {
  let trainyard: TestTrainyard;
  beforeEach(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterEach(() => trainyard.stop());

  it('is made once, by the rules for everybody, and shown to whoever signs in as told', async () => {
    const seeding = () => new Seeding(trainyard.app);
    expect(await seeding().mayBegin()).toBe(true);
    const made = await seeding().workspace();
    const tickets = PROJECTS.flatMap((project) => project.tickets);
    expect(made).toEqual({
      people: PEOPLE.length,
      teams: TEAMS.length,
      projects: PROJECTS.length,
      sprints: PROJECTS.flatMap(({ sprints = [] }) => sprints).length,
      tickets: tickets.length,
      comments: tickets.flatMap((ticket) => ticket.comments ?? []).length,
      files: tickets.flatMap((ticket) => ticket.files ?? []).length,
      datasets: DATASETS.length,
      runs: EXAMPLE_RUNS.length,
    });
    expect(await seeding().mayBegin()).toBe(true);
    expect(Object.values(await seeding().workspace()).every((count) => count === 0)).toBe(true);

    const client = await signedIn(trainyard);
    const { projects } = await client.ask<{
      projects: { key: string; boards: { columns: { name: string; wipLimit: number | null; ticketCount: number }[] }[] }[];
    }>('{ projects { key boards { columns { name wipLimit ticketCount } } } }');
    expect(projects.map(({ key }) => key)).toEqual(['ATL', 'OPS', 'VIS', 'ZJ']);
    const over = projects
      .flatMap(({ boards }) => boards)
      .flatMap(({ columns }) => columns)
      .filter(({ wipLimit, ticketCount }) => wipLimit !== null && ticketCount > wipLimit);
    expect(over).toEqual([{ name: 'In progress', wipLimit: 4, ticketCount: 5 }]);
    const { tickets: dropped } = await client.ask<{ tickets: { nodes: { key: string; resolution: string }[] } }>(
      '{ tickets(query: "resolution:cancelled,duplicate sort:key") { nodes { key resolution } } }',
    );
    expect(dropped.nodes).toEqual([
      { key: 'OPS-35', resolution: 'CANCELLED' },
      { key: 'VIS-7', resolution: 'CANCELLED' },
      { key: 'VIS-23', resolution: 'DUPLICATE' },
    ]);
    // three tickets were given to the owner by others, and two of them commented on
    const feed = new InboxFeed(trainyard.app.get(LogReaders));
    feed.onApplicationBootstrap();
    const told = () => client.ask<{ inbox: { nodes: { reason: string; actor: { name: string } }[] } }>('{ inbox { nodes { reason actor { name } } } }');
    const { inbox } = await until(told, (found) => found.inbox.nodes.length === 5);
    await feed.beforeApplicationShutdown();
    expect(inbox.nodes.map(({ reason, actor }) => `${actor.name}: ${reason}`).toSorted()).toEqual([
      'Marco Rossi: ASSIGNED',
      'Sofia Lindqvist: ASSIGNED',
      '刘洋: COMMENTED',
      '周航: COMMENTED',
      '赵婷: ASSIGNED',
    ]);
    const unlogged = await row<{ count: number }>(
      trainyard.database.direct,
      `SELECT count(*)::int AS count FROM ticket t WHERE NOT EXISTS (SELECT FROM activity a WHERE a.entity_id = t.id AND a.action = 'CREATED')`,
    );
    expect(unlogged?.count).toBe(0);
  });

  it('queues its run once a runner has looked at the dataset, and only once', async () => {
    const seeding = new Seeding(trainyard.app);
    await seeding.workspace();
    expect(await seeding.firstRun(0)).toBe(false);
    await trainyard.database.direct.query(
      `UPDATE dataset SET state = 'READY', digest = repeat('a', 64), sample_count = 6000, test_count = 0, input_shape = '{28,28}',
         classes = (SELECT jsonb_agg(jsonb_build_object('name', n::text, 'count', 600)) FROM generate_series(0, 9) n) WHERE name = $1`,
      [FIRST_RUN.dataset],
    );
    expect(await seeding.firstRun(0)).toBe(true);
    expect(await seeding.firstRun(0)).toBe(true);
    const runs = await rows(
      trainyard.database.direct,
      `SELECT r.state, t.title FROM run r JOIN ticket t ON t.id = r.ticket_id AND t.latest_run_id = r.id WHERE r.state = 'QUEUED'`,
    );
    expect(runs).toEqual([{ state: 'QUEUED', title: FIRST_RUN.ticket }]);
  });

  it("is not put into somebody's own organisation", async () => {
    await buildOrganisation(trainyard);
    expect(await new Seeding(trainyard.app).mayBegin()).toBe(false);
  });
});

describe('its history', () => {
  let trainyard: TestTrainyard;
  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    await new Seeding(trainyard.app).workspace();
  });
  afterAll(() => trainyard.stop());

  it('tells of the past: no entry of a log is younger than the next, nor anything older than what the log says of it', async () => {
    const look = <T extends object>(sql: string): Promise<T[]> => rows<T>(trainyard.database.direct, sql);
    expect(await look(`SELECT a.scope, a.seq FROM activity a JOIN activity b ON b.scope = a.scope AND b.seq = a.seq + 1 AND b.at < a.at`)).toEqual([]);
    expect(
      await look(`SELECT p.key FROM project p JOIN activity_scope s ON s.id = p.id WHERE s.seq <> (SELECT count(*) FROM activity a WHERE a.scope = p.id)`),
    ).toEqual([]);
    const week = await look<{
      key: string;
      days: number;
    }>(/* sql */ `SELECT p.key, count(DISTINCT a.at::date)::int AS days FROM activity a JOIN project p ON p.id = a.scope
        WHERE p.state = 'ACTIVE' AND a.at BETWEEN now() - interval '8 days' AND now() GROUP BY p.key ORDER BY p.key`);
    expect(week.map(({ key, days }) => [key, days >= 3])).toEqual(['ATL', 'OPS', 'VIS', 'ZJ'].map((key) => [key, true]));
    expect(
      await look(/* sql */ `SELECT t.number FROM ticket t JOIN placement k ON k.ticket_id = t.id WHERE t.entered_at <> (
        SELECT max(a.at) FROM activity a WHERE a.entity_id = t.id AND a.changes #>> '{columnId,to}' = k.column_id::text)`),
    ).toEqual([]);
    expect(await look(`SELECT id FROM ticket WHERE (ended_at IS NULL) = (state = 'DONE') OR created_at > entered_at OR updated_at < entered_at`)).toEqual([]);
    expect(await look(`SELECT c.id FROM comment c JOIN ticket t ON t.id = c.subject_id WHERE c.created_at NOT BETWEEN t.created_at AND now()`)).toEqual([]);
    expect(
      await look(`SELECT c.name, c.ticket_count FROM board_column c WHERE c.ticket_count <> (SELECT count(*) FROM placement k WHERE k.column_id = c.id)`),
    ).toEqual([]);
  });

  it('has projects of each health, each for a reason that its cards and runs show', async () => {
    const client = await signedIn(trainyard);
    const { projects } = await client.ask<{
      projects: { key: string; health: { level: string; reasons: { code: string; level: string; count: number }[] } }[];
    }>('{ projects { key health { level reasons { code level count } } } }');
    const amber = (code: string, count = 1) => ({ code, level: 'AMBER', count });
    expect(projects).toEqual([
      { key: 'ATL', health: { level: 'RED', reasons: [{ code: 'OLD_CARDS', level: 'RED', count: 3 }] } },
      { key: 'OPS', health: { level: 'GREEN', reasons: [] } },
      { key: 'VIS', health: { level: 'AMBER', reasons: [amber('FAILED_RUNS'), amber('OVER_LIMIT', 5)] } },
      { key: 'ZJ', health: { level: 'AMBER', reasons: [amber('OLD_CARDS'), amber('UNASSIGNED')] } },
    ]);
  });

  it('tells time in points by whole sprints', async () => {
    const client = await signedIn(trainyard);
    const { project } = await client.ask<{ project: { sprints: { capacity: { minutes: number; ratio: { minutes: number } | null } }[] } | null }>(
      '{ project(key: "OPS") { sprints(states: [RUNNING, CLOSED]) { capacity { minutes ratio { minutes } } } } }',
    );
    const [running, ...ended] = project!.sprints.map(({ capacity }) => capacity);
    expect(ended.every(({ minutes }) => minutes > 0)).toBe(true);
    expect(running!.ratio?.minutes).toBe(ended.reduce((sum, { minutes }) => sum + minutes, 0));
  });

  it('draws every chart: sprints that ended and one that runs, and twelve weeks of flow', async () => {
    const feed = new FlowFeed(trainyard.app.get(LogReaders));
    feed.onApplicationBootstrap();
    const client = await signedIn(trainyard);
    const { project } = await client.ask<{ project: { id: string; sprints: { id: string; state: string }[] } | null }>(
      '{ project(key: "OPS") { id sprints(states: [RUNNING, CLOSED]) { id state } } }',
    );
    expect(project?.sprints.map(({ state }) => state)).toEqual(['RUNNING', 'CLOSED', 'CLOSED', 'CLOSED']);
    const told = () =>
      client.ask<{ projectFlow: Flow; projectVelocity: { used: number; spread: object | null }; projectForecast: { refusal: string | null } }>(
        /* GraphQL */ `query ($id: ID!) {
          projectFlow(projectId: $id) { behind cycleTimes { n cycle { p85 } } ageing { tickets { age } columns { ages { p50 } } } efficiency { ratio reasons { reason } bottleneck { share } } }
          projectVelocity(projectId: $id) { used spread { mean } } projectForecast(projectId: $id, count: 10) { refusal } }`,
        { id: project!.id },
      );
    const { projectFlow, projectVelocity, projectForecast } = await until(told, (found) => found.projectFlow.behind === 0);
    await feed.beforeApplicationShutdown();
    expect(projectFlow.cycleTimes.n).toBeGreaterThan(30);
    expect(projectFlow.ageing.tickets.length).toBeGreaterThan(2);
    expect(projectFlow.efficiency.ratio).toBeLessThan(1);
    expect(projectFlow.efficiency.reasons.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['WORK', 'BLOCKED', 'AWAY']));
    expect([projectVelocity.used, projectVelocity.spread !== null, projectForecast.refusal]).toEqual([3, true, null]);
    const { sprintReport } = await client.ask<{ sprintReport: Record<string, { lines: unknown[] }> }>(
      '{ sprintReport(sprintId: "' +
        project!.sprints[3]!.id +
        '") { added { lines { ticketId } } removed { lines { ticketId } } completed { lines { ticketId } } carried { lines { ticketId } } } }',
    );
    expect(Object.values(sprintReport).map(({ lines }) => lines.length)).toEqual([1, 1, 6, 1]);
  });

  it('has a rule that is on and one that is tried first, neither of which has done anything', async () => {
    const client = await signedIn(trainyard);
    const { project } = await client.ask<{ project: { id: string } }>('{ project(key: "OPS") { id } }');
    const { rules, ruleFirings } = await client.ask<{ rules: object[]; ruleFirings: { nodes: object[] } }>(
      'query ($id: ID!) { rules(projectId: $id) { enabled faults { kind } owner { name } } ruleFirings(projectId: $id) { nodes { id } } }',
      { id: project.id },
    );
    expect(rules).toEqual([true, false].map((enabled) => ({ enabled, faults: [], owner: { name: 'Marco Rossi' } })));
    expect(ruleFirings.nodes).toEqual([]);
  });

  it('has runs of each end, with curves to compare, and says of each that it is an example', async () => {
    const client = await signedIn(trainyard);
    const { runs } = await client.ask<{ runs: { nodes: SeenRun[] } }>(/* GraphQL */ `{ runs(first: 20, query: "sort:number") { nodes {
        state failureCode ticket { key } group { count } result { steps } card { step sparkline }
        attempts { number state device endedAt resumedFromSteps log { text } metrics(series: ["LOSS"], width: 4) { series steps } } } } }`);
    expect(Object.fromEntries([...Map.groupBy(runs.nodes, ({ state }) => state)].map(([state, { length }]) => [state, length]))).toEqual({
      SUCCEEDED: 11,
      FAILED: 2,
      CANCELLED: 1,
    });
    expect(runs.nodes.filter(({ group }) => group?.count === 4)).toHaveLength(4);
    expect(runs.nodes.filter(({ failureCode }) => failureCode !== null).map(({ failureCode }) => failureCode)).toEqual(['DIVERGED', 'DIVERGED']);
    const [resumed] = runs.nodes.filter(({ attempts }) => attempts.length > 1);
    expect(resumed?.attempts.map(({ number, state, resumedFromSteps }) => ({ number, state, resumedFromSteps }))).toEqual([
      { number: 1, state: 'FAILED', resumedFromSteps: [] },
      { number: 2, state: 'SUCCEEDED', resumedFromSteps: [170] },
    ]);
    for (const { state, attempts, card, result } of runs.nodes) {
      for (const { device, log } of attempts)
        expect([device, log[0]?.text]).toEqual(['Example (recorded)', expect.stringMatching(/^An example of the demonstration/)]);
      expect(card.sparkline.length).toBeGreaterThan(2);
      const curve = attempts.at(-1)!.metrics.find(({ series }) => series === 'LOSS')!.steps;
      expect(curve).toEqual(curve.toSorted((a, b) => a - b));
      if (state === 'SUCCEEDED') expect(card.step).toBe(result?.steps);
    }
  });
});
