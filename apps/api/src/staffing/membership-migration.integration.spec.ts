import type { GraphqlClient } from '../../test/client.ts';
import { buildMembership, buildTeam, buildUser, someone } from '../../test/factories/people.ts';
import { migrating } from '../../test/migrating.ts';
import { momentBetween } from '../../test/moment.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { EffectiveMemberships1764000000027 } from '../migrations/0027-effective-memberships.ts';
import { WhatPeopleLeave1764000000033 } from '../migrations/0033-what-people-leave.ts';
import { Time1764000000038 } from '../migrations/0038-time.ts';
import { row, rows } from '../platform/sql/database.ts';

const ADD = 'mutation($input: AddMembershipInput!) { addMembership(input: $input) { id version } }';
const UPDATE = `mutation($id: ID!, $version: Int!, $allocation: Int, $toDate: String) {
  updateMembership(id: $id, version: $version, allocation: $allocation, toDate: $toDate) { version } }`;
const REMOVE = 'mutation($id: ID!, $version: Int!) { removeMembership(id: $id, version: $version, neverWas: true) }';
const MEMBERS = `query($id: ID!, $on: String, $knownAt: DateTime) { team(id: $id) { memberships(on: $on, knownAt: $knownAt) { allocation } } }`;

interface Made {
  id: string;
  version: number;
}

let trainyard: TestTrainyard;
let client: GraphqlClient;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  ({ client } = await someone(trainyard, 'ADMIN'));
});
afterAll(() => trainyard.stop());

const now = (): Promise<Date> => momentBetween(trainyard);
const stored = (): Promise<object[]> =>
  rows(
    trainyard.database.direct,
    'SELECT id, team_id, user_id, role_id, team_role, allocation, from_date::text, to_date::text, version FROM membership ORDER BY id',
  );

it('brings back the teams that were deleted, by the name that the log tells', async () => {
  const [team, person] = [await buildTeam(trainyard), await buildUser(trainyard)];
  await buildMembership(trainyard, team.id, person.id, 'MEMBER', 30);
  const before = await now();
  await client.ask('mutation($id: ID!) { deleteTeam(id: $id, version: 1) }', { id: team.id });
  const told = (): Promise<unknown> =>
    client.ask('query($id: ID!, $at: DateTime) { team(id: $id) { name deletedAt memberships(on: "2024-06-01", knownAt: $at) { allocation } } }', {
      id: team.id,
      at: before,
    });
  const migration = new WhatPeopleLeave1764000000033();
  await migrating(trainyard, (runner) => migration.down(runner));
  expect(await rows(trainyard.database.direct, 'SELECT FROM team WHERE id = $1', [team.id])).toEqual([]);
  await migrating(trainyard, (runner) => migration.up(runner));
  expect(await told()).toEqual({ team: { name: team.name, deletedAt: expect.any(String) as string, memberships: [{ allocation: 30 }] } });
});

it('keeps every row, and rebuilds from the log what was known when', async () => {
  const [team, unlogged] = [await buildTeam(trainyard), await buildTeam(trainyard)];
  const [person, other] = [await buildUser(trainyard), await buildUser(trainyard)];
  const roleId = (await client.ask<{ roles: { id: string }[] }>('{ roles { id } }')).roles[0]?.id;
  const add = async (userId: string, fields: object): Promise<Made> =>
    (await client.ask<{ addMembership: Made }>(ADD, { input: { teamId: team.id, userId, roleId, teamRole: 'MEMBER', ...fields } })).addMembership;
  const stay = await add(person.id, { fromDate: '2024-01-01', allocation: 30 });
  const made = await now();
  await client.ask(UPDATE, { ...stay, allocation: 40, toDate: '2024-12-31' });
  const changed = await now();
  await client.ask(UPDATE, { id: stay.id, version: 2, toDate: null });
  await buildMembership(trainyard, unlogged.id, person.id);
  const gone = await add(other.id, { allocation: 90 });
  const before = await now();
  await client.ask(REMOVE, { ...gone });
  const moments = [made, changed, before, await now()];
  const shares = async (on: string, knownAt: Date): Promise<number[]> =>
    (await client.ask<{ team: { memberships: { allocation: number }[] } }>(MEMBERS, { id: team.id, on, knownAt })).team.memberships
      .map((one) => one.allocation)
      .toSorted((a, b) => a - b);
  const asked = (): Promise<number[][]> => Promise.all(moments.flatMap((moment) => ['2024-06-01', '2025-06-01'].map((day) => shares(day, moment))));
  expect(await asked()).toEqual([[30], [30], [40], [], [40, 90], [40, 90], [40], [40]]);
  const all = await stored();

  const [migration, later] = [new EffectiveMemberships1764000000027(), new Time1764000000038()];
  await migrating(trainyard, async (runner) => {
    await later.down(runner);
    await migration.down(runner);
    await migration.up(runner);
    await later.up(runner);
  });

  expect(await stored()).toEqual(all);
  expect(await asked()).toEqual([[30], [30], [40], [], [40, 90], [40, 90], [40], [40]]);
  // what no entry tells of is known since its row says
  expect(await row(trainyard.database.direct, 'SELECT known_from = created_at AS since FROM membership WHERE team_id = $1', [unlogged.id])).toEqual({
    since: true,
  });
  expect(await rows(trainyard.database.direct, 'SELECT version, allocation FROM membership_superseded WHERE id = $1 ORDER BY version', [stay.id])).toEqual([
    { version: 1, allocation: 30 },
    { version: 2, allocation: 40 },
  ]);
});
