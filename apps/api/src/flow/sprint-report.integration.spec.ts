import { shiftedDay } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { someone } from '../../test/factories/people.ts';
import { DONE, FlowStory, type Told } from '../../test/flow-story.ts';

const story = FlowStory.ofFile();

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
  (await story.ada.client.ask<{ sprintReport: Report }>(REPORT, { id, asOf, measure })).sprintReport;

const GOLDEN = (): Told[] => [
  ...(
    [
      ['A', 8],
      ['B', 13],
      ['C', 5],
      ['D', 8],
      ['E', 6],
    ] as const
  ).map(([name, points]): Told => ['2026-10-26T08:00-04:00', name, story.planned(points)]),
  ['2026-10-26T09:00-04:00', 'sprint', { state: 'RUNNING' }],
  ['2026-10-28T09:00-04:00', 'F', { type: 'TASK', state: 'OPEN', points: 3 }],
  ['2026-10-28T09:30-04:00', 'F', { sprintId: story.idOf('sprint') }],
  ['2026-10-29T23:30-04:00', 'A', DONE],
  ['2026-10-30T10:00-04:00', 'A', { state: 'IN_PROGRESS', resolution: null }],
  ['2026-11-01T01:30-05:00', 'B', DONE],
  ['2026-11-02T10:00-05:00', 'C', { points: 8 }],
  ['2026-11-03T10:00-05:00', 'D', { sprintId: null }],
  ['2026-11-04T11:00-05:00', 'A', DONE],
  ['2026-11-05T10:00-05:00', 'E', { state: 'DONE', resolution: 'CANCELLED' }],
  ['2026-11-06T16:00-05:00', 'C', DONE],
  ['2026-11-06T17:00-05:00', 'sprint', { state: 'CLOSED' }],
  ...['A', 'B', 'C', 'E'].map((name): Told => ['2026-11-06T17:00:00.001-05:00', name, { sprintId: null }]),
  ['2026-11-06T17:00:00.001-05:00', 'F', { sprintId: story.idOf('sprint 2') }],
  ['2026-11-07T12:00-05:00', 'F', DONE],
];

it('tells the golden sprint from the log, and nothing that comes later changes it', async () => {
  const id = await story.buildSprint('sprint', '2026-10-26', '2026-11-06');
  await story.tell(GOLDEN());
  const told = await report(id);
  expect(told.days.map(({ burn }) => burn?.scope)).toEqual([40, 40, 43, 43, 43, 43, 43, 46, 38, 38, 32, 32]);
  expect(told.days.map(({ burn }) => burn?.remaining)).toEqual([40, 40, 43, 35, 43, 43, 30, 33, 25, 17, 11, 3]);
  expect(told.days.map(({ ideal }) => ideal)).toEqual([36, 32, 28, 24, 20, 20, 20, 16, 12, 8, 4, 0]);
  expect(told).toMatchObject({
    timeZone: 'America/New_York',
    baseline: 40,
    behind: 0,
    completed: { total: 29 },
    carried: { total: 3, lines: [{ ticketId: story.idOf('F') }] },
  });
  // Re-estimated, deleted and brought back to the closed sprint, and the project moves to Shanghai.
  await story.tell([
    ['2026-11-20T09:00-05:00', 'A', { points: 99, sprintId: id }],
    ['2026-11-20T10:00-05:00', 'B', { state: 'OPEN', resolution: null }],
  ]);
  await story.trainyard.database.direct.query(
    /* sql */ `WITH s AS (UPDATE activity_scope SET seq = seq + 1 WHERE id = $1 RETURNING seq), moved AS (UPDATE project SET time_zone = 'Asia/Shanghai' WHERE id = $1)
      INSERT INTO activity (scope, seq, entity, entity_id, action, changes) SELECT $1, s.seq, 'PROJECT', $1, 'UPDATED', '{"timeZone":{"from":"America/New_York","to":"Asia/Shanghai"}}' FROM s`,
    [story.project.id],
  );
  const again = await report(id);
  expect(JSON.stringify({ ...again, behind: 0 })).toBe(JSON.stringify(told));
  const early = await report(id, '2026-10-29T12:00:00Z');
  expect(early.days.map(({ burn }) => burn?.remaining ?? null).slice(0, 5)).toEqual([40, 40, 43, 43, null]);
  expect((await report(id, null, 'COUNT')).baseline).toBe(5);
});

it('is as of a past moment by the days, the zone and the stretches of then', async () => {
  const id = await story.buildSprint('sprint', '2026-10-26', '2026-11-06', 'RUNNING');
  await story.tell(GOLDEN().slice(0, -8));
  const [early, late] = ['2026-10-29T12:00:00Z', '2026-11-06T22:30:00Z'];
  const running = await report(id, early);
  await story.tell([['2026-11-06T17:00-05:00', 'sprint', { state: 'CLOSED' }]]);
  const ended = await report(id, late);
  expect([running, ended].map(({ days, timeZone }) => [days.length, days.at(-1)!.day, timeZone])).toEqual([
    [12, '2026-11-06', 'America/New_York'],
    [12, '2026-11-06', 'America/New_York'],
  ]);
  // It is opened again in Shanghai, and lasts longer.
  await story.trainyard.database.direct.query(
    /* sql */ `WITH s AS (UPDATE activity_scope SET seq = seq + 2 WHERE id = $1 RETURNING seq), moved AS (UPDATE project SET time_zone = 'Asia/Shanghai' WHERE id = $1),
        longer AS (UPDATE sprint SET starts_on = '2026-10-20', ends_on = '2026-12-04' WHERE id = $2)
      INSERT INTO activity (scope, seq, entity, entity_id, action, changes, at)
      SELECT $1, s.seq - 1, 'PROJECT', $1, 'UPDATED', '{"timeZone":{"from":"America/New_York","to":"Asia/Shanghai"}}'::jsonb, '2026-11-08T00:00Z'::timestamptz FROM s
      UNION ALL SELECT $1, s.seq, 'SPRINT', $2, 'UPDATED', '{"startsOn":{"from":"2026-10-26","to":"2026-10-20"},"endsOn":{"from":"2026-11-06","to":"2026-12-04"}}', '2026-11-09T01:00Z' FROM s`,
    [story.project.id, id],
  );
  await story.tell([['2026-11-09T00:00Z', 'sprint', { state: 'RUNNING' }]]);
  const told = (one: Report): string => JSON.stringify({ ...one, behind: 0 });
  expect(told(await report(id, early))).toBe(told(running));
  expect(told(await report(id, late))).toBe(told(ended));
  expect((await report(id)).days.at(-1)!.day).toBe('2026-12-04');
});

it('says nothing of a sprint that has not begun, and hides those of projects that one may not read', async () => {
  const id = await story.buildSprint('sprint', '2026-10-26', '2026-11-06', 'PLANNED');
  expect(await report(id)).toMatchObject({ baseline: 0, steps: [], carried: { total: 0 } });
  const stranger = await someone(story.trainyard, 'MEMBER');
  for (const unknown of [id, randomUUID(), 'no id'])
    expect(await stranger.client.ask(REPORT, { id: unknown, measure: 'POINTS' })).toEqual({ sprintReport: null });
});

it('tells velocity of sprints that say something', async () => {
  const sprints = ['sprint a', 'sprint b', 'sprint c', 'sprint d'];
  for (const [index, name] of sprints.entries()) {
    // Monday to Friday.
    const monday = ['2026-02-02', '2026-03-02', '2026-04-06', '2026-05-04'][index] as string;
    const day = (n: number) => shiftedDay(monday, n - 2);
    await story.buildSprint(name, day(2), day(6));
    await story.tell([
      [`${day(2)}T08:00-05:00`, `t${index}`, { type: 'TASK', state: 'OPEN', points: (index + 1) * 2, sprintId: story.idOf(name) }],
      [`${day(2)}T09:00-05:00`, name, { state: 'RUNNING' }],
      [`${day(4)}T09:00-05:00`, `t${index}`, DONE],
      // The last one ends on its first day but one.
      [`${day(index === 3 ? 3 : 6)}T20:00-05:00`, name, { state: 'CLOSED' }],
    ]);
  }
  await story.trainyard.database.direct.query(`UPDATE sprint SET closed_at = starts_on WHERE project_id = $1`, [story.project.id]);
  const velocity = async (asOf: string | null = null): Promise<object> =>
    (
      await story.ada.client.ask<{ projectVelocity: object }>(
        `query($p: ID!, $asOf: DateTime) { projectVelocity(projectId: $p, asOf: $asOf) {
          used spread { mean min max } perDay { mean } sprints { name committed completed plannedDays workedDays mark isUsed } } }`,
        { p: story.project.id, asOf },
      )
    ).projectVelocity;
  expect(await velocity()).toMatchObject({
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
  // Before sprint c ended nothing is said; what was opened again and given up since had ended well then.
  const then = await velocity('2026-04-10T23:00-05:00');
  expect(await velocity('2026-04-10T12:00-05:00')).toMatchObject({ used: 2, spread: null, sprints: [{ name: 'sprint a' }, { name: 'sprint b' }] });
  await story.tell([
    ['2026-06-01T09:00-05:00', 'sprint b', { state: 'RUNNING' }],
    ['2026-06-02T09:00-05:00', 'sprint b', { state: 'CLOSED', abandoned: true }],
  ]);
  expect(await velocity()).toMatchObject({ used: 2, spread: null });
  expect(await velocity('2026-06-01T12:00-05:00')).toMatchObject({ used: 2, sprints: [{ name: 'sprint a' }, { name: 'sprint c' }, { name: 'sprint d' }] });
  // Days that were said later are not those of then.
  await story.trainyard.database.direct.query(
    /* sql */ `WITH s AS (UPDATE activity_scope SET seq = seq + 1 WHERE id = $1 RETURNING seq), longer AS (UPDATE sprint SET ends_on = '2026-03-20' WHERE id = $2)
      INSERT INTO activity (scope, seq, entity, entity_id, action, changes, at)
      SELECT $1, s.seq, 'SPRINT', $2, 'UPDATED', '{"endsOn":{"from":"2026-03-06","to":"2026-03-20"}}'::jsonb, '2026-06-01T12:00Z'::timestamptz FROM s`,
    [story.project.id, story.idOf('sprint b')],
  );
  expect(await velocity()).toMatchObject({ sprints: expect.arrayContaining([expect.objectContaining({ name: 'sprint b', plannedDays: 15 })]) });
  expect(await velocity('2026-04-10T23:00-05:00')).toEqual(then);
  expect(then).toMatchObject({ used: 3, spread: { mean: 4 } });
});
