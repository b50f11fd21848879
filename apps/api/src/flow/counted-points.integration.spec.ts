import { buildMembership, someone } from '../../test/factories/people.ts';
import { FlowStory } from '../../test/flow-story.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { row } from '../platform/sql/database.ts';

const story = FlowStory.ofFile();
const day = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);

const SPRINT = `query($id: ID!) { sprint(id: $id) { totals { tickets points unestimated done donePoints cancelled committed committedPoints }
  outcomes { key pointsAtEnd isCounted } capacity { points unestimated } } sprintReport(sprintId: $id) { baseline points { scope done unestimated } completed { total } carried { total } } }`;
interface Told {
  sprint: {
    totals: Record<'tickets' | 'points' | 'unestimated' | 'done' | 'donePoints' | 'committed' | 'committedPoints', number>;
    outcomes: { key: string; pointsAtEnd: number | null; isCounted: boolean }[];
    capacity: { points: number; unestimated: number };
  };
  sprintReport: { baseline: number; points: { scope: number; done: number; unestimated: number }[]; completed: { total: number }; carried: { total: number } };
}

describe('points of a sprint', () => {
  let client: GraphqlClient;
  let sprint: string;
  const told = async (): Promise<Told> => client.ask<Told>(SPRINT, { id: sprint });
  const made = async (type: string, points: number | null, parentId: string | null = null): Promise<string> =>
    (
      await client.ask<{ createTicket: { id: string } }>('mutation($input: CreateTicketInput!) { createTicket(input: $input) { id } }', {
        input: { projectId: story.project.id, title: type, type, points, parentId },
      })
    ).createTicket.id;
  const plan = (ids: string[], to: string | null = sprint): Promise<unknown> =>
    client.ask('mutation($ids: [ID!]!, $to: ID) { planTickets(ids: $ids, sprintId: $to) { id } }', { ids, to });
  const versioned = async (table: 'ticket' | 'sprint', id: string, mutation: string, more: object = {}): Promise<unknown> =>
    client.ask(mutation, {
      id,
      version: (await row<{ version: number }>(story.trainyard.database.direct, `SELECT version FROM ${table} WHERE id = $1`, [id]))?.version,
      ...more,
    });
  const change = (id: string, input: object): Promise<unknown> =>
    versioned(
      'ticket',
      id,
      'mutation($id: ID!, $version: Int!, $input: UpdateTicketInput!) { updateTicket(id: $id, version: $version, input: $input) { id } }',
      { input },
    );
  const move = (id: string, column: number): Promise<unknown> =>
    client.ask('mutation($id: ID!, $columnId: ID!) { moveTicket(id: $id, columnId: $columnId) { id } }', { id, columnId: story.project.columns[column] });
  const start = (): Promise<unknown> => versioned('sprint', sprint, 'mutation($id: ID!, $version: Int!) { startSprint(id: $id, version: $version) { id } }');
  const complete = (): Promise<unknown> => client.ask('mutation($id: ID!) { completeSprint(id: $id) { id } }', { id: sprint });

  beforeEach(async () => {
    const admin = await someone(story.trainyard, 'ADMIN');
    await buildMembership(story.trainyard, story.project.teamId, admin.user.id);
    client = admin.client;
    sprint = (
      await client.ask<{ createSprint: { id: string } }>('mutation($input: CreateSprintInput!) { createSprint(input: $input) { id } }', {
        input: { boardId: story.project.boardId, name: 'Counted', startsOn: day(0), endsOn: day(10) },
      })
    ).createSprint.id;
  });

  it('are those of the child where its parent is in it, too, and the parent counts again when the child has left', async () => {
    const parent = await made('STORY', 8);
    const [one, other] = [await made('SUBTASK', 3, parent), await made('SUBTASK', null, parent)];
    await plan([parent, one, other]);
    expect((await told()).sprint).toMatchObject({ totals: { tickets: 3, points: 3, unestimated: 1 }, capacity: { points: 3, unestimated: 1 } });
    await plan([one, other], null);
    expect((await told()).sprint).toMatchObject({ totals: { tickets: 1, points: 8, unestimated: 0 }, capacity: { points: 8, unestimated: 0 } });
  });

  it('are the same in the sums of the sprint, its capacity and its report, whatever becomes of parents and children', async () => {
    const tickets = [await made('EPIC', 20)];
    for (let n = 0; n < 3; n += 1) tickets.push(await made('STORY', n === 2 ? null : 5 + n, tickets[0]!));
    for (let n = 0; n < 5; n += 1) tickets.push(await made('SUBTASK', n === 4 ? null : n + 1, tickets[1 + (n % 2)]!));
    await plan(tickets.slice(0, 7));
    await start();
    const [epic, first, second, third, ...below] = tickets as [string, string, string, string, ...string[]];
    const steps: [string, () => Promise<unknown>][] = [
      ['started', () => Promise.resolve()],
      ['a child comes', () => plan([below[3]!])],
      ['a child is given to another parent', () => change(below[0]!, { parentId: third })],
      ['the last child of one leaves', () => plan([below[2]!], null)],
      ['a child is done', () => move(below[0]!, 4)],
      ['a parent is done', () => move(second, 4)],
      ['an estimate changes', () => change(below[1]!, { points: 13 })],
      ['a child is deleted', () => versioned('ticket', below[1]!, 'mutation($id: ID!, $version: Int!) { deleteTicket(id: $id, version: $version) { id } }')],
      ['a child comes back', () => client.ask('mutation($id: ID!) { restoreTicket(id: $id) { id } }', { id: below[1] })],
      ['a child has no parent', () => change(below[3]!, { parentId: null })],
      ['a child is cancelled', () => client.ask('mutation($id: ID!) { setTicketState(id: $id, state: DONE, resolution: CANCELLED) { id } }', { id: below[4] })],
      ['the epic leaves', () => plan([epic], null)],
      ['a story leaves', () => plan([first], null)],
    ];
    for (const [what, step] of steps) {
      await step();
      await story.read();
      const { sprint: now, sprintReport: report } = await told();
      const { scope, done, unestimated } = report.points.at(-1)!;
      expect([what, now.totals.points, now.totals.donePoints, now.totals.unestimated, now.totals.committedPoints, now.capacity.points]).toEqual([
        what,
        scope,
        done,
        unestimated,
        report.baseline,
        scope,
      ]);
    }
    await complete();
    await story.read();
    const { sprint: ended, sprintReport: report } = await told();
    expect(ended.totals.donePoints).toBeGreaterThan(0);
    expect([ended.totals.points, ended.totals.donePoints, ended.totals.committedPoints]).toEqual([
      report.completed.total + report.carried.total,
      report.completed.total,
      report.baseline,
    ]);
    const counted = ended.outcomes.filter(({ isCounted }) => isCounted);
    expect(counted.reduce((sum, { pointsAtEnd }) => sum + (pointsAtEnd ?? 0), 0)).toBe(ended.totals.points);
    const { projectVelocity } = await client.ask<{ projectVelocity: { sprints: object[] } }>(
      'query($p: ID!) { projectVelocity(projectId: $p) { sprints { committed completed } } }',
      { p: story.project.id },
    );
    expect(projectVelocity.sprints).toEqual([{ committed: report.baseline, completed: report.completed.total }]);
    // Nothing that comes later is counted back into it.
    await change(below[0]!, { points: 99, parentId: null });
    await change(second, { parentId: null });
    expect(JSON.stringify((await told()).sprint.totals)).toBe(JSON.stringify(ended.totals));
    expect((await told()).sprint.outcomes).toEqual(ended.outcomes);
  });

  it('are the same where it is opened again, and what it had carried runs elsewhere or was deleted', async () => {
    const ids: string[] = [];
    for (const points of [1, 2, 4, 8]) ids.push(await made('TASK', points));
    const [ended, gone, , back] = ids as [string, string, string, string];
    await plan(ids);
    await start();
    for (const id of [ended, gone]) await move(id, 4);
    const { createSprint: next } = await client.ask<{ createSprint: { id: string; version: number } }>(
      'mutation($input: CreateSprintInput!) { createSprint(input: $input) { id version } }',
      { input: { boardId: story.project.boardId, name: 'Next', startsOn: day(11), endsOn: day(20) } },
    );
    await client.ask('mutation($id: ID!, $to: ID) { completeSprint(id: $id, unfinishedTo: $to) { id } }', { id: sprint, to: next.id });
    await client.ask('mutation($id: ID!, $version: Int!) { startSprint(id: $id, version: $version) { id } }', { id: next.id, version: next.version });
    await plan([back], null);
    await versioned('ticket', gone, 'mutation($id: ID!, $version: Int!) { deleteTicket(id: $id, version: $version) { id } }');
    await versioned('sprint', sprint, 'mutation($id: ID!, $version: Int!) { reopenSprint(id: $id, version: $version) { id } }');
    expect((await told()).sprint).toMatchObject({ outcomes: [], totals: { tickets: 2, points: 9, done: 1 } });
    await complete();
    await story.read();
    const { sprint: now, sprintReport: report } = await told();
    expect([now.totals.points, now.totals.donePoints, now.totals.tickets, now.outcomes.map(({ pointsAtEnd }) => pointsAtEnd)]).toEqual([9, 1, 2, [1, 8]]);
    expect([report.completed.total + report.carried.total, report.completed.total]).toEqual([9, 1]);
    expect(now.totals.committedPoints).toBe(report.baseline);
  });

  it('of a sprint that ended when both counted are what they were', async () => {
    const parent = await made('STORY', 8);
    const child = await made('SUBTASK', 3, parent);
    await story.trainyard.database.direct.query(
      /* sql */ `WITH ended AS (UPDATE sprint SET state = 'CLOSED', started_at = now(), closed_at = now() WHERE id = $1 RETURNING id)
        INSERT INTO sprint_ticket (sprint_id, ticket_id, committed, points_at_start, points_at_end, outcome)
        SELECT e.id, n.id, true, n.points, n.points, 'COMPLETED' FROM ended e, unnest($2::uuid[], $3::float8[]) AS n (id, points)`,
      [sprint, [parent, child], [8, 3]],
    );
    expect((await told()).sprint.totals).toMatchObject({ points: 11, donePoints: 11, committedPoints: 11 });
  });
});
