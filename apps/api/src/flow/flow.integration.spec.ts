import { randomUUID } from 'node:crypto';
import { buildTicket } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { buildRun } from '../../test/factories/training.ts';
import { momentBetween } from '../../test/moment.ts';
import { DONE, FlowStory, type Told } from '../../test/flow-story.ts';

const story = FlowStory.ofFile();

const FLOW = `query($p: ID!, $days: Int!, $asOf: DateTime, $known: Known!) { projectFlow(projectId: $p, days: $days, asOf: $asOf, known: $known) {
  timeZone behind asOf days { day isWorking startsAt endsAt reached done } cycleTimes { n skipped cycle { p50 } tickets { ticketId days leadDays activeHours isSkipped } }
  ageing { tickets { ticketId columnId age totalAge olderThan } columns { columnId n } } } }`;
interface Flow {
  days: { day: string; reached: number[]; done: string[] }[];
  cycleTimes: { n: number; skipped: number; tickets: { ticketId: string; days: number }[] };
  ageing: { tickets: { ticketId: string; age: number }[]; columns: { n: number }[] };
}
const flow = async (days: number, asOf: string | null = null, known = 'THEN'): Promise<Flow> =>
  (await story.ada.client.ask<{ projectFlow: Flow }>(FLOW, { p: story.project.id, days, asOf, known })).projectFlow;

describe('the flow of a project', () => {
  const HISTORY: Told[] = [
    ['2026-03-02T10:00-05:00', 'x', { type: 'TASK', state: 'OPEN' }],
    ['2026-03-02T11:00-05:00', 'y', { type: 'TASK', state: 'OPEN' }],
    ['2026-03-03T10:00-05:00', 'x', { state: 'IN_PROGRESS' }],
    ['2026-03-03T11:00-05:00', 'y', { state: 'IN_PROGRESS' }],
    ['2026-03-04T23:30-05:00', 'x', DONE],
    ['2026-03-05T10:00-05:00', 'y', { state: 'OPEN' }],
  ];

  it('as of a past moment, as it was known then and as it is known now', async () => {
    await story.tell(HISTORY);
    const then = await flow(3, '2026-03-05T04:59:00Z');
    expect(then.days).toMatchObject([
      { day: '2026-03-02', isWorking: true, startsAt: '2026-03-02T05:00:00.000Z', endsAt: '2026-03-03T05:00:00.000Z', reached: [2, 0, 0, 0], done: [] },
      { day: '2026-03-03', isWorking: true, reached: [2, 2, 0, 0], done: [] },
      { day: '2026-03-04', isWorking: true, reached: [2, 2, 1, 0], done: [story.idOf('x')] },
    ]);
    expect(then.cycleTimes).toMatchObject({ n: 1, skipped: 0, tickets: [{ ticketId: story.idOf('x'), days: 2 }] });
    expect(then.ageing.tickets).toMatchObject([{ ticketId: story.idOf('y'), age: 2 }]);
    // y went back since, so it is known to have been in progress no more.
    const now = await flow(3, '2026-03-05T04:59:00Z', 'NOW');
    expect(now.days.map(({ reached }) => reached)).toEqual([
      [2, 0, 0, 0],
      [2, 1, 0, 0],
      [2, 1, 1, 0],
    ]);
    expect(now.ageing.tickets).toMatchObject([{ ticketId: story.idOf('y'), age: 2 }]);
  });

  it('counts the days of a time whose calendar is gone as they were', async () => {
    const { client: admin } = await someone(story.trainyard, 'ADMIN');
    const { made } = await admin.ask<{ made: { id: string } }>('mutation($i: CreateCalendarInput!) { made: createCalendar(input: $i) { id } }', {
      i: { name: randomUUID(), weekdays: [3] },
    });
    const choose = async (calendarId: string): Promise<void> => {
      const { project } = await admin.ask<{ project: { version: number } }>('query($id: ID!) { project(id: $id) { version } }', { id: story.project.id });
      await admin.ask('mutation($id: ID!, $v: Int!, $i: UpdateProjectInput!) { updateProject(id: $id, version: $v, input: $i) { id } }', {
        ...{ id: story.project.id, v: project.version },
        i: { calendarId },
      });
    };
    await choose(made.id);
    const then = (await momentBetween(story.trainyard)).toISOString();
    const { calendars } = await admin.ask<{ calendars: { id: string }[] }>('{ calendars { id } }');
    await choose(calendars[0]!.id);
    const working = async (): Promise<unknown> => {
      const { projectFlow } = await story.ada.client.ask<{ projectFlow: { days: { day: string; isWorking: boolean }[] } }>(FLOW, {
        ...{ p: story.project.id, days: 7, asOf: then, known: 'NOW' },
      });
      return projectFlow.days.filter(({ isWorking }) => isWorking).map(({ day }) => new Date(day).getUTCDay());
    };
    // as earlier versions did
    await story.trainyard.database.direct.query('DELETE FROM calendar WHERE id = $1', [made.id]);
    expect(await working()).toEqual([3]);
  });

  it('tells what the time of tickets went to, as their runs measured it', async () => {
    const ticket = await buildTicket(story.trainyard, { project: story.project });
    const { id } = ticket;
    story.call('z', id);
    const run = await buildRun(story.trainyard, { ticket });
    await story.trainyard.database.direct.query(
      `UPDATE attempt SET queued_at = '2026-03-03T12:00-05:00', started_at = '2026-03-03T18:00-05:00', ended_at = '2026-03-03T22:00-05:00', device = 'GPU' WHERE run_id = $1`,
      [run.id],
    );
    await story.tell([
      ['2026-03-03T10:00-05:00', 'z', { type: 'TASK', state: 'IN_PROGRESS', assigneeId: story.ada.user.id }],
      ['2026-03-04T00:00-05:00', 'z', { state: 'OPEN' }],
      ['2026-03-04T06:00-05:00', 'z', { state: 'IN_PROGRESS' }],
      ['2026-03-04T08:00-05:00', 'z', DONE],
    ]);
    const { projectFlow } = await story.ada.client.ask<{ projectFlow: object }>(
      `query($p: ID!, $asOf: DateTime!) { projectFlow(projectId: $p, days: 5, asOf: $asOf) { efficiency {
        n workHours waitingHours ratio reasons { reason detail hours tickets ticketIds } bottleneck { reason detail hours share ticketIds } } } }`,
      { p: story.project.id, asOf: '2026-03-06T12:00:00Z' },
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
    const [blocked, blocker] = [await buildTicket(story.trainyard, { project: story.project }), await buildTicket(story.trainyard, { project: story.project })];
    story.call('blocked', blocked.id);
    story.call('blocker', blocker.id);
    await story.tell([
      ['2026-03-02T10:00-05:00', 'blocker', { type: 'TASK', state: 'OPEN', assigneeId: story.ada.user.id }],
      ['2026-03-03T00:00-05:00', 'blocked', { type: 'TASK', state: 'IN_PROGRESS' }],
      ['2026-03-03T06:00-05:00', 'blocked', { assigneeId: story.ada.user.id }],
      ['2026-03-03T12:00-05:00', 'blocked', { blockedBy: blocker.id }],
      ['2026-03-03T18:00-05:00', 'blocker', { state: 'DONE', resolution: 'CANCELLED' }],
      ['2026-03-05T06:00-05:00', 'blocked', DONE],
    ]);
    const off = { userId: story.ada.user.id, fromDate: '2026-03-04', toDate: '2026-03-04' };
    const { addTimeOff } = await story.ada.client.ask<{ addTimeOff: { id: string; version: number } }>(
      'mutation($off: AddTimeOffInput!) { addTimeOff(input: $off) { id version } }',
      { off },
    );
    const reasons = async (known: string, asOf: string | null = '2026-03-06T12:00:00Z', days = 5) => {
      const { projectFlow } = await story.ada.client.ask<{
        projectFlow: { efficiency: { reasons: { reason: string; detail: string | null; hours: number }[] } };
      }>(
        `query($p: ID!, $asOf: DateTime, $known: Known!, $days: Int!) { projectFlow(projectId: $p, days: $days, asOf: $asOf, known: $known) { efficiency { reasons { reason detail hours } } } }`,
        { p: story.project.id, asOf, known, days },
      );
      return projectFlow.efficiency.reasons.map(({ reason, detail, hours }) => `${reason} ${detail} ${hours}`);
    };
    const key = `${story.project.key}-2`;
    expect(await reasons('NOW')).toEqual(['AWAY null 24', 'WORK null 18', 'NOBODY null 6', `BLOCKED ${key} 6`]);
    expect(await reasons('THEN')).toEqual(['WORK null 42', 'NOBODY null 6', `BLOCKED ${key} 6`]);
    const between = new Date().toISOString();
    await story.ada.client.ask('mutation($id: ID!, $version: Int!) { removeTimeOff(id: $id, version: $version) }', addTimeOff);
    expect(await reasons('NOW')).toEqual(['WORK null 42', 'NOBODY null 6', `BLOCKED ${key} 6`]);
    expect((await reasons('THEN', between, 366)).includes('AWAY null 24')).toBe(true);
  });

  it('tells why what is in progress is not done yet, as it was known then', async () => {
    await story.tell([
      ['2026-03-02T10:00-05:00', 'blocker', { type: 'TASK', state: 'OPEN' }],
      ['2026-03-02T10:00-05:00', 'own', { type: 'TASK', state: 'IN_PROGRESS', assigneeId: story.ada.user.id }],
      ['2026-03-02T11:00-05:00', 'held', { type: 'TASK', state: 'IN_PROGRESS', assigneeId: story.ada.user.id }],
      ['2026-03-02T12:00-05:00', 'none', { type: 'TASK', state: 'IN_PROGRESS' }],
      ['2026-03-03T10:00-05:00', 'held', { blockedBy: story.idOf('blocker') }],
      ['2026-03-05T10:00-05:00', 'blocker', DONE],
      ['2026-03-05T11:00-05:00', 'none', DONE],
    ]);
    const reasons = async (asOf: string | null): Promise<string[]> =>
      (
        await story.ada.client.ask<{ projectFlow: { reasons: { ticketId: string; reason: string }[] } }>(
          'query($p: ID!, $asOf: DateTime) { projectFlow(projectId: $p, days: 5, asOf: $asOf) { reasons { ticketId reason detail } } }',
          { p: story.project.id, asOf },
        )
      ).projectFlow.reasons.map(({ ticketId, reason }) => `${['own', 'held', 'none'].find((name) => story.idOf(name) === ticketId)} ${reason}`);
    expect(await reasons('2026-03-03T09:00-05:00')).toEqual(['own WORK', 'held WORK', 'none NOBODY']);
    expect(await reasons('2026-03-04T09:00-05:00')).toEqual(['own WORK', 'held BLOCKED', 'none NOBODY']);
    expect(await reasons(null)).toEqual(['own WORK', 'held WORK']);
  });

  it('names the tickets that a number counts', async () => {
    await story.tell(HISTORY);
    const ASKED = `query($p: ID!, $day: String!, $stage: FlowStage!, $asOf: DateTime, $known: Known!) {
      flowTickets(projectId: $p, day: $day, stage: $stage, asOf: $asOf, known: $known) { total ticketIds } }`;
    const at = async (day: string, stage: string, known = 'NOW', asOf: string | null = null): Promise<string[]> => {
      const { flowTickets } = await story.ada.client.ask<{ flowTickets: { total: number; ticketIds: string[] } }>(ASKED, {
        p: story.project.id,
        day,
        stage,
        known,
        asOf,
      });
      expect(flowTickets.total).toBe(flowTickets.ticketIds.length);
      return flowTickets.ticketIds;
    };
    expect(await at('2026-03-03', 'IN_PROGRESS', 'THEN', '2026-03-05T04:59:00Z')).toEqual([story.idOf('x'), story.idOf('y')]);
    expect(await at('2026-03-03', 'IN_PROGRESS')).toEqual([story.idOf('x')]);
    expect([await at('2026-03-01', 'OPEN'), await at('2026-03-03', 'OPEN'), await at('2026-03-05', 'DONE'), await at('2026-03-05', 'OUT')]).toEqual([
      [],
      [story.idOf('y')],
      [story.idOf('x')],
      [],
    ]);
    expect((await story.ada.client.send(ASKED, { p: story.project.id, day: 'soon', stage: 'OPEN', known: 'NOW' })).codes).toEqual(['BAD_INPUT']);
    const stranger = await someone(story.trainyard, 'MEMBER');
    expect((await stranger.client.send(ASKED, { p: story.project.id, day: '2026-03-03', stage: 'OPEN', known: 'NOW' })).codes).toEqual(['NOT_FOUND']);
  });

  it('tells the tickets of a report in its order, deleted ones as such and none of another project', async () => {
    const [here, gone, elsewhere] = [
      await buildTicket(story.trainyard, { project: story.project }),
      await buildTicket(story.trainyard, { project: story.project }),
      await buildTicket(story.trainyard),
    ];
    await story.trainyard.database.direct.query('UPDATE ticket SET deleted_at = now() WHERE id = $1', [gone.id]);
    const NAMED = 'query($p: ID!, $ids: [ID!]!) { reportTickets(projectId: $p, ids: $ids) { id key isDeleted } }';
    const { reportTickets } = await story.ada.client.ask<{ reportTickets: { id: string }[] }>(NAMED, {
      p: story.project.id,
      ids: [gone.id, elsewhere.id, here.id],
    });
    expect(reportTickets).toMatchObject([
      { id: gone.id, isDeleted: true },
      { id: here.id, isDeleted: false },
    ]);
    const stranger = await someone(story.trainyard, 'MEMBER');
    expect((await stranger.client.send(NAMED, { p: story.project.id, ids: [here.id] })).codes).toEqual(['NOT_FOUND']);
    const many = Array.from({ length: 1_001 }, () => randomUUID());
    for (const ids of [['no id'], many]) expect((await story.ada.client.send(NAMED, { p: story.project.id, ids })).codes).toEqual(['BAD_INPUT']);
  });

  it('counts what ended before the days that are shown', async () => {
    await story.tell(HISTORY);
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
    for (const days of [0, 367]) expect((await story.ada.client.send(FLOW, { p: story.project.id, days, known: 'NOW' })).codes).toEqual(['BAD_INPUT']);
  });
});

describe('a picture of the past', () => {
  const HOUR = 3_600_000;
  const began = Date.parse('2026-03-01T00:00:00Z');
  const at = (hours: number): string => new Date(began + hours * HOUR).toISOString();
  const BECOMES = [
    { state: 'OPEN' },
    { state: 'IN_PROGRESS' },
    DONE,
    { state: 'DONE', resolution: 'CANCELLED' },
    { points: 3 },
    { deleted: true },
    { deleted: false },
  ];
  const STAGES = ['OPEN', 'IN_PROGRESS', 'DONE', 'OUT'];

  it('tells what began at once in the same order, whichever of it becomes another thing later', async () => {
    const names = ['a', 'b', 'c'].toSorted((one, other) => (story.idOf(one) < story.idOf(other) ? -1 : 1));
    await story.tell([
      ...names.map((name): Told => [at(0), name, { type: 'TASK', state: 'OPEN' }]),
      ...names.map((name): Told => [at(1), name, { state: 'IN_PROGRESS' }]),
      [at(9), 'd', { type: 'TASK', state: 'OPEN' }],
    ]);
    const then = async (): Promise<object> =>
      story.ada.client.ask(
        'query($p: ID!, $at: DateTime) { projectFlow(projectId: $p, asOf: $at) { ageing { tickets { ticketId } } reasons { ticketId reason } } }',
        {
          p: story.project.id,
          at: at(5),
        },
      );
    const told = await then();
    expect(told).toMatchObject({ projectFlow: { ageing: { tickets: names.map((name) => ({ ticketId: story.idOf(name) })) } } });
    for (const name of names) {
      await story.tell([[at(10 + names.indexOf(name)), name, { points: 3 }]]);
      expect(await then()).toEqual(told);
    }
  });

  /** The same random story each time: one change an hour. */
  function storyOf(seed: number, names: readonly string[], hours: number): Told[] {
    let state = seed;
    const draw = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    return [
      ...names.map((name, n): Told => [at(n * 0.5), name, { type: 'TASK', state: 'OPEN' }]),
      ...Array.from({ length: hours }, (_, n): Told => [at(20 + n), names[draw(names.length)]!, { ...BECOMES[draw(BECOMES.length)] }]),
    ];
  }

  it.each([1, 2, 3])('is what was told at its moment, whatever came later (%s)', async (seed) => {
    const names = Array.from({ length: 24 }, (_, n) => `t${n}`);
    const told = storyOf(seed, names, 400);
    // On a change, between two, at the end of a day in New York.
    const moments = [at(120), at(200.5), at(245), at(419)];
    const numbers = async (moment: string): Promise<unknown> => {
      const pictures = await Promise.all([1, 4, 30].map((days) => flow(days, moment)));
      const counted = STAGES.flatMap((stage) =>
        ['2026-03-04', '2026-03-09', '2026-03-30'].map(async (day) => {
          const { flowTickets } = await story.ada.client.ask<{ flowTickets: { total: number; ticketIds: string[] } }>(
            `query($p: ID!, $day: String!, $stage: FlowStage!, $asOf: DateTime) { flowTickets(projectId: $p, day: $day, stage: $stage, asOf: $asOf, known: THEN) { total ticketIds } }`,
            { p: story.project.id, day, stage, asOf: moment },
          );
          expect(flowTickets.total).toBe(flowTickets.ticketIds.length);
          return flowTickets.ticketIds.toSorted();
        }),
      );
      return { pictures, counted: await Promise.all(counted) };
    };
    const seen = new Map<string, unknown>();
    let from = '';
    for (const moment of moments) {
      await story.tell(told.filter(([when]) => when >= from && when < moment));
      from = moment;
      const then = await numbers(moment);
      seen.set(moment, then);
      expect(JSON.stringify(then)).toContain('ticketId');
    }
    await story.tell(told.filter(([when]) => when >= from));
    for (const moment of moments) expect(await numbers(moment)).toEqual(seen.get(moment));
  });
});
