import { randomUUID } from 'node:crypto';
import { buildProject, buildTickets, memberOf } from '../../test/factories/board.ts';
import { buildTeam, someone } from '../../test/factories/people.ts';
import { buildRun } from '../../test/factories/training.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { TestRunner } from '../../test/runner.ts';
import { Subscriber } from '../../test/subscriber.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

interface Home {
  role: string;
  guessedRole: string;
  blocks: { block: string; folded: boolean }[];
  firstDay: { step: string; done: boolean }[] | null;
}
const HOME = 'role guessedRole blocks { block folded } firstDay { step done }';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const home = async (client: GraphqlClient): Promise<Home> => (await client.ask<{ home: Home }>(`{ home { ${HOME} } }`)).home;
const update = async (client: GraphqlClient, input: object): Promise<Home> =>
  (await client.ask<{ updateHome: Home }>(`mutation ($input: UpdateHomeInput!) { updateHome(input: $input) { ${HOME} } }`, { input })).updateHome;
const unfolded = ({ blocks }: Home): string[] => blocks.flatMap(({ block, folded }) => (folded ? [] : [block]));
const steps = ({ firstDay }: Home): string[] | undefined => firstDay?.flatMap(({ step, done }) => (done ? [step] : []));

// It goes first: later specs fill the organisation.
it('tells the steps of the first day from what is there and may be known of, until all are done or nobody wants to see them', async () => {
  const { client } = await someone(trainyard);
  expect(steps(await home(client))).toEqual([]);
  const hidden = await buildProject(trainyard, { visibility: 'PRIVATE' });
  await buildTickets(trainyard, 1, { project: hidden });
  const insider = (await memberOf(trainyard, hidden)).client;
  expect(steps(await home(client))).toEqual(['INVITE']);
  expect(steps(await home(insider))).toEqual(['MAKE_TICKET', 'INVITE']);
  await buildRun(trainyard);
  expect(steps(await home(client))).toEqual(['ADD_DATA', 'MAKE_TICKET', 'QUEUE_RUN', 'INVITE']);
  expect((await update(insider, { dismissed: true })).firstDay).toBe(null);
  expect(steps(await update(insider, { dismissed: false }))).toHaveLength(4);
  await TestRunner.online(trainyard);
  expect((await home(client)).firstDay).toBe(null);
});

it('begins with what one’s profession needs, of today', async () => {
  const { client, user } = await someone(trainyard);
  expect(await home(client)).toMatchObject({ role: 'ENGINEER', guessedRole: 'ENGINEER' });
  const { id: teamId } = await buildTeam(trainyard);
  const join = (key: string, from: number, to: number) =>
    trainyard.database.direct.query(
      `INSERT INTO membership (id, team_id, user_id, role_id, team_role, allocation, from_date, to_date)
       SELECT $1, $2, $3, id, 'MEMBER', 50, CURRENT_DATE + $5::int, CURRENT_DATE + $6::int FROM role WHERE key = $4`,
      [randomUUID(), teamId, user.id, key, from, to],
    );
  await join('PRODUCT_MANAGER', -20, -10);
  expect(await home(client)).toMatchObject({ guessedRole: 'ENGINEER' });
  await join('PROJECT_MANAGER', -5, 5);
  expect(await home(client)).toMatchObject({ role: 'PROJECT_MANAGER', guessedRole: 'PROJECT_MANAGER' });
});

it('keeps what somebody chose, each thing by itself, and nothing for others', async () => {
  const { client } = await someone(trainyard);
  const other = (await someone(trainyard)).client;
  const before = await home(other);
  expect(unfolded(await update(client, { role: 'DIRECTOR' }))).toEqual(['WEEK', 'PROJECTS', 'ALLOCATION', 'COMPUTE']);
  // Two windows at once.
  await Promise.all([update(client, { fold: 'PROJECTS' }), update(client, { unfold: 'MY_RUNS' }), update(client, { fold: 'COMPUTE' })]);
  expect(unfolded(await home(client))).toEqual(['WEEK', 'ALLOCATION', 'MY_RUNS']);
  expect(unfolded(await update(client, { unfold: 'COMPUTE', order: ['MY_RUNS', 'COMPUTE'] }))).toEqual(['MY_RUNS', 'COMPUTE', 'WEEK', 'ALLOCATION']);
  expect(await update(client, { role: null, order: null })).toMatchObject({
    role: 'ENGINEER',
    blocks: expect.arrayContaining([{ block: 'PROJECTS', folded: true }]),
  });
  expect(await home(other)).toEqual(before);
});

describe('news of work', () => {
  const rename = (client: GraphqlClient, id: string, version: number, title: string) =>
    client.ask('mutation ($id: ID!, $version: Int!, $title: String!) { updateTicket(id: $id, version: $version, input: { title: $title }) { id } }', {
      id,
      version,
      title,
    });

  it('come at once, for what one may read, at most once in two seconds, and for nothing else', async () => {
    const hidden = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const { ids } = await buildTickets(trainyard, 1, { project: hidden });
    const open = await buildProject(trainyard);
    const { ids: seen } = await buildTickets(trainyard, 1, { project: open });
    const writer = await memberOf(trainyard, open);
    const [insider, outsider] = [await memberOf(trainyard, hidden), await someone(trainyard)];
    const [told, hushed] = [insider, outsider].map(({ client }) => new Subscriber<string>(client, 'subscription { workNews }', {}));
    if (!told || !hushed) throw new Error('two follow');
    try {
      await Promise.all([told, hushed].map((one) => one.until(({ events }) => events.length === 1)));
      const from = Date.now();
      for (let version = 1; version <= 4; version++) await rename(insider.client, ids[0] as string, version, `Name ${version}`);
      await told.until(({ events }) => events.length === 2);
      for (let version = 5; version <= 6; version++) await rename(insider.client, ids[0] as string, version, `Name ${version}`);
      await told.until(({ events }) => events.length === 3);
      expect(Date.now() - from).toBeGreaterThan(2_000);
      // They look as often: had the hidden project been news to them, it would have come by now.
      expect(hushed.events).toHaveLength(1);
      await rename(writer.client, seen[0] as string, 1, 'For everybody');
      await hushed.until(({ events }) => events.length > 1);
      expect(hushed.events).toHaveLength(2);
      expect(told.events.length).toBeLessThanOrEqual(4);
    } finally {
      await Promise.all([told.stop(), hushed.stop()]);
    }
  }, 30_000);
});
