import { InboxFeed } from '../notify/inbox-feed.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import { row, rows } from '../platform/sql/database.ts';
import { buildOrganisation } from '../../test/factories/people.ts';
import { until } from '../../test/runs.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { Seeding } from './seeding.ts';
import { DATASETS, FIRST_RUN, PEOPLE, PROJECTS, TEAMS } from './workspace.ts';

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
      tickets: tickets.length,
      comments: tickets.flatMap((ticket) => ticket.comments ?? []).length,
      files: tickets.flatMap((ticket) => ticket.files ?? []).length,
      datasets: DATASETS.length,
    });
    expect(await seeding().mayBegin()).toBe(true);
    expect(Object.values(await seeding().workspace()).every((count) => count === 0)).toBe(true);

    const client = trainyard.client();
    const { setup } = await client.ask<{ setup: { demo: { email: string; password: string } } }>('{ setup { demo { email password } } }');
    await client.ask('mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { orgRole } } }', setup.demo);
    const { projects } = await client.ask<{
      projects: { key: string; boards: { columns: { name: string; wipLimit: number | null; ticketCount: number }[] }[] }[];
    }>('{ projects { key boards { columns { name wipLimit ticketCount } } } }');
    expect(projects.map(({ key }) => key)).toEqual(['ATL', 'OPS', 'VIS']);
    const over = projects
      .flatMap(({ boards }) => boards)
      .flatMap(({ columns }) => columns)
      .filter(({ wipLimit, ticketCount }) => wipLimit !== null && ticketCount > wipLimit);
    expect(over).toEqual([{ name: 'In progress', wipLimit: 4, ticketCount: 5 }]);
    const { tickets: dropped } = await client.ask<{ tickets: { nodes: { key: string; resolution: string }[] } }>(
      '{ tickets(query: "resolution:cancelled,duplicate sort:key") { nodes { key resolution } } }',
    );
    expect(dropped.nodes).toEqual([
      { key: 'VIS-23', resolution: 'CANCELLED' },
      { key: 'VIS-24', resolution: 'DUPLICATE' },
    ]);
    // two tickets were given to the owner by others, and one of them commented on
    const feed = new InboxFeed(trainyard.app.get(LogReaders));
    feed.onApplicationBootstrap();
    const told = () => client.ask<{ inbox: { nodes: { reason: string; actor: { name: string } }[] } }>('{ inbox { nodes { reason actor { name } } } }');
    const { inbox } = await until(told, (found) => found.inbox.nodes.length === 3);
    await feed.beforeApplicationShutdown();
    expect(inbox.nodes.map(({ reason, actor }) => `${actor.name}: ${reason}`).toSorted()).toEqual([
      'Marco Rossi: ASSIGNED',
      'Sofia Lindqvist: ASSIGNED',
      '刘洋: COMMENTED',
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
    const runs = await rows(trainyard.database.direct, 'SELECT r.state, t.title FROM run r JOIN ticket t ON t.id = r.ticket_id AND t.latest_run_id = r.id');
    expect(runs).toEqual([{ state: 'QUEUED', title: FIRST_RUN.ticket }]);
  });

  it("is not put into somebody's own organisation", async () => {
    await buildOrganisation(trainyard);
    expect(await new Seeding(trainyard.app).mayBegin()).toBe(false);
  });
});
