import { dayAfter, dayBefore } from '@trainyard/domain';
import type { GraphqlClient } from '../../test/client.ts';
import { buildMembership, buildTeam, buildUser, someone, type BuiltUser } from '../../test/factories/people.ts';
import { hold, untilWaiting } from '../../test/locks.ts';
import { momentBetween } from '../../test/moment.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { databaseNow } from '../platform/sql/database.ts';

const ADD = 'mutation($input: AddMembershipInput!) { addMembership(input: $input) { id version } }';
const UPDATE = `mutation($id: ID!, $version: Int!, $allocation: Int, $teamRole: TeamRole, $fromDate: String, $toDate: String, $since: String) {
  updateMembership(id: $id, version: $version, allocation: $allocation, teamRole: $teamRole, fromDate: $fromDate, toDate: $toDate, since: $since)
  { id version allocation fromDate toDate } }`;
const REMOVE = 'mutation($id: ID!, $version: Int!, $neverWas: Boolean) { removeMembership(id: $id, version: $version, neverWas: $neverWas) }';
const DELETE_TEAM = 'mutation($id: ID!) { deleteTeam(id: $id, version: 1) }';
const MEMBERS = `query($id: ID!, $on: String, $knownAt: DateTime) { team(id: $id) { memberCount
  memberships(on: $on, knownAt: $knownAt) { allocation fromDate toDate user { name } } pastMemberships { allocation fromDate toDate user { name } } } }`;

interface Stretch {
  allocation: number;
  fromDate: string | null;
  toDate: string | null;
  user: { name: string };
}
interface Made {
  id: string;
  version: number;
}

let trainyard: TestTrainyard;
let client: GraphqlClient;
let team: { id: string; name: string };
let person: BuiltUser;
let roleId: string;
let today: string;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());
beforeEach(async () => {
  ({ client } = await someone(trainyard, 'ADMIN'));
  [team, person] = [await buildTeam(trainyard), await buildUser(trainyard, { name: 'Wei Ling' })];
  roleId = (await client.ask<{ roles: { id: string }[] }>('{ roles { id } }')).roles[0]?.id ?? '';
  today = (await databaseNow(trainyard.database.direct)).toISOString().slice(0, 10);
});

const input = (fields: object): object => ({ teamId: team.id, userId: person.id, roleId, teamRole: 'MEMBER', allocation: 50, ...fields });
const add = async (fields: object = {}): Promise<Made> => (await client.ask<{ addMembership: Made }>(ADD, { input: input(fields) })).addMembership;
const update = async (made: Made, fields: object): Promise<Made & Stretch> =>
  (await client.ask<{ updateMembership: Made & Stretch }>(UPDATE, { ...made, ...fields })).updateMembership;
const members = async (asked: object = {}): Promise<{ memberCount: number; memberships: Stretch[]; pastMemberships: Stretch[] }> =>
  (await client.ask<{ team: { memberCount: number; memberships: Stretch[]; pastMemberships: Stretch[] } }>(MEMBERS, { id: team.id, ...asked })).team;
const shares = async (on: string, knownAt?: Date): Promise<number[]> => (await members({ on, knownAt })).memberships.map((one) => one.allocation);
const now = (): Promise<Date> => momentBetween(trainyard);

describe('memberships over time', () => {
  it('are several stints of one person in one team', async () => {
    await add({ fromDate: '2020-01-01', toDate: '2020-12-31', allocation: 30 });
    await add({ fromDate: '2022-01-01', allocation: 60 });
    expect(await Promise.all(['2019-12-31', '2020-12-31', '2021-06-01', '2022-01-01'].map((day) => shares(day)))).toEqual([[], [30], [], [60]]);
    const { memberships, pastMemberships, memberCount } = await members();
    expect([memberships, pastMemberships, memberCount]).toMatchObject([[{ allocation: 60 }], [{ allocation: 30, toDate: '2020-12-31' }], 1]);
  });

  it.each([
    [{ fromDate: '2020-01-01', toDate: '2020-12-31' }, 'BETWEEN'],
    [{ fromDate: '2020-01-01' }, 'SINCE'],
    [{ toDate: '2020-12-31' }, 'UNTIL'],
    [{}, null],
  ])('refuse days of another stint, %j, and name it', async (period, reason) => {
    const other = await add(period);
    const { errors } = await client.send(ADD, { input: input({ fromDate: '2020-12-31', toDate: '2021-03-01' }) });
    const params = { membershipId: other.id, fromDate: null, toDate: null, ...period, reason };
    expect(errors[0]?.extensions).toEqual({ code: 'MEMBERSHIP_EXISTS', params });
  });

  it('refuse all but one of those who add the same person at once, and a change onto another stint', async () => {
    const sent = await Promise.all(Array.from({ length: 5 }, () => client.send<{ addMembership: Made }>(ADD, { input: input({ toDate: '2020-12-31' }) })));
    expect(sent.flatMap(({ codes }) => codes)).toEqual(Array(4).fill('MEMBERSHIP_EXISTS'));
    const later = await add({ fromDate: '2021-01-01' });
    expect((await client.send(UPDATE, { ...later, fromDate: '2020-12-31' })).codes).toEqual(['MEMBERSHIP_EXISTS']);
  });

  it('keep what was known when they are corrected', async () => {
    const made = await add({ fromDate: '2024-02-01', allocation: 40 });
    const before = await now();
    const corrected = await update(made, { allocation: 70, fromDate: '2024-03-01' });
    expect(corrected).toMatchObject({ id: made.id, version: 2 });
    expect([await shares('2024-02-29', before), await shares('2024-02-29'), await shares('2024-03-01', before), await shares('2024-03-01')]).toEqual([
      [40],
      [],
      [40],
      [70],
    ]);
  });

  it('are cut where a change counts from a day on, a leap day and the end of a month among them', async () => {
    const made = await add({ fromDate: '2024-01-31', allocation: 40 });
    const second = await update(made, { allocation: 60, since: '2024-03-01' });
    expect(second).toMatchObject({ version: 1, allocation: 60, fromDate: '2024-03-01', toDate: null });
    expect(second.id).not.toBe(made.id);
    expect(await Promise.all(['2024-01-30', '2024-01-31', '2024-02-29', '2024-03-01'].map((day) => shares(day)))).toEqual([[], [40], [40], [60]]);
    // from its first day on it is one that was always so
    expect(await update(second, { allocation: 80, since: '2024-03-01' })).toMatchObject({ id: second.id, version: 2, fromDate: '2024-03-01' });
  });

  it.each([
    ['a day before it', { since: '2023-12-31' }, { field: 'since', reason: 'NOT_IN_MEMBERSHIP' }],
    ['a day behind it', { since: '2025-01-01' }, { field: 'since', reason: 'NOT_IN_MEMBERSHIP' }],
    ['no day', { since: '2024-02-30' }, { field: 'since', reason: 'NOT_A_DAY' }],
    ['another first day', { since: '2024-05-01', fromDate: '2024-04-01' }, { field: 'fromDate', reason: 'NOT_WITH_SINCE' }],
    ['an end before it begins', { since: '2024-05-01', toDate: '2024-04-01' }, { field: 'toDate', reason: 'BEFORE_START' }],
  ])('refuse a change from %s', async (_, fields, params) => {
    const made = await add({ fromDate: '2024-01-01', toDate: '2024-12-31' });
    const { errors } = await client.send(UPDATE, { ...made, allocation: 10, ...fields });
    expect(errors[0]?.extensions).toEqual({ code: 'BAD_INPUT', params });
    expect(await shares('2024-06-01')).toEqual([50]);
  });

  it('end yesterday when a person is removed, and the days before stay on record', async () => {
    const made = await add({ fromDate: '2020-01-01' });
    const before = await now();
    await client.ask(REMOVE, { ...made });
    const { memberships, pastMemberships, memberCount } = await members();
    expect([memberships, memberCount, pastMemberships]).toMatchObject([[], 0, [{ fromDate: '2020-01-01', toDate: dayBefore(today) }]]);
    expect([await shares(dayBefore(today)), await shares(today), await shares(today, before)]).toEqual([[50], [], [50]]);
    const again = await client.send(REMOVE, { ...made, version: 2 });
    expect(again.errors[0]?.extensions).toEqual({ code: 'MEMBERSHIP_ENDED', params: { toDate: dayBefore(today) } });
    await client.ask(REMOVE, { id: made.id, version: 2, neverWas: true });
    expect([await shares(dayBefore(today)), await shares(dayBefore(today), before)]).toEqual([[], [50]]);
  });

  it('do not come back by what was to follow', async () => {
    const made = await add();
    const next = await update(made, { allocation: 60, since: dayAfter(today) });
    await update(next, { allocation: 70, since: '2099-01-01' });
    await add({ fromDate: '2020-01-01', roleId: (await client.ask<{ roles: { id: string }[] }>('{ roles { id } }')).roles[1]?.id });
    await client.ask(REMOVE, { ...made, version: 2 });
    expect([await shares(today), await shares('2098-01-01'), await shares('2099-01-01'), await shares(dayBefore(today))]).toEqual([[50], [50], [50], [50, 50]]);
  });

  it('that have not begun are taken back', async () => {
    const made = await add({ fromDate: today });
    await client.ask(REMOVE, { ...made });
    expect(await members()).toMatchObject({ memberships: [], pastMemberships: [], memberCount: 0 });
  });

  it('of tomorrow are shown as coming and counted by nobody', async () => {
    await add({ fromDate: dayAfter(today) });
    expect(await members()).toMatchObject({ memberships: [{ fromDate: dayAfter(today) }], memberCount: 0 });
  });

  it('of a person are told over time, those in a team that was deleted too', async () => {
    const gone = await buildTeam(trainyard);
    await buildMembership(trainyard, gone.id, person.id, 'LEAD');
    const before = await now();
    await client.ask(DELETE_TEAM, { id: gone.id });
    await add({ toDate: '2020-12-31' });
    await add({ fromDate: '2023-01-01' });
    const [{ memberships, pastMemberships, then }] = (
      await client.ask<{ users: { nodes: [{ memberships: Stretch[]; pastMemberships: Stretch[]; then: Stretch[] }] } }>(
        `query($search: String, $at: DateTime) { users(search: $search) { nodes {
          memberships { fromDate } pastMemberships { toDate team { name } } then: memberships(on: "2020-05-05", knownAt: $at) { toDate team { name } } } } }`,
        { search: person.email, at: before },
      )
    ).users.nodes;
    expect([memberships, pastMemberships, then]).toEqual([
      [{ fromDate: '2023-01-01' }],
      [
        { toDate: dayBefore(today), team: { name: gone.name } },
        { toDate: '2020-12-31', team: { name: team.name } },
      ],
      [{ toDate: null, team: { name: gone.name } }],
    ]);
  });

  it('end with their team, which still tells who was in it, and takes nobody', async () => {
    const [before, here] = [await add({ toDate: '2020-12-31' }), await add({ fromDate: '2023-01-01' })];
    const coming = await buildUser(trainyard);
    await add({ userId: coming.id, fromDate: dayAfter(today) });
    await client.ask(DELETE_TEAM, { id: team.id });
    const { memberships, pastMemberships, memberCount } = await members();
    expect([memberships, memberCount, pastMemberships]).toMatchObject([[], 0, [{ toDate: dayBefore(today) }, { toDate: '2020-12-31' }]]);
    expect([await shares('2020-05-05'), await shares(dayBefore(today)), await shares(today), await shares('2099-01-01')]).toEqual([[50], [50], [], []]);
    const logged = await trainyard.database.direct.query(
      `SELECT entity_id AS id, changes FROM activity WHERE entity = 'MEMBERSHIP' AND action = 'DELETED' AND changes #>> '{teamId,from}' = $1 ORDER BY seq`,
      [team.id],
    );
    expect(logged).toHaveLength(2);
    expect(logged).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: here.id, changes: expect.objectContaining({ toDate: { from: null, to: dayBefore(today) } }) as object }),
        { id: expect.any(String) as string, changes: { teamId: { from: team.id, to: null }, userId: { from: coming.id, to: null } } },
      ]),
    );
    const { teams, team: one } = await client.ask<{ teams: { id: string }[]; team: object }>(
      'query($id: ID!) { teams { id } team(id: $id) { name deletedAt version } }',
      { id: team.id },
    );
    expect(teams.map(({ id }) => id)).not.toContain(team.id);
    expect(one).toEqual({ name: team.name, deletedAt: expect.any(String) as string, version: 2 });
    const refused = [
      client.send(ADD, { input: input({}) }),
      client.send(UPDATE, { ...before, toDate: null }),
      client.send(REMOVE, { ...before, neverWas: true }),
      client.send('mutation($id: ID!) { updateTeam(id: $id, version: 2, name: "Back") { id } }', { id: team.id }),
      client.send('mutation($id: ID!) { deleteTeam(id: $id, version: 2) }', { id: team.id }),
    ];
    expect((await Promise.all(refused)).map(({ codes }) => codes)).toEqual(refused.map(() => ['NOT_FOUND']));
    await client.ask('mutation($name: String!) { createTeam(name: $name) { id } }', { name: team.name });
  });

  it('are not changed while their team is being deleted', async () => {
    const made = await add({ toDate: '2020-12-31' });
    const end = await hold(trainyard, async (tx) => {
      await tx.query('SELECT FROM team WHERE id = $1 FOR UPDATE', [team.id]);
      await tx.query('UPDATE team SET deleted_at = now() WHERE id = $1', [team.id]);
    });
    const late = client.send(UPDATE, { ...made, toDate: null });
    await untilWaiting(trainyard, 1);
    await end('COMMIT');
    expect((await late).codes).toEqual(['NOT_FOUND']);
  });

  it('are told as known at a moment only for a day, and to nobody who is not signed in', async () => {
    expect((await client.send(MEMBERS, { id: team.id, knownAt: new Date().toISOString() })).errors[0]?.extensions).toEqual({
      code: 'BAD_INPUT',
      params: { field: 'on', reason: 'REQUIRED' },
    });
    expect((await client.send(MEMBERS, { id: team.id, on: '2024-02-30' })).codes).toEqual(['BAD_INPUT']);
    expect((await trainyard.client().send(MEMBERS, { id: team.id, on: '2024-02-29' })).codes).toEqual(['UNAUTHENTICATED']);
  });
});
