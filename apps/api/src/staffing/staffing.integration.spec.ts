import { buildProject } from '../../test/factories/board.ts';
import { buildMembership, buildTeam, buildUser, someone } from '../../test/factories/people.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

const ADD = 'mutation($input: AddMembershipInput!) { addMembership(input: $input) { id version allocation user { name } team { name } role { key } } }';

describe('staffing', () => {
  let trainyard: TestTrainyard;
  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());

  const firstRole = async (): Promise<string> => {
    const { client } = await someone(trainyard, 'VIEWER');
    return (await client.ask<{ roles: { id: string }[] }>('{ roles { id } }')).roles[0]?.id ?? '';
  };

  it('starts with the nine professions in three groups, and administrators add more', async () => {
    const { client } = await someone(trainyard, 'ADMIN');
    const { roles } = await client.ask<{ roles: { group: string }[] }>('{ roles { key group nameEn nameZh } }');
    const groups = Map.groupBy(roles, (role) => role.group);
    expect([...groups.keys()]).toEqual(['CORE_RND', 'TECHNICAL_SUPPORT', 'PROJECT_MANAGEMENT']);
    expect([...groups.values()].map((group) => group.length)).toEqual([3, 3, 3]);
    await client.ask('mutation { createRole(group: CORE_RND, nameEn: "Prompt engineer", nameZh: "提示工程师") { key } }');
    const member = await someone(trainyard);
    expect((await member.client.send('mutation { createRole(group: CORE_RND, nameEn: "x", nameZh: "y") { key } }')).codes).toEqual(['FORBIDDEN']);
  });

  it('puts one person in several teams, with a role and a share of time in each', async () => {
    const { client } = await someone(trainyard, 'ADMIN');
    const person = await buildUser(trainyard, { name: 'Wang Fang' });
    const [one, two] = [await buildTeam(trainyard), await buildTeam(trainyard)];
    const roleId = await firstRole();
    for (const [team, allocation] of [
      [one, 60],
      [two, 50],
    ] as const) {
      await client.ask(ADD, { input: { teamId: team.id, userId: person.id, roleId, teamRole: 'MEMBER', allocation } });
    }
    const again = await client.send(ADD, { input: { teamId: one.id, userId: person.id, roleId, teamRole: 'LEAD', allocation: 10 } });
    expect(again.codes).toEqual(['MEMBERSHIP_EXISTS']);
    const { users } = await client.ask<{ users: { nodes: { memberships: { allocation: number; team: { name: string } }[] }[] } }>(
      '{ users(search: "Wang Fang") { nodes { memberships { allocation team { name } } } } }',
    );
    expect(users.nodes[0]?.memberships).toEqual([
      { allocation: 60, team: { name: one.name } },
      { allocation: 50, team: { name: two.name } },
    ]);
  });

  it('lets a lead manage their own team and no other', async () => {
    const lead = await someone(trainyard);
    const [own, other] = [await buildTeam(trainyard), await buildTeam(trainyard)];
    await buildMembership(trainyard, own.id, lead.user.id, 'LEAD');
    const person = await buildUser(trainyard);
    const input = { userId: person.id, roleId: await firstRole(), teamRole: 'MEMBER', allocation: 20 };
    const added = await lead.client.ask<{ addMembership: { id: string } }>(ADD, { input: { ...input, teamId: own.id } });
    expect((await lead.client.send(ADD, { input: { ...input, teamId: other.id } })).codes).toEqual(['FORBIDDEN']);
    const remove = 'mutation($id: ID!) { removeMembership(id: $id, version: 1) }';
    const stranger = await someone(trainyard);
    expect((await stranger.client.send(remove, { id: added.addMembership.id })).codes).toEqual(['FORBIDDEN']);
    expect((await lead.client.send(remove, { id: added.addMembership.id })).codes).toEqual([]);
  });

  it('refuses shares outside 0 to 100, days that do not exist, unknown people, and stale changes', async () => {
    const { client } = await someone(trainyard, 'ADMIN');
    const team = await buildTeam(trainyard);
    const person = await buildUser(trainyard);
    const input = { teamId: team.id, userId: person.id, roleId: await firstRole(), teamRole: 'MEMBER', allocation: 50 };
    const codes = async (change: object): Promise<string[]> => (await client.send(ADD, { input: { ...input, ...change } })).codes;
    expect(await codes({ allocation: 101 })).toEqual(['ALLOCATION_OUT_OF_RANGE']);
    expect(await codes({ allocation: -1 })).toEqual(['ALLOCATION_OUT_OF_RANGE']);
    expect(await codes({ fromDate: '2026-02-30' })).toEqual(['BAD_INPUT']);
    expect(await codes({ fromDate: '2026-03-02', toDate: '2026-03-01' })).toEqual(['BAD_INPUT']);
    expect(await codes({ userId: team.id })).toEqual(['BAD_INPUT']);
    expect(await codes({ userId: 'not-an-id' })).toEqual(['BAD_INPUT']);
    const { addMembership } = await client.ask<{ addMembership: { id: string } }>(ADD, { input });
    const update =
      'mutation($id: ID!, $version: Int!, $allocation: Int) { updateMembership(id: $id, version: $version, allocation: $allocation) { allocation version } }';
    expect(await client.ask(update, { id: addMembership.id, version: 1, allocation: 80 })).toEqual({ updateMembership: { allocation: 80, version: 2 } });
    expect(await client.ask(update, { id: addMembership.id, version: 2, allocation: 100 })).toEqual({ updateMembership: { allocation: 100, version: 3 } });
    expect((await client.send(update, { id: addMembership.id, version: 1, allocation: 10 })).codes).toEqual(['STALE_VERSION']);
  });

  it('keeps a team that owns projects', async () => {
    const { client } = await someone(trainyard, 'ADMIN');
    const { teamId } = await buildProject(trainyard);
    const { errors } = await client.send('mutation($id: ID!) { deleteTeam(id: $id, version: 1) }', { id: teamId });
    expect(errors[0]?.extensions).toEqual({ code: 'TEAM_IN_USE', params: { projects: 1 } });
  });

  it('gives no project to a team that was deleted', async () => {
    const { client } = await someone(trainyard, 'ADMIN');
    const [project, gone] = [await buildProject(trainyard), await buildTeam(trainyard)];
    await client.ask('mutation($id: ID!) { deleteTeam(id: $id, version: 1) }', { id: gone.id });
    const make = await client.send('mutation($input: CreateProjectInput!) { createProject(input: $input) { id } }', {
      input: { key: 'GONE', name: 'Gone', visibility: 'OPEN', teamId: gone.id, boardKind: 'SCRUM' },
    });
    const give = await client.send('mutation($id: ID!, $teamId: ID!) { updateProject(id: $id, version: 1, input: { teamId: $teamId }) { id } }', {
      id: project.id,
      teamId: gone.id,
    });
    for (const { errors } of [make, give]) expect(errors[0]?.extensions).toEqual({ code: 'BAD_INPUT', params: { field: 'teamId', reason: 'UNKNOWN' } });
  });

  it('writes every change into the log, with what it was and is', async () => {
    const { client, user } = await someone(trainyard, 'ADMIN');
    const { createTeam } = await client.ask<{ createTeam: { id: string } }>('mutation { createTeam(name: "Logged") { id } }');
    await client.ask('mutation($id: ID!) { updateTeam(id: $id, version: 1, name: "Renamed") { id } }', { id: createTeam.id });
    const logged = (await trainyard.database.direct.query('SELECT action, changes, actor_id FROM activity WHERE entity_id = $1 ORDER BY seq', [
      createTeam.id,
    ])) as object[];
    expect(logged).toMatchObject([
      { action: 'CREATED', actor_id: user.id },
      { action: 'UPDATED', actor_id: user.id, changes: { name: { from: 'Logged', to: 'Renamed' } } },
    ]);
    expect((await client.send('mutation { createTeam(name: "renamed") { id } }')).codes).toEqual(['CONFLICT']);
    await expect(trainyard.database.direct.query('UPDATE activity SET action = $1', ['DELETED'])).rejects.toThrow('append-only');
  });

  it('asks the database the same few questions for many teams as for few', async () => {
    const { client } = await someone(trainyard, 'ADMIN');
    const query = trainyard.database.source.manager.query.bind(trainyard.database.source.manager);
    const count = async (): Promise<number> => {
      let asked = 0;
      trainyard.database.source.manager.query = async (...args: Parameters<typeof query>) => {
        asked += 1;
        return query(...args);
      };
      await client.ask('{ teams { id memberCount memberships { user { name } role { key } team { name } } } }');
      trainyard.database.source.manager.query = query;
      return asked;
    };
    const few = await count();
    for (let i = 0; i < 5; i++) {
      const team = await buildTeam(trainyard);
      for (let j = 0; j < 3; j++) await buildMembership(trainyard, team.id, (await buildUser(trainyard)).id);
    }
    expect(await count()).toBe(few);
    expect(few).toBeLessThanOrEqual(6);
  });

  it('refuses to go from people to teams to people again and again', async () => {
    const { client } = await someone(trainyard);
    const round = (inner: string): string => `memberships { user { memberships { team { ${inner} } } } }`;
    expect((await client.send(`{ teams { ${round('id')} } }`)).codes).toEqual([]);
    expect((await client.send(`{ teams { ${round('memberships { user { name } }')} } }`)).codes).toEqual(['QUERY_TOO_COMPLEX']);
  });
});
