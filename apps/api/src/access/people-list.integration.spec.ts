import { buildMembership, buildTeam, buildUser, someone } from '../../test/factories/people.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

const DAY = 86_400_000;
const day = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

describe('the list of people, by the teams of today', () => {
  let trainyard: TestTrainyard;
  let client: GraphqlClient;
  const found = async (query: string): Promise<string[]> =>
    (
      await client.ask<{ users: { nodes: { name: string }[] } }>('query($q: String!) { users(query: $q, first: 50) { nodes { name } } }', { q: query })
    ).users.nodes.map(({ name }) => name);

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    client = (await someone(trainyard, 'VIEWER')).client;
    const [vision, words] = [await buildTeam(trainyard, { name: 'Vision Models' }), await buildTeam(trainyard, { name: 'Words' })];
    const people = await Promise.all(['Ada', 'Bo', 'Chen', 'Dag'].map((name) => buildUser(trainyard, { name: `${name} of the list` })));
    const [ada, bo, chen] = people.map(({ id }) => id) as [string, string, string];
    await buildMembership(trainyard, vision.id, ada, 'LEAD', 60);
    await buildMembership(trainyard, words.id, ada, 'MEMBER', 50);
    await buildMembership(trainyard, words.id, bo, 'MEMBER', 80);
    const was = await buildMembership(trainyard, vision.id, bo, 'MEMBER', 20);
    await trainyard.database.direct.query('UPDATE membership SET from_date = $2, to_date = $3 WHERE id = $1', [was, day(-9), day(-1)]);
    const willBe = await buildMembership(trainyard, vision.id, chen, 'MEMBER', 100);
    await trainyard.database.direct.query('UPDATE membership SET from_date = $2 WHERE id = $1', [willBe, day(2)]);
  });
  afterAll(() => trainyard.stop());

  it.each([
    ['"of the list" team:"vision models"', ['Ada']],
    ['"of the list" team:WORDS', ['Ada', 'Bo']],
    ['"of the list" team:none', ['Chen', 'Dag']],
    ['"of the list" -team:words', ['Chen', 'Dag']],
    ['"of the list" allocation:>100', ['Ada']],
    ['"of the list" allocation:0', ['Chen', 'Dag']],
    ['"of the list" sort:-allocation,name', ['Ada', 'Bo', 'Chen', 'Dag']],
    ['"of the list" sort:allocation,-name', ['Dag', 'Chen', 'Bo', 'Ada']],
    ['"of the list" profession:none', ['Chen', 'Dag']],
  ])('%s', async (query, names) => {
    expect(await found(query)).toEqual(names.map((name) => `${name} of the list`));
  });

  it('knows professions by either name', async () => {
    const { roles } = await client.ask<{ roles: { key: string; nameEn: string; nameZh: string }[] }>('{ roles { key nameEn nameZh } }');
    const [held, other] = [roles.toSorted((a, b) => (a.key < b.key ? -1 : 1))[0]!, roles.toSorted((a, b) => (a.key < b.key ? -1 : 1))[1]!];
    for (const name of [held.nameEn.toLowerCase(), held.nameZh]) expect(await found(`"of the list" profession:"${name}"`)).toHaveLength(2);
    expect(await found(`"of the list" profession:"${other.nameEn}"`)).toEqual([]);
  });

  it('is exported with them', async () => {
    const response = await fetch(`${trainyard.url}/export/people.csv?columns=name,team,allocation&query=${encodeURIComponent('"of the list" sort:name')}`, {
      headers: client.headers,
    });
    expect((await response.text()).trim().split('\r\n').slice(1)).toEqual([
      'Ada of the list,"Vision Models, Words",110',
      'Bo of the list,Words,80',
      'Chen of the list,,0',
      'Dag of the list,,0',
    ]);
  });
});
