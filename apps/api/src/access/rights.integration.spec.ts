import type { TeamRole, TokenScope } from '@trainyard/domain';
import { buildProject, buildTicket, memberOf } from '../../test/factories/board.ts';
import { buildMembership, buildUser, someone } from '../../test/factories/people.ts';
import { buildDataset, buildRun } from '../../test/factories/training.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { row } from '../platform/sql/database.ts';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

/** A script with a token of these scopes, made by this person at a browser. */
async function scriptOf(client: GraphqlClient, scopes: TokenScope[]): Promise<GraphqlClient> {
  const { createAccessToken } = await client.ask<{ createAccessToken: { secret: string } }>(
    'mutation($scopes: [TokenScope!]!) { createAccessToken(name: "script", scopes: $scopes) { secret } }',
    { scopes },
  );
  const script = trainyard.client();
  script.csrf = false;
  script.token = createAccessToken.secret;
  return script;
}

/** A person's place in a team becomes this one; null takes it away. */
async function nowInTeam(teamId: string, userId: string, teamRole: TeamRole | null): Promise<void> {
  await trainyard.database.direct.query('DELETE FROM membership WHERE team_id = $1 AND user_id = $2', [teamId, userId]);
  if (teamRole) await buildMembership(trainyard, teamId, userId, teamRole);
}

describe('what somebody made', () => {
  const recheck = (client: GraphqlClient, id: string) => client.send('mutation($id: ID!) { recheckDataset(id: $id) { state } }', { id });
  const remove = (client: GraphqlClient, id: string) => client.send('mutation($id: ID!) { deleteDataset(id: $id, version: 1) }', { id });

  it('is theirs to change only while they may write: a dataset of a private project', async () => {
    const project = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const { user, client } = await memberOf(trainyard, project);
    const other = await memberOf(trainyard, project);
    const dataset = await buildDataset(trainyard, { projectId: project.id, createdBy: user.id });
    expect((await recheck(other.client, dataset)).codes).toEqual(['FORBIDDEN']);
    await nowInTeam(project.teamId, user.id, 'VIEWER');
    expect([(await recheck(client, dataset)).codes, (await remove(client, dataset)).codes]).toEqual([['FORBIDDEN'], ['FORBIDDEN']]);
    await nowInTeam(project.teamId, user.id, null);
    expect([(await recheck(client, dataset)).codes, (await remove(client, dataset)).codes]).toEqual([['NOT_FOUND'], ['NOT_FOUND']]);
    await nowInTeam(project.teamId, user.id, 'MEMBER');
    expect((await remove(client, dataset)).codes).toEqual([]);
  });

  it('is theirs to change only while they may write: a dataset of the organisation', async () => {
    const { user, client } = await someone(trainyard);
    const dataset = await buildDataset(trainyard, { createdBy: user.id });
    expect((await recheck((await someone(trainyard)).client, dataset)).codes).toEqual(['FORBIDDEN']);
    await trainyard.database.direct.query(`UPDATE app_user SET org_role = 'VIEWER' WHERE id = $1`, [user.id]);
    expect([(await recheck(client, dataset)).codes, (await remove(client, dataset)).codes]).toEqual([['FORBIDDEN'], ['FORBIDDEN']]);
    await trainyard.database.direct.query(`UPDATE app_user SET org_role = 'MEMBER' WHERE id = $1`, [user.id]);
    expect((await recheck(client, dataset)).codes).toEqual([]);
  });

  it('is theirs to cancel: a run in an open project, of somebody outside its team', async () => {
    const ticket = await buildTicket(trainyard);
    const [{ client: member }, { client: other }] = [await someone(trainyard), await someone(trainyard)];
    const run = await buildRun(trainyard, { ticket, member });
    const cancel = (client: GraphqlClient) => client.send('mutation($id: ID!) { cancelRun(id: $id) { state } }', { id: run.id });
    expect((await cancel(other)).codes).toEqual(['FORBIDDEN']);
    expect((await cancel(member)).data).toEqual({ cancelRun: { state: 'CANCELLED' } });
  });

  it('is edited by nobody else, and taken back by its author or a lead: a comment', async () => {
    const project = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const ticket = await buildTicket(trainyard, { project });
    const [author, colleague, lead] = [await memberOf(trainyard, project), await memberOf(trainyard, project), await memberOf(trainyard, project, 'LEAD')];
    const { addComment } = await author.client.ask<{ addComment: { id: string } }>('mutation($id: ID!) { addComment(ticketId: $id, body: "Said.") { id } }', {
      id: ticket.id,
    });
    const edit = async ({ client }: { client: GraphqlClient }, version = 1) =>
      (
        await client.send('mutation($id: ID!, $version: Int!) { updateComment(id: $id, version: $version, body: "Said otherwise.") { version } }', {
          id: addComment.id,
          version,
        })
      ).codes;
    const take = async ({ client }: { client: GraphqlClient }, version: number) =>
      (await client.send('mutation($id: ID!, $version: Int!) { deleteComment(id: $id, version: $version) }', { id: addComment.id, version })).codes;
    expect([await edit(colleague), await edit(lead), await edit(author)]).toEqual([['FORBIDDEN'], ['FORBIDDEN'], []]);
    await nowInTeam(project.teamId, author.user.id, 'VIEWER');
    expect([await edit(author, 2), await take(author, 2), await take(colleague, 2), await take(lead, 2)]).toEqual([
      ['FORBIDDEN'],
      ['FORBIDDEN'],
      ['FORBIDDEN'],
      [],
    ]);
  });

  it('is brought back or tried again by nobody who may only read', async () => {
    const project = await buildProject(trainyard);
    const run = await buildRun(trainyard, { ticket: await buildTicket(trainyard, { project }) });
    await run.member.ask('mutation($id: ID!) { cancelRun(id: $id) { state } }', { id: run.id });
    const reader = await memberOf(trainyard, await buildProject(trainyard, { teamId: project.teamId }), 'VIEWER');
    await trainyard.database.direct.query(`UPDATE app_user SET org_role = 'VIEWER' WHERE id = $1`, [reader.user.id]);
    expect((await reader.client.send('query($id: ID!) { run(id: $id) { state } }', { id: run.id })).codes).toEqual([]);
    expect((await reader.client.send('mutation($id: ID!) { retryRun(id: $id) { state } }', { id: run.id })).codes).toEqual(['FORBIDDEN']);
    await run.member.ask('mutation($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: run.ticket.id });
    expect((await reader.client.send('mutation($id: ID!) { restoreTicket(id: $id) { id } }', { id: run.ticket.id })).codes).toEqual(['FORBIDDEN']);
    // Who may write in an open project but not delete may not bring back either.
    const { client: outsider } = await someone(trainyard);
    expect((await outsider.send('mutation($id: ID!) { restoreTicket(id: $id) { id } }', { id: run.ticket.id })).codes).toEqual(['FORBIDDEN']);
  });
});

describe('a stolen token, whatever its scopes and whoever its person', () => {
  const CREATE = 'mutation($input: CreateUserInput!) { createUser(input: $input) { id } }';
  const UPDATE = 'mutation($id: ID!, $version: Int!, $input: UpdateUserInput!) { updateUser(id: $id, version: $version, input: $input) { version } }';

  it.each(['OWNER', 'ADMIN'] as const)('of an %s makes no account, password, stronger role or way back in', async (role) => {
    const { client } = await someone(trainyard, role);
    const script = await scriptOf(client, ['ADMIN']);
    for (const orgRole of ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'].filter((each) => role === 'OWNER' || each !== 'OWNER')) {
      expect(
        (await script.send(CREATE, { input: { name: 'Eve', email: `eve-${role}-${orgRole}@example.org`, password: 'a stolen sign-in', orgRole } })).codes,
      ).toEqual(['TOKEN_SCOPE']);
    }
    const [member, gone] = [await buildUser(trainyard), await buildUser(trainyard)];
    await trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [gone.id]);
    const update = async (id: string, input: object, version = 1) => (await script.send(UPDATE, { id, version, input })).codes;
    expect(await update(member.id, { password: 'a stolen sign-in' })).toEqual(['TOKEN_SCOPE']);
    expect(await update(member.id, { orgRole: 'ADMIN' })).toEqual(['TOKEN_SCOPE']);
    expect(await update(gone.id, { disabled: false })).toEqual(['TOKEN_SCOPE']);
    // What takes away, or gives nothing, scripts may go on doing.
    expect(await update(member.id, { name: 'Renamed', orgRole: 'VIEWER', disabled: true })).toEqual([]);
    expect(await update(gone.id, { name: 'Renamed' })).toEqual([]);
  });

  it('touches no owner', async () => {
    const { client, user } = await someone(trainyard, 'OWNER');
    const script = await scriptOf(client, ['ADMIN']);
    const other = await buildUser(trainyard, { orgRole: 'OWNER' });
    for (const id of [user.id, other.id]) {
      for (const input of [{ disabled: true }, { orgRole: 'MEMBER' }, { name: 'Nobody' }])
        expect((await script.send(UPDATE, { id, version: 1, input })).codes).toEqual(['TOKEN_SCOPE']);
    }
    expect((await client.send(UPDATE, { id: other.id, version: 1, input: { disabled: true } })).codes).toEqual([]);
  });

  it('makes no lead of a team', async () => {
    const project = await buildProject(trainyard);
    const { client } = await memberOf(trainyard, project, 'LEAD');
    const script = await scriptOf(client, ['WRITE', 'ADMIN']);
    const [{ id: userId }, role] = [await buildUser(trainyard), await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM role LIMIT 1')];
    const add = (by: GraphqlClient, teamRole: TeamRole) =>
      by.send<{ addMembership: { id: string } }>('mutation($input: AddMembershipInput!) { addMembership(input: $input) { id } }', {
        input: { teamId: project.teamId, userId, roleId: role?.id, teamRole, allocation: 10 },
      });
    const change = async (by: GraphqlClient, id: string, version: number, to: string) =>
      (await by.send(`mutation($id: ID!, $version: Int!) { updateMembership(id: $id, version: $version, ${to}) { version } }`, { id, version })).codes;
    expect((await add(script, 'LEAD')).codes).toEqual(['TOKEN_SCOPE']);
    const id = (await add(script, 'MEMBER')).data?.addMembership.id ?? '';
    expect(await change(script, id, 1, 'teamRole: LEAD')).toEqual(['TOKEN_SCOPE']);
    expect(await change(client, id, 1, 'teamRole: LEAD, toDate: "2020-01-01"')).toEqual([]);
    expect(await change(script, id, 2, 'toDate: null')).toEqual(['TOKEN_SCOPE']);
    expect(await change(script, id, 2, 'allocation: 20')).toEqual([]);
    expect(await change(script, id, 3, 'teamRole: VIEWER')).toEqual([]);
  });

  it('neither reads nor makes nor ends credentials', async () => {
    const { client } = await someone(trainyard, 'OWNER');
    const script = await scriptOf(client, ['ADMIN']);
    for (const document of [
      '{ viewer { sessions { id } } }',
      '{ viewer { accessTokens { id } } }',
      'mutation { createAccessToken(name: "more", scopes: [READ]) { secret } }',
      'mutation { revokeAccessToken(id: "00000000-0000-4000-8000-000000000000") }',
      'mutation { changePassword(current: "a password for tests", next: "a stolen sign-in") }',
      'mutation { signOutEverywhere }',
    ])
      expect([document, (await script.send(document)).codes]).toEqual([document, ['TOKEN_SCOPE']]);
  });

  it('ends with the account: a disabled person has no token', async () => {
    const admin = await someone(trainyard, 'ADMIN');
    const { user, client } = await someone(trainyard);
    const script = await scriptOf(client, ['WRITE']);
    expect((await script.send('{ teams { id } }')).codes).toEqual([]);
    await admin.client.ask(UPDATE, { id: user.id, version: 1, input: { disabled: true } });
    expect((await script.send('{ teams { id } }')).codes).toEqual(['UNAUTHENTICATED']);
    // A token that was not revoked does not let a disabled person in either.
    const other = await someone(trainyard);
    const left = await scriptOf(other.client, ['WRITE']);
    expect((await left.send('{ teams { id } }')).codes).toEqual([]);
    await trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [other.user.id]);
    expect((await left.send('{ teams { id } }')).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a membership', () => {
  it('of two in one team gives the rights of the stronger', async () => {
    const project = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const { user, client } = await memberOf(trainyard, project, 'VIEWER');
    const rename = async (version: number) =>
      (
        await client.send('mutation($id: ID!, $version: Int!) { updateProject(id: $id, version: $version, input: { name: "Ours" }) { id } }', {
          id: project.id,
          version,
        })
      ).codes;
    expect(await rename(1)).toEqual(['FORBIDDEN']);
    await trainyard.database.direct.query(
      `INSERT INTO membership (id, team_id, user_id, role_id, team_role, allocation) SELECT gen_random_uuid(), $1, $2, id, 'LEAD', 10 FROM role ORDER BY key DESC LIMIT 1`,
      [project.teamId, user.id],
    );
    expect(await rename(1)).toEqual([]);
  });

  it('counts from its first day to its last, by the clock of the server', async () => {
    const project = await buildProject(trainyard, { visibility: 'PRIVATE' });
    const { user, client } = await memberOf(trainyard, project);
    const during = async (from: string | null, to: string | null) => {
      await trainyard.database.direct.query('UPDATE membership SET from_date = CURRENT_DATE + $2::int, to_date = CURRENT_DATE + $3::int WHERE user_id = $1', [
        user.id,
        from,
        to,
      ]);
      const { project: seen } = await client.ask<{ project: object | null }>('query($id: ID!) { project(id: $id) { id } }', { id: project.id });
      const { viewer } = await client.ask<{ viewer: { teams: object[] } }>('{ viewer { teams { teamId } } }');
      expect(viewer.teams).toHaveLength(seen ? 1 : 0);
      return seen !== null;
    };
    const seen = [];
    for (const [from, to] of [
      [null, null],
      ['0', '0'],
      ['-1', '0'],
      ['0', '1'],
      ['-2', '-1'],
      [null, '-1'],
      ['1', null],
      ['1', '2'],
    ] as const)
      seen.push(await during(from, to));
    expect(seen).toEqual([true, true, true, true, false, false, false, false]);
  });
});
