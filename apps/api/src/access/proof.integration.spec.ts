import type { OrgRole } from '@trainyard/domain';
import type { GraphqlClient } from '../../test/client.ts';
import { buildMembership, buildTeam, buildUser, PASSWORD, signedInAs, someone } from '../../test/factories/people.ts';
import { fingerprint } from '../../test/operations/assert-mutation.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { row, rows } from '../platform/sql/database.ts';

const PROVE = 'mutation($password: String!) { provePassword(password: $password) }';
const TOKEN = 'mutation($scopes: [TokenScope!]!, $expiresAt: DateTime) { createAccessToken(name: "t", scopes: $scopes, expiresAt: $expiresAt) { secret } }';
const UPDATE_USER = 'mutation($id: ID!, $version: Int!, $input: UpdateUserInput!) { updateUser(id: $id, version: $version, input: $input) { id } }';
const ADMINISTERS = { scopes: ['ADMIN'] };
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const codes = async (client: GraphqlClient, document: string, variables = {}) => (await client.send(document, variables)).codes;
const prove = (client: GraphqlClient, password = PASSWORD) => codes(client, PROVE, { password });
/** Every session of this person was proved so long ago. */
const provedAgo = (userId: string, interval: string) =>
  trainyard.database.direct.query('UPDATE session SET proved_at = now() - $2::interval WHERE user_id = $1', [userId, interval]);
/** Somebody whose sign-in is longer ago than a proof counts. */
async function signedInLongAgo(orgRole: OrgRole = 'OWNER') {
  const made = await someone(trainyard, orgRole);
  await provedAgo(made.user.id, '10 minutes 1 second');
  return made;
}
const aRole = async () => (await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM role ORDER BY key LIMIT 1'))?.id;
/** A membership of a new team; `version` 1. */
const aMembership = async (teamRole: 'MEMBER' | 'LEAD') =>
  buildMembership(trainyard, (await buildTeam(trainyard)).id, (await buildUser(trainyard)).id, teamRole);

/** Whatever makes a session into more than it is, as an owner asks for it. */
const EMPOWERS: Record<string, () => Promise<[document: string, variables: object]>> = {
  'makes an account': async () => [
    'mutation($input: CreateUserInput!) { createUser(input: $input) { id } }',
    { input: { name: 'Eve', email: `${crypto.randomUUID()}@example.org`, password: 'a stolen session', orgRole: 'VIEWER' } },
  ],
  "sets another's password": async () => [UPDATE_USER, { id: (await buildUser(trainyard)).id, version: 1, input: { password: 'a stolen session' } }],
  'raises a role': async () => [UPDATE_USER, { id: (await buildUser(trainyard)).id, version: 1, input: { orgRole: 'ADMIN' } }],
  'lets a disabled account in again': async () => {
    const { id } = await buildUser(trainyard);
    await trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [id]);
    return [UPDATE_USER, { id, version: 1, input: { disabled: false } }];
  },
  'changes an owner': async () => [
    UPDATE_USER,
    { id: (await buildUser(trainyard, { orgRole: 'OWNER' })).id, version: 1, input: { name: 'Less', orgRole: 'VIEWER' } },
  ],
  "makes a runner's token": async () => ['mutation { createRunnerCredential(name: "gpu-01") { secret } }', {}],
  'adds a lead': async () => [
    'mutation($input: AddMembershipInput!) { addMembership(input: $input) { id } }',
    { input: { teamId: (await buildTeam(trainyard)).id, userId: (await buildUser(trainyard)).id, roleId: await aRole(), teamRole: 'LEAD', allocation: 10 } },
  ],
  'makes a member a lead': async () => [
    'mutation($id: ID!) { updateMembership(id: $id, version: 1, teamRole: LEAD) { id } }',
    { id: await aMembership('MEMBER') },
  ],
  'makes a lead one for longer': async () => [
    'mutation($id: ID!) { updateMembership(id: $id, version: 1, fromDate: "2020-01-01") { id } }',
    { id: await aMembership('LEAD') },
  ],
  'makes a token that administers': async () => [TOKEN, { ...ADMINISTERS, expiresAt: inDays(1) }],
  'makes a token that never ends': async () => [TOKEN, { scopes: ['READ'] }],
  'makes a token that outlives every session': async () => [TOKEN, { scopes: ['READ'], expiresAt: inDays(32) }],
};

describe('a session whose person gave the password longer than ten minutes ago', () => {
  it.each(Object.keys(EMPOWERS))('%s only after it was given again', async (what) => {
    const { client } = await signedInLongAgo();
    const [document, variables] = (await EMPOWERS[what]?.()) ?? ['', {}];
    const before = await fingerprint(trainyard);
    const refused = await client.send(document, { ...variables });
    expect(refused.errors.map(({ extensions }) => extensions)).toEqual([{ code: 'PASSWORD_REQUIRED', params: { minutes: 10 } }]);
    expect(await fingerprint(trainyard)).toEqual(before);
    expect(await prove(client)).toEqual([]);
    expect(await codes(client, document, variables)).toEqual([]);
  });

  it('goes on with everything else: what takes away, ends or makes no more of it', async () => {
    const { user, client } = await signedInLongAgo();
    const [one, lead] = [await buildUser(trainyard, { orgRole: 'ADMIN' }), await aMembership('LEAD')];
    expect(await codes(client, UPDATE_USER, { id: one.id, version: 1, input: { orgRole: 'VIEWER', disabled: true } })).toEqual([]);
    expect(await codes(client, 'mutation($id: ID!) { updateMembership(id: $id, version: 1, teamRole: MEMBER) { id } }', { id: lead })).toEqual([]);
    expect(await codes(client, TOKEN, { scopes: ['WRITE'], expiresAt: inDays(30) })).toEqual([]);
    const token = await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM access_token WHERE user_id = $1', [user.id]);
    expect(await codes(client, 'mutation($id: ID!) { revokeAccessToken(id: $id) }', { id: token?.id })).toEqual([]);
    expect(await codes(client, '{ viewer { sessions { id } accessTokens { id } } }')).toEqual([]);
    expect(await codes(client, 'mutation { endOtherSessions }')).toEqual([]);
    expect(await codes(client, 'mutation { signOutEverywhere }')).toEqual([]);
  });

  it('is told that it may not before it is asked: nobody gives a password in vain', async () => {
    const { client } = await signedInLongAgo('ADMIN');
    const owner = await buildUser(trainyard, { orgRole: 'OWNER' });
    expect(await codes(client, UPDATE_USER, { id: owner.id, version: 1, input: { orgRole: 'ADMIN' } })).toEqual(['FORBIDDEN']);
    expect(await codes(client, UPDATE_USER, { id: (await buildUser(trainyard)).id, version: 1, input: { orgRole: 'OWNER' } })).toEqual(['FORBIDDEN']);
    expect(await codes((await signedInLongAgo('MEMBER')).client, 'mutation { createRunnerCredential(name: "gpu-01") { secret } }')).toEqual(['FORBIDDEN']);
  });
});

describe('the proof', () => {
  it('counts for ten minutes from the last one, by the clock of the database', async () => {
    const { user, client } = await someone(trainyard, 'OWNER');
    await provedAgo(user.id, '9 minutes 50 seconds');
    expect(await codes(client, TOKEN, ADMINISTERS)).toEqual([]);
    await provedAgo(user.id, '10 minutes 1 second');
    expect(await codes(client, TOKEN, ADMINISTERS)).toEqual(['PASSWORD_REQUIRED']);
    // However old the session: it is the proof that counts.
    await trainyard.database.direct.query(`UPDATE session SET created_at = now() - interval '29 days' WHERE user_id = $1`, [user.id]);
    expect(await prove(client)).toEqual([]);
    expect(await codes(client, TOKEN, ADMINISTERS)).toEqual([]);
  });

  it("is of one session: neither another of the same person nor another's has it", async () => {
    const { user, client } = await signedInLongAgo();
    const [phone, other] = [await signedInAs(trainyard, user.id), await signedInLongAgo()];
    await provedAgo(user.id, '1 hour');
    expect(await prove(phone)).toEqual([]);
    expect([await codes(client, TOKEN, ADMINISTERS), await codes(other.client, TOKEN, ADMINISTERS), await codes(phone, TOKEN, ADMINISTERS)]).toEqual([
      ['PASSWORD_REQUIRED'],
      ['PASSWORD_REQUIRED'],
      [],
    ]);
  });

  it('is given by nothing but the password of the person, whose guesses are counted and told', async () => {
    const { user, client } = await signedInLongAgo();
    const audit = trainyard.app.get(AuditTrail);
    expect(await prove(client, 'wrong')).toEqual(['INVALID_CREDENTIALS']);
    expect(await codes(client, TOKEN, ADMINISTERS)).toEqual(['PASSWORD_REQUIRED']);
    // A refusal is written beside its answer.
    await audit.settle();
    expect(await prove(client)).toEqual([]);
    for (let i = 0; i < 5; i++) expect(await prove(client, 'wrong')).toEqual(['INVALID_CREDENTIALS']);
    expect(await prove(client)).toEqual(['SIGN_IN_THROTTLED']);
    await audit.settle();
    const told = await rows(
      trainyard.database.direct,
      `SELECT outcome, code, count FROM audit_entry WHERE actor_id = $1 AND kind = 'PASSWORD_PROVED' ORDER BY id`,
      [user.id],
    );
    expect(told).toEqual([
      { outcome: 'REFUSED', code: 'INVALID_CREDENTIALS', count: 1 },
      { outcome: 'DONE', code: null, count: 1 },
      { outcome: 'REFUSED', code: 'INVALID_CREDENTIALS', count: 1 },
      { outcome: 'REFUSED', code: 'SIGN_IN_THROTTLED', count: 1 },
      { outcome: 'REFUSED', code: 'INVALID_CREDENTIALS', count: 4 },
    ]);
    expect(await rows(trainyard.database.direct, `SELECT code FROM audit_entry WHERE actor_id = $1 AND kind = 'REQUEST'`, [user.id])).toEqual([
      { code: 'PASSWORD_REQUIRED' },
    ]);
  });

  it('is counted by session: who guesses in one that they stole keeps the person neither from proving in another nor from changing the password', async () => {
    const { user, client: stolen } = await signedInLongAgo();
    const [desk, phone] = [await signedInAs(trainyard, user.id), await signedInAs(trainyard, user.id)];
    for (let i = 0; i < 5; i++) expect(await prove(stolen, 'wrong')).toEqual(['INVALID_CREDENTIALS']);
    expect(await prove(stolen)).toEqual(['SIGN_IN_THROTTLED']);
    expect(await prove(phone)).toEqual([]);
    // That somebody proved elsewhere gives the thief no guess more.
    expect(await prove(stolen)).toEqual(['SIGN_IN_THROTTLED']);
    expect(await codes(desk, 'mutation($current: String!) { changePassword(current: $current, next: "battery staple 9") }', { current: PASSWORD })).toEqual([]);
    expect(await codes(stolen, '{ viewer { user { id } } }')).toEqual(['UNAUTHENTICATED']);
  });

  it('is never of a token, which can neither give it nor use the one of a session', async () => {
    const { client } = await someone(trainyard, 'OWNER');
    const { createAccessToken } = await client.ask<{ createAccessToken: { secret: string } }>(TOKEN, { scopes: ['READ', 'WRITE', 'ADMIN'] });
    const script = trainyard.client();
    script.token = createAccessToken.secret;
    expect([await prove(script), await codes(script, TOKEN, ADMINISTERS)]).toEqual([['TOKEN_SCOPE'], ['TOKEN_SCOPE']]);
  });

  it('is given by changing the password, too, and by signing in', async () => {
    const { user, client } = await signedInLongAgo();
    await client.ask('mutation($current: String!) { changePassword(current: $current, next: "battery staple 9") }', { current: PASSWORD });
    expect(await codes(client, TOKEN, ADMINISTERS)).toEqual([]);
    const desk = trainyard.client();
    await desk.ask('mutation($email: String!) { signIn(email: $email, password: "battery staple 9") { user { id } } }', { email: user.email });
    expect(await codes(desk, TOKEN, ADMINISTERS)).toEqual([]);
  });
});
