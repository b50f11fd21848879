import { randomUUID } from 'node:crypto';
import type { GraphqlClient } from '../../test/client.ts';
import { countingSql } from '../../test/count-sql.ts';
import { buildProject, memberOf, type BuiltProject } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

const CAPACITY = `query($id: ID!) { sprint(id: $id) { capacity { isFrozen ratio { sprints points minutes } minutes points unestimated capacity isOver
  people { person { id } minutes capacity points unestimated isOver } } } }`;
interface Capacity {
  isFrozen: boolean;
  ratio: { sprints: number; points: number; minutes: number } | null;
  minutes: number;
  points: number;
  unestimated: number;
  capacity: number | null;
  isOver: boolean;
  people: { person: { id: string } | null; minutes: number; capacity: number | null; points: number; unestimated: number; isOver: boolean }[];
}

describe('the capacity of a sprint', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let client: GraphqlClient;
  let me: string;

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    project = await buildProject(trainyard, { kind: 'SCRUM' });
    const member = await memberOf(trainyard, project, 'LEAD');
    [client, me] = [member.client, member.user.id];
  });

  // Monday to Friday, two weeks
  const sprint = async (name = 'Sprint 1'): Promise<string> =>
    (
      await client.ask<{ createSprint: { id: string } }>('mutation($input: CreateSprintInput!) { createSprint(input: $input) { id } }', {
        input: { boardId: project.boardId, name, startsOn: '2026-11-30', endsOn: '2026-12-11' },
      })
    ).createSprint.id;
  const ticket = async (sprintId: string, points: number | null, assigneeId: string | null): Promise<string> => {
    const { createTicket } = await client.ask<{ createTicket: { id: string } }>('mutation($i: CreateTicketInput!) { createTicket(input: $i) { id } }', {
      i: { projectId: project.id, title: 'Work', type: 'TASK', points, assigneeId },
    });
    await client.ask('mutation($ids: [ID!]!, $s: ID) { planTickets(ids: $ids, sprintId: $s) { id } }', { ids: [createTicket.id], s: sprintId });
    return createTicket.id;
  };
  const capacity = async (id: string, by = client): Promise<Capacity> => (await by.ask<{ sprint: { capacity: Capacity } }>(CAPACITY, { id })).sprint.capacity;
  /** A sprint that ran from one day to another and completed so many points. */
  const ran = async (from: string, to: string, points: number, more = ''): Promise<void> => {
    const id = randomUUID();
    const { direct } = trainyard.database;
    await direct.query(
      /* sql */ `INSERT INTO sprint (id, project_id, board_id, name, goal, starts_on, ends_on, state, started_at, closed_at, abandoned)
        VALUES ($1::uuid, $2, $3, 'Earlier', '', $4::date, $5::date, 'CLOSED', $4::date + time '09:00', $5::date + time '17:00', $6)`,
      [id, project.id, project.boardId, from, to, more === 'ABANDONED'],
    );
    const done = await ticket(await sprint(id.slice(0, 8)), points, me);
    await direct.query('UPDATE ticket SET sprint_id = NULL WHERE id = $1', [done]);
    await direct.query("INSERT INTO sprint_ticket (sprint_id, ticket_id, committed, points_at_end, outcome) VALUES ($1, $2, true, $3, 'COMPLETED')", [
      id,
      done,
      points,
    ]);
  };

  it('is the minutes of its team on its days against what is in it, each and all together', async () => {
    const id = await sprint();
    const outside = (await someone(trainyard, 'MEMBER')).user.id;
    await ticket(id, 5, me);
    await ticket(id, null, me);
    await ticket(id, 2, outside);
    await ticket(id, 1, null);
    const cancelled = await ticket(id, 50, me);
    await client.ask('mutation($id: ID!) { setTicketState(id: $id, state: DONE, resolution: CANCELLED) { id } }', { id: cancelled });
    await client.ask('mutation($i: AddTimeOffInput!) { addTimeOff(input: $i) { id } }', {
      i: { userId: me, fromDate: '2026-12-01', toDate: '2026-12-02' },
    });
    const { people, ...whole } = await capacity(id);
    const of = (personId: string | null) => people.find(({ person }) => (person?.id ?? null) === personId);
    // half of their time is for this team
    expect(of(me)).toMatchObject({ minutes: 8 * 240, points: 5, unestimated: 1, capacity: null, isOver: false });
    expect(of(outside)).toMatchObject({ minutes: 0, points: 2, isOver: true });
    expect(people.at(-1)).toMatchObject({ person: null, points: 1, isOver: false });
    expect(whole).toMatchObject({ ratio: null, points: 8, unestimated: 1, capacity: null });
  });

  it('is told in points by what the last sprints of its board completed in the time of the team', async () => {
    // ten working days each; a sprint that was given up says nothing
    await ran('2026-09-07', '2026-09-18', 20);
    await ran('2026-09-21', '2026-10-02', 10);
    await ran('2026-10-05', '2026-10-16', 99, 'ABANDONED');
    const id = await sprint();
    expect((await capacity(id)).ratio).toBeNull();
    await ran('2026-10-19', '2026-10-30', 30);
    await ticket(id, 21, me);
    const told = await capacity(id);
    const team = told.people.filter(({ person }) => person);
    expect(told.ratio).toMatchObject({ sprints: 3, points: 60 });
    expect(told.ratio!.minutes).toBe(3 * told.minutes);
    expect(told).toMatchObject({ capacity: 20, isOver: true });
    expect(team.find(({ person }) => person?.id === me)?.capacity).toBe(Math.round(200 / team.length) / 10);
  });

  it('of one that ended is what it was then, whatever changes later, and measures later ones as it was', async () => {
    const { direct } = trainyard.database;
    await ran('2026-09-07', '2026-09-18', 20);
    await ran('2026-09-21', '2026-10-02', 10);
    await ran('2026-10-19', '2026-10-30', 30);
    const lead = (await memberOf(trainyard, project, 'LEAD')).client;
    const id = await sprint();
    const [mine, other] = [await ticket(id, 5, me), await ticket(id, 3, null)];
    await ticket(id, null, me);
    await client.ask('mutation($id: ID!) { startSprint(id: $id, version: 1) { id } }', { id });
    // it has run since its first day
    await direct.query("UPDATE sprint SET started_at = now() - interval '9 days' WHERE id = $1", [id]);
    const before = await capacity(id);
    expect(before).toMatchObject({ isFrozen: false, points: 8, unestimated: 1, ratio: { sprints: 3, points: 60 } });
    const close = async (): Promise<number> =>
      (await lead.ask<{ completeSprint: { version: number } }>('mutation($id: ID!) { completeSprint(id: $id, unfinishedTo: null) { version } }', { id }))
        .completeSprint.version;
    const version = await close();
    expect(await capacity(id)).toEqual({ ...before, isFrozen: true });
    const next = await sprint('Next');
    const { ratio } = await capacity(next);
    expect(ratio).toMatchObject({ sprints: 4, points: 60 });
    // of days on which it ran: reckoned anew, there would be fewer minutes
    await direct.query("INSERT INTO time_off (id, user_id, from_date, to_date) VALUES (gen_random_uuid(), $1, '2026-11-20', '2026-12-04')", [me]);
    expect((await capacity(next)).ratio).toEqual(ratio);

    await ran('2026-11-02', '2026-11-13', 40);
    // who is in the team, its zone, whose it is and how much: none of it was so then
    await memberOf(trainyard, project);
    await direct.query("UPDATE membership SET from_date = '2026-08-01' WHERE team_id = $1", [project.teamId]);
    await direct.query("UPDATE membership SET to_date = '2026-11-01' WHERE team_id = $1 AND user_id = $2", [project.teamId, me]);
    await direct.query("UPDATE project SET time_zone = 'Asia/Shanghai' WHERE id = $1", [project.id]);
    await direct.query('UPDATE ticket SET assignee_id = NULL, points = 13 WHERE id = $1', [mine]);
    await direct.query('UPDATE ticket SET assignee_id = $2 WHERE id = $1', [other, me]);
    expect(JSON.stringify(await capacity(id))).toBe(JSON.stringify({ ...before, isFrozen: true }));
    // opened again it has what there is now, and keeps that when it ends
    await lead.ask('mutation($id: ID!, $v: Int!) { reopenSprint(id: $id, version: $v) { id } }', { id, v: version });
    const again = await capacity(id);
    expect(again.isFrozen).toBe(false);
    expect(again.people.find(({ person }) => person === null)).toMatchObject({ points: 13 });
    await close();
    expect(await capacity(id)).toEqual({ ...again, isFrozen: true });
  });

  it('of one that ended before it was kept is reckoned from what there is now, and says so', async () => {
    const id = await sprint();
    await ticket(id, 5, me);
    await client.ask('mutation($id: ID!) { startSprint(id: $id, version: 1) { id } }', { id });
    await client.ask('mutation($id: ID!) { completeSprint(id: $id, unfinishedTo: null) { id } }', { id });
    expect(await capacity(id)).toMatchObject({ isFrozen: true, points: 5, minutes: 10 * 240 });
    await trainyard.database.direct.query('DELETE FROM sprint_capacity WHERE sprint_id = $1', [id]);
    expect(await capacity(id)).toMatchObject({ isFrozen: false, points: 0, minutes: 10 * 240 });
  });

  it('is for those who may read the project', async () => {
    const id = await sprint();
    expect((await capacity(id, (await someone(trainyard, 'VIEWER')).client)).people.length).toBeGreaterThan(0);
    await trainyard.database.direct.query("UPDATE project SET visibility = 'PRIVATE' WHERE id = $1", [project.id]);
    expect((await (await someone(trainyard, 'MEMBER')).client.ask<{ sprint: unknown }>(CAPACITY, { id })).sprint).toBeNull();
  });

  it('of all sprints of a project takes the statements of one, and tells the same', async () => {
    await ran('2026-09-07', '2026-09-18', 20);
    const ids = [await sprint('One')];
    const all = async (): Promise<{ id: string; capacity: Capacity }[]> =>
      (
        await client.ask<{ project: { sprints: { id: string; capacity: Capacity }[] } }>(
          `query($id: ID!) { project(id: $id) { sprints(states: [PLANNED]) { id capacity { isFrozen ratio { sprints points minutes } minutes points unestimated capacity isOver
            people { person { id } minutes capacity points unestimated isOver } } } } }`,
          { id: project.id },
        )
      ).project.sprints;
    const counted = async (): Promise<number> => {
      const counting = countingSql(trainyard);
      await all();
      return counting.stop();
    };
    await ticket(ids[0]!, 5, me);
    const one = await counted();
    for (const name of ['Two', 'Three', 'Four']) ids.push(await sprint(name));
    await ran('2026-10-05', '2026-10-16', 30);
    await ticket(ids[2]!, 3, me);
    expect(await counted()).toBe(one);
    for (const { id, capacity: told } of await all()) expect(told).toEqual(await capacity(id));
  });
});
