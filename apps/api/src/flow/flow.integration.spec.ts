import { shiftedDay } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { buildProject, buildTicket, memberOf, type BuiltProject } from '../../test/factories/board.ts';
import { buildTeam, someone } from '../../test/factories/people.ts';
import { buildRun } from '../../test/factories/training.ts';
import { until } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import { ANY_ACTIVITY } from '../platform/log/activity-log.ts';
import { Wakeups } from '../platform/log/wakeups.ts';
import { row } from '../platform/sql/database.ts';
import { FlowFeed } from './flow-feed.ts';

type Person = Awaited<ReturnType<typeof memberOf>>;
type Told = [at: string, ticket: string, changes: Record<string, unknown>];

let trainyard: TestTrainyard;
let project: BuiltProject;
let ada: Person;
let feed: FlowFeed;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  feed = new FlowFeed(trainyard.app.get(LogReaders));
  feed.onApplicationBootstrap();
});
beforeEach(async () => {
  project = await buildProject(trainyard, { visibility: 'PRIVATE', teamId: (await buildTeam(trainyard)).id });
  await trainyard.database.direct.query(`UPDATE project SET time_zone = 'America/New_York' WHERE id = $1`, [project.id]);
  ada = await memberOf(trainyard, project);
});
afterAll(async () => {
  await feed.beforeApplicationShutdown();
  await trainyard.stop();
});

const ids = new Map<string, string>();
const idOf = (name: string): string => ids.get(`${project.id} ${name}`) ?? (ids.set(`${project.id} ${name}`, randomUUID()), idOf(name));

/** Writes the log as it was at other times, in their order, and waits until it is read. */
async function tell(entries: readonly Told[]): Promise<void> {
  const { direct } = trainyard.database;
  const made = new Set<string>();
  await trainyard.database.transaction(async (tx) => {
    for (const [at, name, changes] of entries.toSorted((a, b) => Date.parse(a[0]) - Date.parse(b[0]))) {
      const isSprint = name.startsWith('sprint');
      const seen = made.has(name);
      made.add(name);
      await tx.query(
        /* sql */ `WITH s AS (UPDATE activity_scope SET seq = seq + 1 WHERE id = $1 RETURNING seq)
          INSERT INTO activity (scope, seq, entity, entity_id, ticket_id, action, changes, at) SELECT $1, s.seq, $2, $3, $4, $5, $6, $7 FROM s`,
        [
          project.id,
          isSprint ? 'SPRINT' : 'TICKET',
          idOf(name),
          isSprint ? null : idOf(name),
          seen || isSprint ? 'UPDATED' : 'CREATED',
          JSON.stringify(Object.fromEntries(Object.entries(changes).map(([field, to]) => [field, { from: null, to }]))),
          at,
        ],
      );
    }
  });
  trainyard.app.get(Wakeups).wake(ANY_ACTIVITY);
  await until(
    () =>
      row<{ behind: boolean }>(
        direct,
        `SELECT COALESCE(p.seq, -1) < s.seq AS behind FROM activity_scope s LEFT JOIN log_position p ON p.scope = s.id AND p.reader = 'flow' WHERE s.id = $1`,
        [project.id],
      ),
    (seen) => seen?.behind === false,
  );
}

const done = { state: 'DONE', resolution: 'DONE' };
const planned = (points: number) => ({ type: 'TASK', state: 'OPEN', points, sprintId: idOf('sprint') });

async function buildSprint(name: string, startsOn: string, endsOn: string, state = 'CLOSED'): Promise<string> {
  const id = idOf(name);
  await trainyard.database.direct.query(
    /* sql */ `INSERT INTO sprint (id, project_id, board_id, name, state, starts_on, ends_on, started_at, closed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $5 <> 'PLANNED' THEN now() END, CASE $5 WHEN 'CLOSED' THEN now() END)`,
    [id, project.id, project.boardId, name, state, startsOn, endsOn],
  );
  return id;
}

const REPORT = `query($id: ID!, $asOf: DateTime, $measure: Measure!) { sprintReport(sprintId: $id, asOf: $asOf, measure: $measure) {
  timeZone behind baseline days { day isWorking ideal reaimed burn { scope remaining done unestimated } } points { at remaining } steps { ticketId kind delta }
  ${['committed', 'added', 'removed', 'reEstimated', 'cancelled', 'completed', 'carried'].map((part) => `${part} { total lines { ticketId amount } }`).join(' ')} } }`;
interface Report {
  timeZone: string;
  baseline: number;
  behind: number;
  days: { day: string; ideal: number; burn: { scope: number; remaining: number } | null }[];
  steps: { ticketId: string; kind: string; delta: number }[];
  carried: { total: number; lines: { ticketId: string }[] };
  completed: { total: number };
}
const report = async (id: string, asOf: string | null = null, measure = 'POINTS'): Promise<Report> =>
  (await ada.client.ask<{ sprintReport: Report }>(REPORT, { id, asOf, measure })).sprintReport;

const GOLDEN = (): Told[] => [
  ...(
    [
      ['A', 8],
      ['B', 13],
      ['C', 5],
      ['D', 8],
      ['E', 6],
    ] as const
  ).map(([name, points]): Told => ['2026-10-26T08:00-04:00', name, planned(points)]),
  ['2026-10-26T09:00-04:00', 'sprint', { state: 'RUNNING' }],
  ['2026-10-28T09:00-04:00', 'F', { type: 'TASK', state: 'OPEN', points: 3 }],
  ['2026-10-28T09:30-04:00', 'F', { sprintId: idOf('sprint') }],
  ['2026-10-29T23:30-04:00', 'A', done],
  ['2026-10-30T10:00-04:00', 'A', { state: 'IN_PROGRESS', resolution: null }],
  ['2026-11-01T01:30-05:00', 'B', done],
  ['2026-11-02T10:00-05:00', 'C', { points: 8 }],
  ['2026-11-03T10:00-05:00', 'D', { sprintId: null }],
  ['2026-11-04T11:00-05:00', 'A', done],
  ['2026-11-05T10:00-05:00', 'E', { state: 'DONE', resolution: 'CANCELLED' }],
  ['2026-11-06T16:00-05:00', 'C', done],
  ['2026-11-06T17:00-05:00', 'sprint', { state: 'CLOSED' }],
  ...['A', 'B', 'C', 'E'].map((name): Told => ['2026-11-06T17:00:00.001-05:00', name, { sprintId: null }]),
  ['2026-11-06T17:00:00.001-05:00', 'F', { sprintId: idOf('sprint 2') }],
  ['2026-11-07T12:00-05:00', 'F', done],
];

it('tells the golden sprint from the log, and nothing that comes later changes it', async () => {
  const id = await buildSprint('sprint', '2026-10-26', '2026-11-06');
  await tell(GOLDEN());
  const told = await report(id);
  expect(told.days.map(({ burn }) => burn?.scope)).toEqual([40, 40, 43, 43, 43, 43, 43, 46, 38, 38, 32, 32]);
  expect(told.days.map(({ burn }) => burn?.remaining)).toEqual([40, 40, 43, 35, 43, 43, 30, 33, 25, 17, 11, 3]);
  expect(told.days.map(({ ideal }) => ideal)).toEqual([36, 32, 28, 24, 20, 20, 20, 16, 12, 8, 4, 0]);
  expect(told).toMatchObject({
    timeZone: 'America/New_York',
    baseline: 40,
    behind: 0,
    completed: { total: 29 },
    carried: { total: 3, lines: [{ ticketId: idOf('F') }] },
  });
  // Re-estimated, deleted and brought back to the closed sprint, and the project moves to Shanghai.
  await tell([
    ['2026-11-20T09:00-05:00', 'A', { points: 99, sprintId: id }],
    ['2026-11-20T10:00-05:00', 'B', { state: 'OPEN', resolution: null }],
  ]);
  await trainyard.database.direct.query(
    /* sql */ `WITH s AS (UPDATE activity_scope SET seq = seq + 1 WHERE id = $1 RETURNING seq), moved AS (UPDATE project SET time_zone = 'Asia/Shanghai' WHERE id = $1)
      INSERT INTO activity (scope, seq, entity, entity_id, action, changes) SELECT $1, s.seq, 'PROJECT', $1, 'UPDATED', '{"timeZone":{"from":"America/New_York","to":"Asia/Shanghai"}}' FROM s`,
    [project.id],
  );
  const again = await report(id);
  expect(JSON.stringify({ ...again, behind: 0 })).toBe(JSON.stringify(told));
  const early = await report(id, '2026-10-29T12:00:00Z');
  expect(early.days.map(({ burn }) => burn?.remaining ?? null).slice(0, 5)).toEqual([40, 40, 43, 43, null]);
  expect((await report(id, null, 'COUNT')).baseline).toBe(5);
});

it('says nothing of a sprint that has not begun, and hides those of projects that one may not read', async () => {
  const id = await buildSprint('sprint', '2026-10-26', '2026-11-06', 'PLANNED');
  expect(await report(id)).toMatchObject({ baseline: 0, steps: [], carried: { total: 0 } });
  const stranger = await someone(trainyard, 'MEMBER');
  for (const unknown of [id, randomUUID(), 'no id'])
    expect(await stranger.client.ask(REPORT, { id: unknown, measure: 'POINTS' })).toEqual({ sprintReport: null });
});

it('tells velocity of sprints that say something', async () => {
  const sprints = ['sprint a', 'sprint b', 'sprint c', 'sprint d'];
  for (const [index, name] of sprints.entries()) {
    // Monday to Friday.
    const monday = ['2026-02-02', '2026-03-02', '2026-04-06', '2026-05-04'][index] as string;
    const day = (n: number) => shiftedDay(monday, n - 2);
    await buildSprint(name, day(2), day(6));
    await tell([
      [`${day(2)}T08:00-05:00`, `t${index}`, { type: 'TASK', state: 'OPEN', points: (index + 1) * 2, sprintId: idOf(name) }],
      [`${day(2)}T09:00-05:00`, name, { state: 'RUNNING' }],
      [`${day(4)}T09:00-05:00`, `t${index}`, done],
      // The last one ends on its first day but one.
      [`${day(index === 3 ? 3 : 6)}T20:00-05:00`, name, { state: 'CLOSED' }],
    ]);
  }
  await trainyard.database.direct.query(`UPDATE sprint SET closed_at = starts_on WHERE project_id = $1`, [project.id]);
  const { projectVelocity } = await ada.client.ask<{ projectVelocity: object }>(
    `query($p: ID!) { projectVelocity(projectId: $p) { used spread { mean min max } perDay { mean } sprints { name committed completed plannedDays workedDays mark isUsed } } }`,
    { p: project.id },
  );
  expect(projectVelocity).toMatchObject({
    used: 3,
    spread: { mean: 4, min: 2, max: 6 },
    perDay: null,
    sprints: [
      { name: 'sprint a', committed: 2, completed: 2, plannedDays: 5, workedDays: 5, mark: null, isUsed: true },
      { name: 'sprint b', completed: 4 },
      { name: 'sprint c', completed: 6 },
      { name: 'sprint d', committed: 8, completed: 0, mark: 'SHORTENED', isUsed: false },
    ],
  });
});

const FLOW = `query($p: ID!, $days: Int!, $asOf: DateTime, $known: Known!) { projectFlow(projectId: $p, days: $days, asOf: $asOf, known: $known) {
  timeZone behind asOf days { day isWorking startsAt endsAt reached done } cycleTimes { n skipped cycle { p50 } tickets { ticketId days leadDays activeHours isSkipped } }
  ageing { tickets { ticketId columnId age totalAge olderThan } columns { columnId n } } } }`;
interface Flow {
  days: { day: string; reached: number[]; done: string[] }[];
  cycleTimes: { n: number; skipped: number; tickets: { ticketId: string; days: number }[] };
  ageing: { tickets: { ticketId: string; age: number }[]; columns: { n: number }[] };
}
const flow = async (days: number, asOf: string | null = null, known = 'THEN'): Promise<Flow> =>
  (await ada.client.ask<{ projectFlow: Flow }>(FLOW, { p: project.id, days, asOf, known })).projectFlow;

describe('the flow of a project', () => {
  const HISTORY: Told[] = [
    ['2026-03-02T10:00-05:00', 'x', { type: 'TASK', state: 'OPEN' }],
    ['2026-03-02T11:00-05:00', 'y', { type: 'TASK', state: 'OPEN' }],
    ['2026-03-03T10:00-05:00', 'x', { state: 'IN_PROGRESS' }],
    ['2026-03-03T11:00-05:00', 'y', { state: 'IN_PROGRESS' }],
    ['2026-03-04T23:30-05:00', 'x', done],
    ['2026-03-05T10:00-05:00', 'y', { state: 'OPEN' }],
  ];

  it('as of a past moment, as it was known then and as it is known now', async () => {
    await tell(HISTORY);
    const then = await flow(3, '2026-03-05T04:59:00Z');
    expect(then.days).toMatchObject([
      { day: '2026-03-02', isWorking: true, startsAt: '2026-03-02T05:00:00.000Z', endsAt: '2026-03-03T05:00:00.000Z', reached: [2, 0, 0, 0], done: [] },
      { day: '2026-03-03', isWorking: true, reached: [2, 2, 0, 0], done: [] },
      { day: '2026-03-04', isWorking: true, reached: [2, 2, 1, 0], done: [idOf('x')] },
    ]);
    expect(then.cycleTimes).toMatchObject({ n: 1, skipped: 0, tickets: [{ ticketId: idOf('x'), days: 2 }] });
    expect(then.ageing.tickets).toMatchObject([{ ticketId: idOf('y'), age: 2 }]);
    // y went back since, so it is known to have been in progress no more.
    const now = await flow(3, '2026-03-05T04:59:00Z', 'NOW');
    expect(now.days.map(({ reached }) => reached)).toEqual([
      [2, 0, 0, 0],
      [2, 1, 0, 0],
      [2, 1, 1, 0],
    ]);
    expect(now.ageing.tickets).toMatchObject([{ ticketId: idOf('y'), age: 2 }]);
  });

  it('tells what the time of tickets went to, as their runs measured it', async () => {
    const ticket = await buildTicket(trainyard, { project });
    const { id } = ticket;
    ids.set(`${project.id} z`, id);
    const run = await buildRun(trainyard, { ticket });
    await trainyard.database.direct.query(
      `UPDATE attempt SET queued_at = '2026-03-03T12:00-05:00', started_at = '2026-03-03T18:00-05:00', ended_at = '2026-03-03T22:00-05:00', device = 'GPU' WHERE run_id = $1`,
      [run.id],
    );
    await tell([
      ['2026-03-03T10:00-05:00', 'z', { type: 'TASK', state: 'IN_PROGRESS', assigneeId: ada.user.id }],
      ['2026-03-04T00:00-05:00', 'z', { state: 'OPEN' }],
      ['2026-03-04T06:00-05:00', 'z', { state: 'IN_PROGRESS' }],
      ['2026-03-04T08:00-05:00', 'z', done],
    ]);
    const { projectFlow } = await ada.client.ask<{ projectFlow: object }>(
      `query($p: ID!, $asOf: DateTime!) { projectFlow(projectId: $p, days: 5, asOf: $asOf) { efficiency {
        n workHours waitingHours ratio reasons { reason detail hours tickets ticketIds } bottleneck { reason detail hours share ticketIds } } } }`,
      { p: project.id, asOf: '2026-03-06T12:00:00Z' },
    );
    expect(projectFlow).toEqual({
      efficiency: {
        ...{ n: 1, workHours: 10, waitingHours: 12, ratio: 10 / 22 },
        reasons: [
          { reason: 'WORK', detail: null, hours: 6, tickets: 1, ticketIds: [id] },
          { reason: 'RUN_QUEUED', detail: 'GPU', hours: 6, tickets: 1, ticketIds: [id] },
          { reason: 'QUEUE', detail: null, hours: 6, tickets: 1, ticketIds: [id] },
          { reason: 'RUN_TRAINING', detail: null, hours: 4, tickets: 1, ticketIds: [id] },
        ],
        bottleneck: { reason: 'RUN_QUEUED', detail: 'GPU', hours: 6, share: 0.5, ticketIds: [id] },
      },
    });
  });

  it('tells what else they waited for: a blocker, somebody away, nobody, as it was known then and as it is now', async () => {
    const [blocked, blocker] = [await buildTicket(trainyard, { project }), await buildTicket(trainyard, { project })];
    ids.set(`${project.id} blocked`, blocked.id);
    ids.set(`${project.id} blocker`, blocker.id);
    await tell([
      ['2026-03-02T10:00-05:00', 'blocker', { type: 'TASK', state: 'OPEN', assigneeId: ada.user.id }],
      ['2026-03-03T00:00-05:00', 'blocked', { type: 'TASK', state: 'IN_PROGRESS' }],
      ['2026-03-03T06:00-05:00', 'blocked', { assigneeId: ada.user.id }],
      ['2026-03-03T12:00-05:00', 'blocked', { blockedBy: blocker.id }],
      ['2026-03-03T18:00-05:00', 'blocker', { state: 'DONE', resolution: 'CANCELLED' }],
      ['2026-03-05T06:00-05:00', 'blocked', done],
    ]);
    const off = { userId: ada.user.id, fromDate: '2026-03-04', toDate: '2026-03-04' };
    const { addTimeOff } = await ada.client.ask<{ addTimeOff: { id: string; version: number } }>(
      'mutation($off: AddTimeOffInput!) { addTimeOff(input: $off) { id version } }',
      { off },
    );
    const reasons = async (known: string, asOf: string | null = '2026-03-06T12:00:00Z', days = 5) => {
      const { projectFlow } = await ada.client.ask<{ projectFlow: { efficiency: { reasons: { reason: string; detail: string | null; hours: number }[] } } }>(
        `query($p: ID!, $asOf: DateTime, $known: Known!, $days: Int!) { projectFlow(projectId: $p, days: $days, asOf: $asOf, known: $known) { efficiency { reasons { reason detail hours } } } }`,
        { p: project.id, asOf, known, days },
      );
      return projectFlow.efficiency.reasons.map(({ reason, detail, hours }) => `${reason} ${detail} ${hours}`);
    };
    const key = `${project.key}-2`;
    expect(await reasons('NOW')).toEqual(['AWAY null 24', 'WORK null 18', 'NOBODY null 6', `BLOCKED ${key} 6`]);
    expect(await reasons('THEN')).toEqual(['WORK null 42', 'NOBODY null 6', `BLOCKED ${key} 6`]);
    const between = new Date().toISOString();
    await ada.client.ask('mutation($id: ID!, $version: Int!) { removeTimeOff(id: $id, version: $version) }', addTimeOff);
    expect(await reasons('NOW')).toEqual(['WORK null 42', 'NOBODY null 6', `BLOCKED ${key} 6`]);
    expect((await reasons('THEN', between, 366)).includes('AWAY null 24')).toBe(true);
  });

  it('names the tickets that a number counts', async () => {
    await tell(HISTORY);
    const ASKED = `query($p: ID!, $day: String!, $stage: FlowStage!, $asOf: DateTime, $known: Known!) {
      flowTickets(projectId: $p, day: $day, stage: $stage, asOf: $asOf, known: $known) { total ticketIds } }`;
    const at = async (day: string, stage: string, known = 'NOW', asOf: string | null = null): Promise<string[]> => {
      const { flowTickets } = await ada.client.ask<{ flowTickets: { total: number; ticketIds: string[] } }>(ASKED, { p: project.id, day, stage, known, asOf });
      expect(flowTickets.total).toBe(flowTickets.ticketIds.length);
      return flowTickets.ticketIds;
    };
    expect(await at('2026-03-03', 'IN_PROGRESS', 'THEN', '2026-03-05T04:59:00Z')).toEqual([idOf('x'), idOf('y')]);
    expect(await at('2026-03-03', 'IN_PROGRESS')).toEqual([idOf('x')]);
    expect([await at('2026-03-01', 'OPEN'), await at('2026-03-03', 'OPEN'), await at('2026-03-05', 'DONE'), await at('2026-03-05', 'OUT')]).toEqual([
      [],
      [idOf('y')],
      [idOf('x')],
      [],
    ]);
    expect((await ada.client.send(ASKED, { p: project.id, day: 'soon', stage: 'OPEN', known: 'NOW' })).codes).toEqual(['BAD_INPUT']);
    const stranger = await someone(trainyard, 'MEMBER');
    expect((await stranger.client.send(ASKED, { p: project.id, day: '2026-03-03', stage: 'OPEN', known: 'NOW' })).codes).toEqual(['NOT_FOUND']);
  });

  it('tells the tickets of a report in its order, deleted ones as such and none of another project', async () => {
    const [here, gone, elsewhere] = [await buildTicket(trainyard, { project }), await buildTicket(trainyard, { project }), await buildTicket(trainyard)];
    await trainyard.database.direct.query('UPDATE ticket SET deleted_at = now() WHERE id = $1', [gone.id]);
    const NAMED = 'query($p: ID!, $ids: [ID!]!) { reportTickets(projectId: $p, ids: $ids) { id key isDeleted } }';
    const { reportTickets } = await ada.client.ask<{ reportTickets: { id: string }[] }>(NAMED, { p: project.id, ids: [gone.id, elsewhere.id, here.id] });
    expect(reportTickets).toMatchObject([
      { id: gone.id, isDeleted: true },
      { id: here.id, isDeleted: false },
    ]);
    const stranger = await someone(trainyard, 'MEMBER');
    expect((await stranger.client.send(NAMED, { p: project.id, ids: [here.id] })).codes).toEqual(['NOT_FOUND']);
    const many = Array.from({ length: 1_001 }, () => randomUUID());
    for (const ids of [['no id'], many]) expect((await ada.client.send(NAMED, { p: project.id, ids })).codes).toEqual(['BAD_INPUT']);
  });

  it('counts what ended before the days that are shown', async () => {
    await tell(HISTORY);
    const now = await flow(7);
    expect(now.days.map(({ reached }) => reached)).toEqual(Array.from({ length: 7 }, () => [2, 1, 1, 0]));
    expect(now.cycleTimes.n).toBe(0);
    expect(now.ageing.tickets).toEqual([]);
  });

  it('is empty where nothing was done, and refuses what is no picture', async () => {
    expect((await flow(2)).days.map(({ reached }) => reached)).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    for (const days of [0, 367]) expect((await ada.client.send(FLOW, { p: project.id, days, known: 'NOW' })).codes).toEqual(['BAD_INPUT']);
  });
});

const FORECAST = `query($p: ID!, $count: Int, $until: String, $presence: Float!, $absence: Boolean!, $away: [ID!]!, $runners: Int, $asOf: DateTime) {
  projectForecast(projectId: $p, count: $count, until: $until, presence: $presence, absence: $absence, away: $away, runners: $runners, asOf: $asOf) {
  people runTickets runHours isThinnedByRuns refusal tickets { p50 p85 p95 } days from to workingDays zeros completed trials isFreeDayIdle isThinnedByAbsence } }`;
const PLAIN = { presence: 1, absence: false, away: [] };
interface Forecast {
  refusal: string | null;
  tickets: { p50: number; p85: number } | null;
  days: (string | null)[] | null;
}
const forecast = async (asked: object): Promise<Forecast> =>
  (await ada.client.ask<{ projectForecast: Forecast }>(FORECAST, { p: project.id, ...PLAIN, ...asked })).projectForecast;

describe('a forecast', () => {
  const day = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString();

  it('is made of what was done, and says what it rests on', async () => {
    await tell(
      Array.from({ length: 60 }, (_, n): Told[] => [
        [day(-61), `t${n}`, { type: 'TASK', state: 'OPEN' }],
        [day(-1 - n), `t${n}`, done],
      ]).flat(),
    );
    const many = await forecast({ until: day(14).slice(0, 10) });
    expect(many).toMatchObject({ refusal: null, days: null, trials: 10_000 });
    expect(many.tickets!.p85).toBeGreaterThan(5);
    expect(many.tickets!.p50).toBeGreaterThanOrEqual(many.tickets!.p85);
    const [p50, , p95] = (await forecast({ count: 10 })).days!;
    expect(p50! <= p95!).toBe(true);
    expect((await forecast({ count: 10, presence: 0.5 })).days![1]! > (await forecast({ count: 10 })).days![1]!).toBe(true);
    expect(await forecast({ count: 10 })).toEqual(await forecast({ count: 10 }));
    const { forecastBacktest } = await ada.client.ask<{ forecastBacktest: { rows: object[]; refused: number } }>(
      `query($p: ID!) { forecastBacktest(projectId: $p) { rows { day until p50 p85 p95 actual } cameTrue { p50 p85 p95 } refused } }`,
      { p: project.id },
    );
    expect(forecastBacktest.rows.length).toBeGreaterThan(2);
  });

  it('knows who is away and how many machines there are', async () => {
    const { direct } = trainyard.database;
    const bob = await memberOf(trainyard, project);
    const ran = await buildTicket(trainyard, { project });
    ids.set(`${project.id} t0`, ran.id);
    await buildRun(trainyard, { ticket: ran });
    await direct.query(
      `UPDATE attempt SET started_at = now() - interval '30 hours', ended_at = now() - interval '6 hours' FROM run r WHERE r.id = run_id AND r.ticket_id = $1`,
      [ran.id],
    );
    await tell(
      Array.from({ length: 60 }, (_, n): Told[] => [
        [day(-61), `t${n}`, { type: 'TASK', state: 'OPEN' }],
        [day(-1 - n), `t${n}`, done],
      ]).flat(),
    );
    const by = async (asked: object) => (await forecast({ count: 20, ...asked })) as Forecast & { people: number; runTickets: number; runHours: number };
    const all = await by({});
    expect([all.people, all.runTickets]).toEqual([0, 0]);
    const fewer = await by({ away: [bob.user.id] });
    expect([fewer.people, fewer.days![1]! > all.days![1]!]).toEqual([3, true]);
    expect((await by({ absence: true })).days).toEqual(all.days);
    await direct.query(`INSERT INTO time_off (id, user_id, from_date, to_date) VALUES (gen_random_uuid(), $1, now()::date, now()::date + 60)`, [bob.user.id]);
    expect((await by({ absence: true })).days![1]! > all.days![1]!).toBe(true);
    expect((await by({})).days).toEqual(all.days);
    const none = await by({ runners: 0 });
    expect(none).toMatchObject({ runTickets: 1, runHours: 24, isThinnedByRuns: true });
    expect(none.days![2]! >= all.days![2]!).toBe(true);
    const stranger = await someone(trainyard);
    // Whoever has left is no part of it.
    await direct.query(
      /* sql */ `INSERT INTO membership (id, team_id, user_id, role_id, team_role, allocation, from_date, to_date)
        SELECT gen_random_uuid(), m.team_id, $2, m.role_id, m.team_role, m.allocation, now()::date - 30, now()::date - 2 FROM membership m WHERE m.team_id = $1 LIMIT 1`,
      [project.teamId, stranger.user.id],
    );
    expect((await by({ absence: true })).people).toBe(3);
    for (const asked of [{ away: [stranger.user.id] }, { away: ['x'] }, { runners: -1 }, { runners: 10_001 }])
      expect((await ada.client.send(FORECAST, { p: project.id, ...PLAIN, count: 1, ...asked })).codes).toEqual(['BAD_INPUT']);
  });

  it('is made of epics by the order of the backlog, and only of now', async () => {
    const [epic, ...below] = await Promise.all(Array.from({ length: 4 }, () => buildTicket(trainyard, { project })));
    const { direct } = trainyard.database;
    await direct.query(`UPDATE ticket SET type = 'EPIC' WHERE id = $1`, [epic!.id]);
    await direct.query('UPDATE ticket SET parent_id = $1 WHERE id = ANY ($2)', [epic!.id, below.map(({ id }) => id)]);
    ids.set(`${project.id} epic`, epic!.id);
    for (const [index, { id }] of below.entries()) ids.set(`${project.id} below${index}`, id);
    await tell([
      [day(-70), 'epic', { type: 'EPIC', state: 'OPEN' }],
      ...below.map((_, index): Told => [day(-69), `below${index}`, { type: 'TASK', state: 'OPEN', points: 2, parentId: epic!.id }]),
      ...Array.from({ length: 60 }, (_, n): Told[] => [
        [day(-61), `t${n}`, { type: 'TASK', state: 'OPEN' }],
        [day(-1 - n), `t${n}`, done],
      ]).flat(),
      [day(-2), 'below0', done],
    ]);
    await direct.query(`UPDATE ticket SET state = 'DONE', resolution = 'DONE', ended_at = now() WHERE id = $1`, [below[0]!.id]);
    const EPICS = `query($p: ID!, $asOf: DateTime) { projectEpics(projectId: $p, asOf: $asOf) { behind forecast { refusal completed }
      epics { ticketId tickets done points pointsDone unestimated openIds place forecast } } }`;
    const epics = async (asOf: string | null = null) =>
      (await ada.client.ask<{ projectEpics: { forecast: object | null; epics: { forecast: string[] | null }[] } }>(EPICS, { p: project.id, asOf }))
        .projectEpics;
    const now = await epics();
    expect(now).toMatchObject({
      forecast: { refusal: null, completed: 61 },
      epics: [
        {
          ticketId: epic!.id,
          tickets: 3,
          done: 1,
          points: 6,
          pointsDone: 2,
          unestimated: 0,
          place: 2,
          openIds: below
            .slice(1)
            .map(({ id }) => id)
            .toSorted(),
        },
      ],
    });
    expect(now.epics[0]?.forecast).toEqual((await forecast({ count: 2 })).days);
    expect(await epics(day(-3))).toMatchObject({ forecast: null, epics: [{ tickets: 3, done: 0, place: null, forecast: null }] });
    expect((await ada.client.send(EPICS, { p: randomUUID(), asOf: null })).codes).toEqual(['NOT_FOUND']);
  });

  it('is refused where there is too little, and where it is no question', async () => {
    expect((await forecast({ count: 3 })).refusal).toBe('TOO_FEW_DAYS');
    for (const asked of [{}, { count: 1, until: '2030-01-01' }, { count: 0 }, { until: '2020-01-01' }, { until: 'soon' }, { count: 1, presence: 2 }])
      expect((await ada.client.send(FORECAST, { p: project.id, ...PLAIN, ...asked })).codes).toEqual(['BAD_INPUT']);
  });
});

describe('a sprint in the morning, and looked back on', () => {
  const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

  it('tells what moved, what is blocked, which runs ended and who is away', async () => {
    const { direct } = trainyard.database;
    const sprintId = await buildSprint('sprint', '2026-01-05', '2026-01-16', 'RUNNING');
    const [moved, blocker, left] = [
      await buildTicket(trainyard, { project }),
      await buildTicket(trainyard, { project }),
      await buildTicket(trainyard, { project }),
    ];
    await direct.query('UPDATE ticket SET sprint_id = $1, assignee_id = $3 WHERE id = ANY ($2)', [sprintId, [moved.id, blocker.id], ada.user.id]);
    await ada.client.ask('mutation($id: ID!, $column: ID!) { moveTicket(id: $id, columnId: $column, afterId: null) { id } }', {
      id: moved.id,
      column: project.columns[2],
    });
    await ada.client.ask('mutation($id: ID!, $other: ID!) { linkTickets(id: $id, side: BLOCKED_BY, otherId: $other) { id } }', {
      id: moved.id,
      other: blocker.id,
    });
    const run = await buildRun(trainyard, { ticket: moved });
    await direct.query(`UPDATE run SET state = 'FAILED', started_at = $2, ended_at = $3 WHERE id = $1`, [run.id, ago(3), ago(1)]);
    await direct.query(`UPDATE attempt SET state = 'FAILED', started_at = $2, ended_at = $3, is_gpu = true, failure_code = 'DIVERGED' WHERE run_id = $1`, [
      run.id,
      ago(3),
      ago(1),
    ]);
    await direct.query(`INSERT INTO time_off (id, user_id, from_date, to_date) VALUES (gen_random_uuid(), $1, now()::date - 1, now()::date + 1)`, [
      ada.user.id,
    ]);
    const DAY = `query($id: ID!) { sprintDay(sprintId: $id) { today since away tickets { ticketId column moves { by state } blockers { key title }
      runs { state failureCode deviceHours cpuHours } } } }`;
    const { sprintDay } = await ada.client.ask<{ sprintDay: { today: string; since: string; tickets: { runs: { deviceHours: number }[] }[] } }>(DAY, {
      id: sprintId,
    });
    expect(sprintDay.since < sprintDay.today).toBe(true);
    expect(sprintDay).toMatchObject({
      away: [ada.user.id],
      tickets: [
        {
          ticketId: moved.id,
          moves: [{ by: expect.any(String), state: 'IN_PROGRESS' }],
          blockers: [{ key: expect.stringMatching(/-2$/), title: expect.any(String) }],
          runs: [{ state: 'FAILED', failureCode: 'DIVERGED', cpuHours: 0 }],
        },
        { ticketId: blocker.id, moves: [], blockers: [], runs: [] },
      ],
    });
    expect(sprintDay.tickets[0]?.runs[0]?.deviceHours).toBeCloseTo(2, 2);
    expect(JSON.stringify(sprintDay)).not.toContain(left.id);
    const eve = await someone(trainyard);
    expect((await eve.client.ask<{ sprintDay: null }>(DAY, { id: sprintId })).sprintDay).toBeNull();
  });

  it('tells what was forecast on its first day, what came, what was carried and what failed', async () => {
    const { direct } = trainyard.database;
    const id = await buildSprint('sprint', '2026-10-26', '2026-11-06');
    const carried = await buildTicket(trainyard, { project });
    ids.set(`${project.id} carried`, carried.id);
    const run = await buildRun(trainyard, { ticket: carried });
    await direct.query(
      `UPDATE attempt SET state = 'FAILED', started_at = '2026-11-02T10:00Z', ended_at = '2026-11-02T13:00Z', is_gpu = true, failure_code = 'OUT_OF_MEMORY' WHERE run_id = $1`,
      [run.id],
    );
    await direct.query(`UPDATE sprint SET started_at = '2026-10-26T09:00-04:00', closed_at = '2026-11-06T17:00-05:00' WHERE id = $1`, [id]);
    await direct.query(`INSERT INTO sprint_ticket (sprint_id, ticket_id, committed, outcome) VALUES ($1, $2, true, 'CARRIED')`, [id, carried.id]);
    const before = (n: number): string => new Date(Date.UTC(2026, 9, 25 - n, 15)).toISOString();
    await tell([
      [before(70), 'carried', planned(3)],
      ...Array.from({ length: 60 }, (_, n): Told[] => [
        [before(69), `t${n}`, { type: 'TASK', state: 'OPEN' }],
        [before(n), `t${n}`, done],
      ]).flat(),
      // Taken up again after the sprint: it was done then all the same. One that was done long before is only renamed.
      ['2026-10-26T08:00-04:00', 'mine', planned(5)],
      ['2026-10-28T09:00-04:00', 'mine', done],
      ['2026-11-20T09:00-05:00', 'mine', { state: 'OPEN', resolution: null }],
      ['2026-10-29T09:00-04:00', 't59', { points: 4 }],
      ['2026-10-30T09:00-04:00', 'other', { type: 'BUG', ...done }],
      ['2026-11-07T09:00-05:00', 'late', { type: 'BUG', ...done }],
    ]);
    const { sprintLookBack } = await ada.client.ask<{ sprintLookBack: { forecast: { tickets: { p50: number } } } }>(
      `query($id: ID!) { sprintLookBack(sprintId: $id) { came cameOfIt carried { ticketId deviceHours cpuHours } failedRuns { ticketKey failureCode deviceHours } forecast { refusal completed tickets { p50 p85 } } } }`,
      { id },
    );
    expect(sprintLookBack).toMatchObject({
      came: 2,
      cameOfIt: 1,
      carried: [{ ticketId: carried.id, deviceHours: 3, cpuHours: 0 }],
      failedRuns: [{ ticketKey: expect.stringMatching(/-1$/), failureCode: 'OUT_OF_MEMORY', deviceHours: 3 }],
      forecast: { refusal: null, completed: 60 },
    });
    expect(sprintLookBack.forecast.tickets.p50).toBeGreaterThan(5);
    const then = await forecast({ count: 10, asOf: '2026-10-26T13:00:00Z' });
    expect([then.refusal, then.days![0]! > '2026-10-26' && then.days![0]! < '2026-11-15']).toEqual([null, true]);
  });
});
