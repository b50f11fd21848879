import { buildOrganisation, buildTeam } from '../factories/people.ts';
import { TestTrainyard } from '../trainyard.ts';
import { everybody, nobody, person, tokenOf, type Asker, type Person } from './actors.ts';
import { ask, fieldsOf, schemaOf } from './ask.ts';
import { assertMutation } from './assert-mutation.ts';
import { scopeOf, type MutationCase, type Place } from './case.ts';
import { expectedRefusal } from './expected.ts';
import { MUTATIONS } from './mutations.ts';
import { buildPlace } from './place.ts';
import { row, rows } from '../../src/platform/sql/database.ts';

let trainyard: TestTrainyard;
let elsewhere: TestTrainyard;
let people: Awaited<ReturnType<typeof everybody>>;
let teamId: string;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  elsewhere = await trainyard.another();
});
afterAll(async () => {
  await elsewhere.stop();
  await trainyard.stop();
});

it('setUp makes the organisation and its first owner, once, and says so in the log', async () => {
  const asked = await (MUTATIONS['setUp'] as MutationCase).try({} as Place);
  expect((await ask(trainyard, nobody(trainyard), 'mutation', 'setUp', asked)).error).toBeNull();
  const at = { organisationId: await buildOrganisation(trainyard) } as Place;
  const owner = (await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM app_user')) ?? { id: '' };
  const { logs } = MUTATIONS['setUp'] as MutationCase;
  const appended = await rows(trainyard.database.direct, `SELECT scope, entity, action, entity_id AS "entityId", changes FROM activity ORDER BY seq`);
  expect(appended).toEqual(typeof logs === 'function' ? logs(asked, at, { userId: owner.id } as Person) : null);
  expect((await ask(trainyard, nobody(trainyard), 'mutation', 'setUp', asked)).error).toEqual({ code: 'SETUP_DONE', params: {} });
});

describe('each mutation demands its right, refuses what is stale, logs what it did, and wakes whoever watches:', () => {
  beforeAll(async () => {
    teamId = (await buildTeam(trainyard)).id;
    people = await everybody(trainyard, teamId, (await buildTeam(trainyard)).id);
  });

  it('all of them are looked at', () => {
    expect(Object.keys(MUTATIONS).toSorted()).toEqual(Object.keys(fieldsOf(schemaOf(trainyard), 'mutation')).toSorted());
  });

  const cases = Object.entries(MUTATIONS).flatMap(([name, mutation]) => [mutation].flat().map((each) => [name, each.on, each] as const));
  it.each(cases.filter(([name]) => name !== 'setUp'))('%s, asked on %s', async (name, on, mutation) => {
    const at = await buildPlace(trainyard, teamId, 'PRIVATE', people.insider);
    const fresh = await person(trainyard, 'somebody new', 'MEMBER');
    const readOnly = await tokenOf(trainyard, fresh, ['READ']);
    const refused = (asker: Asker): boolean =>
      (expectedRefusal('mutation', mutation.demands, asker, scopeOf(on, at, asker)) ?? mutation.also?.(asker, at) ?? null) !== null;
    const named = (...names: string[]): Asker[] => names.flatMap((each) => people.askers.filter((asker) => asker.name === each));
    // The weakest who may, and the strongest who may not.
    const by =
      on === 'SELF'
        ? fresh
        : named('another member of the team', "the team's lead", 'an administrator', 'the owner')
            .concat(people.insider)
            .find((asker) => !refused(asker));
    const notBy =
      [...named('an administrator', "the team's lead", 'another member of the team', 'a viewer of the team', 'a viewer outside'), readOnly].find(refused) ??
      readOnly;
    if (by === undefined) throw new Error(`nobody may ${name}`);
    await assertMutation({ name, mutation, at, by: by as Person, notBy, elsewhere });
  });
});
