import { buildTicket } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { buildRun } from '../../test/factories/training.ts';
import { DONE, FlowStory, type Told } from '../../test/flow-story.ts';

const story = FlowStory.ofFile();

describe('a sprint in the morning, and looked back on', () => {
  const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

  it('tells what moved, what is blocked, which runs ended and who is away', async () => {
    const { direct } = story.trainyard.database;
    const sprintId = await story.buildSprint('sprint', '2026-01-05', '2026-01-16', 'RUNNING');
    const [moved, blocker, left] = [
      await buildTicket(story.trainyard, { project: story.project }),
      await buildTicket(story.trainyard, { project: story.project }),
      await buildTicket(story.trainyard, { project: story.project }),
    ];
    await direct.query('UPDATE ticket SET sprint_id = $1, assignee_id = $3 WHERE id = ANY ($2)', [sprintId, [moved.id, blocker.id], story.ada.user.id]);
    await story.ada.client.ask('mutation($id: ID!, $column: ID!) { moveTicket(id: $id, columnId: $column, afterId: null) { id } }', {
      id: moved.id,
      column: story.project.columns[2],
    });
    await story.ada.client.ask('mutation($id: ID!, $other: ID!) { linkTickets(id: $id, side: BLOCKED_BY, otherId: $other) { id } }', {
      id: moved.id,
      other: blocker.id,
    });
    const run = await buildRun(story.trainyard, { ticket: moved });
    await direct.query(`UPDATE run SET state = 'FAILED', started_at = $2, ended_at = $3 WHERE id = $1`, [run.id, ago(3), ago(1)]);
    await direct.query(`UPDATE attempt SET state = 'FAILED', started_at = $2, ended_at = $3, is_gpu = true, failure_code = 'DIVERGED' WHERE run_id = $1`, [
      run.id,
      ago(3),
      ago(1),
    ]);
    await direct.query(`INSERT INTO time_off (id, user_id, from_date, to_date) VALUES (gen_random_uuid(), $1, now()::date - 1, now()::date + 1)`, [
      story.ada.user.id,
    ]);
    const DAY = `query($id: ID!) { sprintDay(sprintId: $id) { today since away tickets { ticketId column moves { by state } blockers { key title }
      runs { state failureCode deviceHours cpuHours } } } }`;
    const { sprintDay } = await story.ada.client.ask<{ sprintDay: { today: string; since: string; tickets: { runs: { deviceHours: number }[] }[] } }>(DAY, {
      id: sprintId,
    });
    expect(sprintDay.since < sprintDay.today).toBe(true);
    expect(sprintDay).toMatchObject({
      away: [story.ada.user.id],
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
    const eve = await someone(story.trainyard);
    expect((await eve.client.ask<{ sprintDay: null }>(DAY, { id: sprintId })).sprintDay).toBeNull();
  });

  it('tells what was forecast on its first day, what came, what was carried and what failed', async () => {
    const { direct } = story.trainyard.database;
    const id = await story.buildSprint('sprint', '2026-10-26', '2026-11-06');
    const carried = await buildTicket(story.trainyard, { project: story.project });
    story.call('carried', carried.id);
    const run = await buildRun(story.trainyard, { ticket: carried });
    await direct.query(
      `UPDATE attempt SET state = 'FAILED', started_at = '2026-11-02T10:00Z', ended_at = '2026-11-02T13:00Z', is_gpu = true, failure_code = 'OUT_OF_MEMORY' WHERE run_id = $1`,
      [run.id],
    );
    await direct.query(`UPDATE sprint SET started_at = '2026-10-26T09:00-04:00', closed_at = '2026-11-06T17:00-05:00' WHERE id = $1`, [id]);
    await direct.query(`INSERT INTO sprint_ticket (sprint_id, ticket_id, committed, outcome) VALUES ($1, $2, true, 'CARRIED')`, [id, carried.id]);
    const before = (n: number): string => new Date(Date.UTC(2026, 9, 25 - n, 15)).toISOString();
    await story.tell([
      [before(70), 'carried', story.planned(3)],
      ...Array.from({ length: 60 }, (_, n): Told[] => [
        [before(69), `t${n}`, { type: 'TASK', state: 'OPEN' }],
        [before(n), `t${n}`, DONE],
      ]).flat(),
      // Taken up again after the sprint: it was done then all the same. One that was done long before is only renamed.
      ['2026-10-26T08:00-04:00', 'mine', story.planned(5)],
      ['2026-10-28T09:00-04:00', 'mine', DONE],
      ['2026-11-20T09:00-05:00', 'mine', { state: 'OPEN', resolution: null }],
      ['2026-10-29T09:00-04:00', 't59', { points: 4 }],
      ['2026-10-30T09:00-04:00', 'other', { type: 'BUG', ...DONE }],
      ['2026-11-07T09:00-05:00', 'late', { type: 'BUG', ...DONE }],
    ]);
    const { sprintLookBack } = await story.ada.client.ask<{ sprintLookBack: { forecast: { tickets: { p50: number } } } }>(
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
    const then = await story.forecast({ count: 10, asOf: '2026-10-26T13:00:00Z' });
    expect([then.refusal, then.days![0]! > '2026-10-26' && then.days![0]! < '2026-11-15']).toEqual([null, true]);
  });
});
