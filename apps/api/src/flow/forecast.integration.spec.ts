import { randomUUID } from 'node:crypto';
import { buildTicket, memberOf } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { buildRun } from '../../test/factories/training.ts';
import { DONE, FORECAST, PLAIN, FlowStory, type Forecast, type Told } from '../../test/flow-story.ts';

const story = FlowStory.ofFile();

describe('a forecast', () => {
  const day = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString();

  it('is made of what was done, and says what it rests on', async () => {
    await story.tell(
      Array.from({ length: 60 }, (_, n): Told[] => [
        [day(-61), `t${n}`, { type: 'TASK', state: 'OPEN' }],
        [day(-1 - n), `t${n}`, DONE],
      ]).flat(),
    );
    const many = await story.forecast({ until: day(14).slice(0, 10) });
    expect(many).toMatchObject({ refusal: null, days: null, trials: 10_000 });
    expect(many.tickets!.p85).toBeGreaterThan(5);
    expect(many.tickets!.p50).toBeGreaterThanOrEqual(many.tickets!.p85);
    const [p50, , p95] = (await story.forecast({ count: 10 })).days!;
    expect(p50! <= p95!).toBe(true);
    expect((await story.forecast({ count: 10, presence: 0.5 })).days![1]! > (await story.forecast({ count: 10 })).days![1]!).toBe(true);
    expect(await story.forecast({ count: 10 })).toEqual(await story.forecast({ count: 10 }));
    const { forecastBacktest } = await story.ada.client.ask<{ forecastBacktest: { rows: object[]; refused: number } }>(
      `query($p: ID!) { forecastBacktest(projectId: $p) { rows { day until p50 p85 p95 actual } cameTrue { p50 p85 p95 } refused } }`,
      { p: story.project.id },
    );
    expect(forecastBacktest.rows.length).toBeGreaterThan(2);
  });

  it('knows who is away and how many machines there are', async () => {
    const { direct } = story.trainyard.database;
    const bob = await memberOf(story.trainyard, story.project);
    const ran = await buildTicket(story.trainyard, { project: story.project });
    story.call('t0', ran.id);
    await buildRun(story.trainyard, { ticket: ran });
    await direct.query(
      `UPDATE attempt SET started_at = now() - interval '30 hours', ended_at = now() - interval '6 hours' FROM run r WHERE r.id = run_id AND r.ticket_id = $1`,
      [ran.id],
    );
    await story.tell(
      Array.from({ length: 60 }, (_, n): Told[] => [
        [day(-61), `t${n}`, { type: 'TASK', state: 'OPEN' }],
        [day(-1 - n), `t${n}`, DONE],
      ]).flat(),
    );
    const by = async (asked: object) => (await story.forecast({ count: 20, ...asked })) as Forecast & { people: number; runTickets: number; runHours: number };
    const all = await by({});
    expect([all.people, all.runTickets]).toEqual([0, 0]);
    const fewer = await by({ away: [bob.user.id] });
    expect([fewer.people, fewer.days![1]! > all.days![1]!]).toEqual([3, true]);
    expect((await by({ absence: true })).days).toEqual(all.days);
    await bob.client.ask('mutation($off: AddTimeOffInput!) { addTimeOff(input: $off) { id } }', {
      off: { userId: bob.user.id, fromDate: day(0).slice(0, 10), toDate: day(60).slice(0, 10) },
    });
    expect((await by({ absence: true })).days![1]! > all.days![1]!).toBe(true);
    expect((await by({})).days).toEqual(all.days);
    const none = await by({ runners: 0 });
    expect(none).toMatchObject({ runTickets: 1, runHours: 24, isThinnedByRuns: true });
    expect(none.days![2]! >= all.days![2]!).toBe(true);
    const stranger = await someone(story.trainyard);
    // Whoever has left is no part of it.
    await direct.query(
      /* sql */ `INSERT INTO membership (id, team_id, user_id, role_id, team_role, allocation, from_date, to_date)
        SELECT gen_random_uuid(), m.team_id, $2, m.role_id, m.team_role, m.allocation, now()::date - 30, now()::date - 2 FROM membership m WHERE m.team_id = $1 LIMIT 1`,
      [story.project.teamId, stranger.user.id],
    );
    expect((await by({ absence: true })).people).toBe(3);
    for (const asked of [{ away: [stranger.user.id] }, { away: ['x'] }, { runners: -1 }, { runners: 10_001 }])
      expect((await story.ada.client.send(FORECAST, { p: story.project.id, ...PLAIN, count: 1, ...asked })).codes).toEqual(['BAD_INPUT']);
  });

  it('is made of epics by the order of the backlog, and only of now', async () => {
    const [epic, ...below] = await Promise.all(Array.from({ length: 4 }, () => buildTicket(story.trainyard, { project: story.project })));
    const { direct } = story.trainyard.database;
    await direct.query(`UPDATE ticket SET type = 'EPIC' WHERE id = $1`, [epic!.id]);
    await direct.query('UPDATE ticket SET parent_id = $1 WHERE id = ANY ($2)', [epic!.id, below.map(({ id }) => id)]);
    story.call('epic', epic!.id);
    for (const [index, { id }] of below.entries()) story.call(`below${index}`, id);
    await story.tell([
      [day(-70), 'epic', { type: 'EPIC', state: 'OPEN' }],
      ...below.map((_, index): Told => [day(-69), `below${index}`, { type: 'TASK', state: 'OPEN', points: 2, parentId: epic!.id }]),
      ...Array.from({ length: 60 }, (_, n): Told[] => [
        [day(-61), `t${n}`, { type: 'TASK', state: 'OPEN' }],
        [day(-1 - n), `t${n}`, DONE],
      ]).flat(),
      [day(-2), 'below0', DONE],
    ]);
    await direct.query(`UPDATE ticket SET state = 'DONE', resolution = 'DONE', ended_at = now() WHERE id = $1`, [below[0]!.id]);
    const EPICS = `query($p: ID!, $asOf: DateTime) { projectEpics(projectId: $p, asOf: $asOf) { behind forecast { refusal completed }
      epics { ticketId tickets done points pointsDone unestimated openIds place forecast } } }`;
    const epics = async (asOf: string | null = null) =>
      (await story.ada.client.ask<{ projectEpics: { forecast: object | null; epics: { forecast: string[] | null }[] } }>(EPICS, { p: story.project.id, asOf }))
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
    expect(now.epics[0]?.forecast).toEqual((await story.forecast({ count: 2 })).days);
    expect(await epics(day(-3))).toMatchObject({ forecast: null, epics: [{ tickets: 3, done: 0, place: null, forecast: null }] });
    expect((await story.ada.client.send(EPICS, { p: randomUUID(), asOf: null })).codes).toEqual(['NOT_FOUND']);
  });

  it('is refused where there is too little, and where it is no question', async () => {
    expect((await story.forecast({ count: 3 })).refusal).toBe('TOO_FEW_DAYS');
    for (const asked of [{}, { count: 1, until: '2030-01-01' }, { count: 0 }, { until: '2020-01-01' }, { until: 'soon' }, { count: 1, presence: 2 }])
      expect((await story.ada.client.send(FORECAST, { p: story.project.id, ...PLAIN, ...asked })).codes).toEqual(['BAD_INPUT']);
  });
});
