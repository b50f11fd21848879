import WebSocket from 'ws';
import type { GraphqlClient } from '../../test/client.ts';
import { buildOrganisation, buildUser, PASSWORD, signedInAs, someone } from '../../test/factories/people.ts';
import { hold, untilWaiting } from '../../test/locks.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

const SIGN_IN = 'mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id } } }';
const ME = '{ viewer { user { id email } sessions { id current } } }';

describe('access', () => {
  let trainyard: TestTrainyard;
  beforeEach(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterEach(() => trainyard.stop());

  it('makes exactly one first owner, whoever asks at the same instant', async () => {
    const setUp = (email: string) =>
      trainyard.client().send('mutation($input: SetUpInput!) { setUp(input: $input) { user { orgRole } organisation { name } } }', {
        input: { organisationName: 'Yard', name: 'Ada', email, password: 'correct horse' },
      });
    expect(await trainyard.client().ask('{ setup { needed demo { email } } }')).toEqual({ setup: { needed: true, demo: null } });
    const replies = await Promise.all([setUp('a@example.org'), setUp('b@example.org'), setUp('c@example.org')]);
    expect(replies.flatMap((reply) => reply.codes)).toEqual(['SETUP_DONE', 'SETUP_DONE']);
    expect(await trainyard.client().ask('{ setup { needed } }')).toEqual({ setup: { needed: false } });
    // Nothing of the input is looked at any more, least of all hashed.
    const late = { organisationName: 'Yard', name: 'Eve', email: 'e@example.org', password: 'short' };
    expect((await trainyard.client().send('mutation($input: SetUpInput!) { setUp(input: $input) { user { id } } }', { input: late })).codes).toEqual([
      'SETUP_DONE',
    ]);
    expect(await trainyard.client().send('{ roles { key } }')).toMatchObject({ codes: ['UNAUTHENTICATED'] });
  });

  it('signs in and out, here and everywhere', async () => {
    const user = await buildUser(trainyard, { email: 'li@example.org' });
    const [desk, phone] = [trainyard.client(), trainyard.client()];
    await desk.ask(SIGN_IN, { email: ' LI@example.org ', password: PASSWORD });
    await phone.ask(SIGN_IN, { email: 'li@example.org', password: PASSWORD });
    const { viewer } = await desk.ask<{ viewer: { user: { id: string }; sessions: { current: boolean }[] } }>(ME);
    expect(viewer.user.id).toBe(user.id);
    expect(viewer.sessions.map((session) => session.current).sort()).toEqual([false, true]);
    const left = trainyard.client();
    left.cookie = desk.cookie;
    await desk.ask('mutation { signOut }');
    expect((await left.send(ME)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await desk.send(ME)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await phone.send(ME)).codes).toEqual([]);
    await desk.ask(SIGN_IN, { email: 'li@example.org', password: PASSWORD });
    const stolen = phone.cookie;
    await desk.ask('mutation { signOutEverywhere }');
    phone.cookie = stolen;
    expect((await phone.send(ME)).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('stores neither password, session nor token in the clear', async () => {
    const { client } = await someone(trainyard);
    const { createAccessToken } = await client.ask<{ createAccessToken: { secret: string } }>(
      'mutation { createAccessToken(name: "ci", scopes: [READ]) { secret } }',
    );
    const cookie = client.cookie?.split('=')[1] ?? 'no cookie';
    const dump = JSON.stringify(
      await trainyard.database.direct.query(
        'SELECT u.*, s.*, t.*, a.changes FROM app_user u JOIN session s ON s.user_id = u.id JOIN access_token t ON t.user_id = u.id, activity a',
      ),
    );
    expect(dump).not.toContain(PASSWORD);
    expect(dump).not.toContain(cookie);
    expect(dump).not.toContain(createAccessToken.secret);
    expect(dump).toContain('$argon2id$');
  });

  it('tells an unknown address from a wrong password by nothing, and throttles both', async () => {
    await buildUser(trainyard, { email: 'li@example.org' });
    const guess = (email: string) => trainyard.client().send(SIGN_IN, { email, password: 'wrong' });
    const wrong = await guess('li@example.org');
    const unknown = await guess('nobody@example.org');
    expect(wrong.codes).toEqual(['INVALID_CREDENTIALS']);
    expect(wrong.errors[0]?.message).toBe(unknown.errors[0]?.message);
    const replies = await Promise.all(Array.from({ length: 12 }, () => guess('li@example.org')));
    const codes = replies.flatMap((reply) => reply.codes);
    expect(codes.filter((code) => code === 'INVALID_CREDENTIALS').length).toBeLessThanOrEqual(4);
    expect(codes).toContain('SIGN_IN_THROTTLED');
    const right = await trainyard.client().send(SIGN_IN, { email: 'li@example.org', password: PASSWORD });
    expect(right.codes).toEqual(['SIGN_IN_THROTTLED']);
    expect(right.errors[0]?.extensions.params['seconds']).toBeGreaterThan(0);
  });

  it('throttles guesses of the current password from an open session, and takes the right one until then', async () => {
    const { client } = await someone(trainyard);
    const change = async (current: string, next = 'another horse 2') =>
      (await client.send('mutation($current: String!, $next: String!) { changePassword(current: $current, next: $next) }', { current, next })).codes;
    for (let i = 0; i < 3; i++) expect(await change('wrong')).toEqual(['INVALID_CREDENTIALS']);
    expect(await change(PASSWORD, 'short')).toEqual(['PASSWORD_TOO_WEAK']);
    // The right one starts the count anew.
    for (let i = 0; i < 5; i++) expect(await change('wrong')).toEqual(['INVALID_CREDENTIALS']);
    expect(await change(PASSWORD)).toEqual(['SIGN_IN_THROTTLED']);
  });

  it('lets everybody change their own name, once from what they saw, and tells the log', async () => {
    const { user, client } = await someone(trainyard, 'VIEWER');
    const change = (name: string, version = 1) =>
      client.send<{ changeName: { name: string; version: number } }>(
        'mutation($version: Int!, $name: String!) { changeName(version: $version, name: $name) { name version } }',
        { version, name },
      );
    expect((await change(user.name)).data?.changeName).toEqual({ name: user.name, version: 1 });
    expect((await change('  Li Na ')).data?.changeName).toEqual({ name: 'Li Na', version: 2 });
    expect((await change('Somebody')).codes).toEqual(['STALE_VERSION']);
    for (const name of [' ', 'x'.repeat(101), 'a\u0007b']) expect((await change(name, 2)).codes).toEqual(['BAD_INPUT']);
    expect(await client.ask('{ viewer { user { name version } } }')).toEqual({ viewer: { user: { name: 'Li Na', version: 2 } } });
    const logged = await trainyard.database.direct.query('SELECT actor_id, changes FROM activity WHERE entity_id = $1', [user.id]);
    expect(logged).toEqual([{ actor_id: user.id, changes: { name: { from: user.name, to: 'Li Na' } } }]);
  });

  it('counts no right password against the address it comes from', async () => {
    await buildUser(trainyard, { email: 'li@example.org' });
    await trainyard.database.direct.query(
      `INSERT INTO sign_in_throttle (key, failures, last_failure_at) VALUES ('address:127.0.0.1', 29, now() - interval '10 minutes')`,
    );
    const counted = () =>
      trainyard.database.direct.query('SELECT failures, last_failure_at, blocked_until FROM sign_in_throttle WHERE key LIKE $1', ['address:%']);
    const before: unknown = await counted();
    const signIn = async () => (await trainyard.client().send(SIGN_IN, { email: 'li@example.org', password: PASSWORD })).codes;
    for (let i = 0; i < 3; i++) expect(await signIn()).toEqual([]);
    expect(await counted()).toEqual(before);
    expect((await trainyard.client().send(SIGN_IN, { email: 'nobody@example.org', password: 'wrong' })).codes).toEqual(['INVALID_CREDENTIALS']);
    expect(await signIn()).toEqual(['SIGN_IN_THROTTLED']);
  });

  it('refuses a forged request: cookie without our header, a socket from another site', async () => {
    const { client } = await someone(trainyard);
    client.csrf = false;
    expect((await client.send('mutation { signOutEverywhere }')).codes).toEqual(['CSRF_REJECTED']);
    client.csrf = true;
    expect((await client.send(ME)).codes).toEqual([]);
    const opened = (origin: string) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`${trainyard.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
          origin,
          headers: { cookie: client.cookie ?? '' },
        });
        socket.on('open', () => (socket.close(), resolve(101)));
        socket.on('unexpected-response', (request, response) => (request.destroy(), resolve(response.statusCode ?? 0)));
        socket.on('error', () => undefined);
      });
    expect(await opened('https://evil.example')).toBe(403);
    // What a sandboxed frame sends.
    expect(await opened('null')).toBe(403);
    expect(await opened(trainyard.url)).toBe(101);
  });

  it('lets a token do what its scopes say, until it is revoked or expires', async () => {
    const { client } = await someone(trainyard, 'OWNER');
    const create =
      'mutation($scopes: [TokenScope!]!, $expiresAt: DateTime) { createAccessToken(name: "ci", scopes: $scopes, expiresAt: $expiresAt) { secret token { id } } }';
    type Created = { createAccessToken: { secret: string; token: { id: string } } };
    const reader = await client.ask<Created>(create, { scopes: ['READ'] });
    const script = trainyard.client();
    script.csrf = false;
    script.token = reader.createAccessToken.secret;
    expect((await script.send('{ teams { id } }')).codes).toEqual([]);
    for (const mutation of ['createTeam(name: "x") { id }', 'signOutEverywhere', 'setLocale(locale: ZH) { locale }']) {
      expect((await script.send(`mutation { ${mutation} }`)).codes).toEqual(['TOKEN_SCOPE']);
    }
    expect((await script.send(create, { scopes: ['ADMIN'] })).codes).toEqual(['TOKEN_SCOPE']);
    const revoke = async (by: GraphqlClient) =>
      (await by.send('mutation($id: ID!) { revokeAccessToken(id: $id) }', { id: reader.createAccessToken.token.id })).codes;
    expect(await revoke((await someone(trainyard, 'OWNER')).client)).toEqual(['NOT_FOUND']);
    expect((await script.send('{ teams { id } }')).codes).toEqual([]);
    expect(await revoke(client)).toEqual([]);
    expect(await client.ask('{ viewer { accessTokens { id } } }')).toEqual({ viewer: { accessTokens: [] } });
    expect((await script.send('{ teams { id } }')).codes).toEqual(['UNAUTHENTICATED']);
    expect((await client.send(create, { scopes: ['READ'], expiresAt: '2020-01-01T00:00:00Z' })).codes).toEqual(['BAD_INPUT']);
    const expiring = await client.ask<Created>(create, { scopes: ['READ'] });
    await trainyard.database.direct.query(`UPDATE access_token SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      expiring.createAccessToken.token.id,
    ]);
    script.token = expiring.createAccessToken.secret;
    expect((await script.send('{ teams { id } }')).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('lets no token set a password, whatever its scopes', async () => {
    const { user, client } = await someone(trainyard, 'OWNER');
    const { createAccessToken } = await client.ask<{ createAccessToken: { secret: string } }>(
      'mutation { createAccessToken(name: "ci", scopes: [ADMIN]) { secret } }',
    );
    const script = trainyard.client();
    script.token = createAccessToken.secret;
    const update = 'mutation($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, version: 1, input: $input) { version } }';
    const other = await buildUser(trainyard);
    for (const { id } of [user, other]) expect((await script.send(update, { id, input: { password: 'a stolen sign-in' } })).codes).toEqual(['TOKEN_SCOPE']);
    expect((await script.send(update, { id: other.id, input: { name: 'Renamed' } })).codes).toEqual([]);
    expect((await client.send(update, { id: user.id, input: { password: 'chosen in a browser' } })).codes).toEqual([]);
  });

  it('answers text that cannot be stored as bad input, not as a fault of ours', async () => {
    const { client } = await someone(trainyard);
    expect((await client.send('query($search: String!) { users(search: $search) { totalCount } }', { search: 'a\0b' })).codes).toEqual(['BAD_INPUT']);
    expect((await trainyard.client().send(SIGN_IN, { email: 'a\0@example.org', password: 'x' })).codes).toEqual(['BAD_INPUT']);
  });

  it('keeps the last owner, and lets only owners touch owners', async () => {
    const owner = await someone(trainyard, 'OWNER');
    const admin = await someone(trainyard, 'ADMIN');
    const update = 'mutation($id: ID!, $version: Int!, $input: UpdateUserInput!) { updateUser(id: $id, version: $version, input: $input) { orgRole version } }';
    expect((await owner.client.send(update, { id: owner.user.id, version: 1, input: { orgRole: 'MEMBER' } })).codes).toEqual(['LAST_OWNER']);
    expect((await owner.client.send(update, { id: owner.user.id, version: 1, input: { disabled: true } })).codes).toEqual(['LAST_OWNER']);
    expect((await admin.client.send(update, { id: owner.user.id, version: 1, input: { name: 'x' } })).codes).toEqual(['FORBIDDEN']);
    expect((await admin.client.send(update, { id: admin.user.id, version: 1, input: { orgRole: 'OWNER' } })).codes).toEqual(['FORBIDDEN']);
    const second = await buildUser(trainyard, { orgRole: 'OWNER' });
    const demote = ({ id }: { id: string }) => owner.client.send(update, { id, version: 1, input: { orgRole: 'MEMBER' } });
    // The first has found two owners and waits for one of them; meanwhile the second asks.
    const letGo = await hold(trainyard, (tx) => tx.query('SELECT FROM app_user WHERE id = $1 FOR NO KEY UPDATE', [second.id]));
    const first = demote(second);
    await untilWaiting(trainyard, 1);
    const other = demote(owner.user);
    await Promise.race([other, untilWaiting(trainyard, 2)]);
    await letGo();
    const both = await Promise.all([first, other]);
    expect(both.flatMap((reply) => reply.codes)).toHaveLength(1);
    expect(await trainyard.database.direct.query(`SELECT 1 FROM app_user WHERE org_role = 'OWNER' AND NOT disabled`)).toHaveLength(1);
  });

  it('signs a disabled person out at once and shows addresses only to those who may see them', async () => {
    const admin = await someone(trainyard, 'ADMIN');
    const member = await someone(trainyard);
    const users = '{ users(first: 10) { totalCount nodes { id email } } }';
    type Users = { users: { totalCount: number; nodes: { id: string; email: string }[] } };
    const seen = await member.client.ask<Users>(users);
    expect(seen.users.nodes.map((user) => user.email).filter(Boolean)).toEqual([member.user.email]);
    expect((await member.client.ask<Users>('{ users(search: "example.org") { totalCount nodes { id email } } }')).users.totalCount).toBe(0);
    expect((await admin.client.ask<Users>(users)).users.nodes.every((user) => user.email !== '')).toBe(true);
    const disable = (version: number, disabled: boolean) =>
      admin.client.ask(
        'mutation($id: ID!, $version: Int!, $disabled: Boolean!) { updateUser(id: $id, version: $version, input: { disabled: $disabled }) { id } }',
        { id: member.user.id, version, disabled },
      );
    const signIn = async () => (await trainyard.client().send(SIGN_IN, { email: member.user.email, password: PASSWORD })).codes;
    await disable(1, true);
    expect((await member.client.send(ME)).codes).toEqual(['UNAUTHENTICATED']);
    expect(await signIn()).toEqual(['INVALID_CREDENTIALS']);
    // Who is let in again signs in again: what was open before has ended for good.
    await disable(2, false);
    expect((await member.client.send(ME)).codes).toEqual(['UNAUTHENTICATED']);
    expect(await signIn()).toEqual([]);
    // And no session that is there all the same lets a disabled person in.
    const late = await signedInAs(trainyard, member.user.id);
    await trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [member.user.id]);
    expect((await late.send(ME)).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('pages people by name without losing or repeating one', async () => {
    const admin = await someone(trainyard, 'ADMIN');
    for (const name of ['b', 'B', 'a', 'c', 'C']) await buildUser(trainyard, { name });
    type Users = { users: { nodes: { id: string; name: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } };
    const names: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { users }: Users = await admin.client.ask<Users>(
        'query($after: String) { users(first: 2, after: $after) { nodes { id name } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
      names.push(...users.nodes.map((user) => user.name.toLowerCase()));
      if (!users.pageInfo.hasNextPage) break;
      after = users.pageInfo.endCursor;
    }
    expect(names).toEqual(names.toSorted());
    expect(names).toHaveLength(6);
    expect((await admin.client.send('{ users(first: 2, after: "nonsense") { totalCount } }')).codes).toEqual(['BAD_INPUT']);
    expect((await admin.client.send('{ users(first: 1000) { totalCount } }')).codes).toEqual(['BAD_INPUT']);
  });

  it('answers bad documents with a code and what is wrong', async () => {
    await buildOrganisation(trainyard);
    const { client } = await someone(trainyard);
    // what a page from before an upgrade asks for
    expect((await client.send('{ nope }')).errors?.[0]?.extensions).toEqual({ code: 'BAD_INPUT', params: { reason: 'DOCUMENT' } });
    expect((await trainyard.client().send('{ nope ')).codes).toEqual(['BAD_INPUT']);
    const misshapen = [
      5,
      null,
      [],
      { query: 5 },
      { query: {} },
      { query: ['{ viewer { id } }'] },
      { query: '{ viewer { id } }', variables: 5 },
      { query: '{ viewer { id } }', operationName: 5 },
      { query: '{ viewer { id } }', variables: [1] },
    ];
    for (const body of ['', '{nope', ...misshapen.map((each) => JSON.stringify(each))]) {
      const answer = await fetch(`${trainyard.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-trainyard-csrf': '1' },
        body,
      });
      expect([body, await answer.json()]).toMatchObject([body, { errors: [{ extensions: { code: 'BAD_INPUT' } }] }]);
    }
    for (let time = 0; time < 4; time++)
      expect((await client.send('query($first: Int!) { users(first: $first) { totalCount } }', { first: 'many' })).codes).toEqual(['BAD_INPUT']);
    const deep = `{ viewer { user { memberships { user { memberships { user { memberships { user { memberships { id } } } } } } } } } }`;
    expect((await client.send(deep)).codes).toEqual(['QUERY_TOO_DEEP']);
  });
});
