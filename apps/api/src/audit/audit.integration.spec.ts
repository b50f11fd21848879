import { AUDIT_WINDOW_KEYS, AUDIT_WINDOW_KEYS_EACH } from '@trainyard/domain';
import { buildProject, memberOf } from '../../test/factories/board.ts';
import { keepHouse } from '../../test/housekeeping.ts';
import { buildDataset } from '../../test/factories/training.ts';
import { buildUser, PASSWORD, someone } from '../../test/factories/people.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { createApp } from '../app.ts';
import { row, rows } from '../platform/sql/database.ts';
import { DEFAULT_LIMITS } from '../platform/http/limits.ts';
import { AuditTrail } from './audit-trail.service.ts';

interface Line {
  kind: string;
  outcome: string;
  actor: string | null;
  subject: string | null;
  code: string | null;
  address: string | null;
  details: Record<string, unknown>;
  count: number;
}

let trainyard: TestTrainyard;
beforeEach(async () => {
  trainyard = await TestTrainyard.start();
});
afterEach(() => trainyard.stop());

async function trail(): Promise<Line[]> {
  await trainyard.app.get(AuditTrail).settle();
  return rows<Line>(
    trainyard.database.direct,
    'SELECT kind, outcome, actor_id AS actor, subject_id AS subject, code, address, details, count FROM audit_entry ORDER BY id',
  );
}
const signIn = (email: string, password: string) =>
  trainyard.client().send('mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id } } }', { email, password });

it('tells of sign-ins, done, refused and throttled, and keeps nothing of what a stranger typed', async () => {
  const li = await buildUser(trainyard);
  await signIn(li.email, PASSWORD);
  const typed = 'my secret password 42';
  for (const email of [typed, li.email]) for (let i = 0; i < 7; i++) await signIn(email, 'wrong');
  const lines = await trail();
  expect(lines[0]).toMatchObject({ kind: 'SIGN_IN', outcome: 'DONE', actor: li.id, address: '127.0.0.1', count: 1 });
  const refused = (actor: string | null, code: string) =>
    lines.filter((line) => line.kind === 'SIGN_IN' && line.outcome === 'REFUSED' && line.actor === actor && line.code === code);
  // The first at once, its repeats together.
  expect(refused(li.id, 'INVALID_CREDENTIALS').map(({ count }) => count)).toEqual([1, 4]);
  expect(refused(null, 'INVALID_CREDENTIALS').map(({ count }) => count)).toEqual([1, 4]);
  expect(new Set(refused(null, 'SIGN_IN_THROTTLED').map(({ details }) => details['account'])).size).toBe(2);
  for (const table of ['audit_entry', 'sign_in_throttle']) {
    expect(JSON.stringify(await trainyard.database.direct.query(`SELECT * FROM ${table}`))).not.toMatch(/secret password|wrong/);
  }
});

it('tells of every refusal of a right or a sign-in, with who, what and from where', async () => {
  const project = await buildProject(trainyard, { visibility: 'PRIVATE' });
  const reader = await memberOf(trainyard, project, 'VIEWER');
  const dataset = await buildDataset(trainyard, { projectId: project.id });
  await reader.client.send('mutation($id: ID!) { deleteDataset(id: $id, version: 1) }', { id: dataset });
  await (await someone(trainyard)).client.send('mutation($id: ID!) { deleteDataset(id: $id, version: 1) }', { id: dataset });
  const script = trainyard.client();
  script.token = 'trainyard_stolen';
  await script.send('{ teams { id } }');
  reader.client.csrf = false;
  await reader.client.send('mutation { signOut }');
  await fetch(`${trainyard.url}/artifacts/${dataset}`);
  expect((await trail()).map(({ outcome, code, actor, address, details }) => [outcome, code, actor === reader.user.id, address, details])).toEqual([
    ['REFUSED', 'FORBIDDEN', true, '127.0.0.1', { operation: 'mutation deleteDataset', permission: 'data.manage' }],
    ['REFUSED', 'NOT_FOUND', false, '127.0.0.1', { operation: 'mutation deleteDataset' }],
    ['REFUSED', 'UNAUTHENTICATED', false, '127.0.0.1', { operation: 'POST /graphql' }],
    ['REFUSED', 'CSRF_REJECTED', false, '127.0.0.1', { operation: 'POST /graphql' }],
    ['REFUSED', 'UNAUTHENTICATED', false, '127.0.0.1', { operation: 'GET /artifacts/:id' }],
  ]);
});

it('tells of strangers: their documents, too many requests, and names that are not ours', async () => {
  const few = await TestTrainyard.start({ limits: { ...DEFAULT_LIMITS, strangersPerMinute: 3 } });
  const ask = (remoteAddress: string, host: string, query: string) =>
    few.app.inject({ method: 'POST', url: '/graphql', remoteAddress, headers: { host, 'x-trainyard-csrf': '1' }, payload: { query } });
  await ask('192.0.2.1', 'localhost', '{ __schema { types { name } } }');
  await ask('192.0.2.1', 'localhost', `{ viewer { locale } } # ${'x'.repeat(3_000)}`);
  for (let time = 0; time < 5; time++) await ask('192.0.2.1', 'localhost', '{ setup { needed } }');
  await ask('192.0.2.1', 'evil.example', '{ setup { needed } }');
  await few.app.get(AuditTrail).settle();
  const lines = await rows<Line>(few.database.direct, 'SELECT code, address, details, count FROM audit_entry ORDER BY code, count');
  await few.stop();
  expect(lines.map(({ code, address, details, count }) => [code, address, details['operation'], count])).toEqual([
    // The first of each at once, its repeats together.
    ['HOST_UNKNOWN', '192.0.2.1', 'POST /graphql', 1],
    ['RATE_LIMITED', '192.0.2.1', 'POST /graphql', 1],
    ['RATE_LIMITED', '192.0.2.1', 'POST /graphql', 3],
    ['UNAUTHENTICATED', '192.0.2.1', 'POST /graphql', 1],
    ['UNAUTHENTICATED', '192.0.2.1', 'POST /graphql', 1],
  ]);
});

it('tells of who may see a project from now on', async () => {
  const project = await buildProject(trainyard);
  const lead = await memberOf(trainyard, project, 'LEAD');
  await lead.client.ask('mutation($id: ID!) { updateProject(id: $id, version: 1, input: { visibility: PRIVATE, name: "Secret" }) { id } }', { id: project.id });
  await lead.client.ask('mutation($id: ID!) { updateProject(id: $id, version: 2, input: { name: "Still" }) { id } }', { id: project.id });
  expect((await trail()).map(({ kind, actor, subject, details }) => [kind, actor, subject, details])).toEqual([
    ['PROJECT_ACCESS_CHANGED', lead.user.id, project.id, { visibility: { from: 'OPEN', to: 'PRIVATE' } }],
  ]);
});

it('tells of changes of rights, passwords, tokens and sessions in the transaction of the change', async () => {
  const admin = await someone(trainyard, 'OWNER');
  const li = await buildUser(trainyard);
  const UPDATE = 'mutation($id: ID!, $version: Int!, $input: UpdateUserInput!) { updateUser(id: $id, version: $version, input: $input) { version } }';
  await admin.client.ask(UPDATE, { id: li.id, version: 1, input: { orgRole: 'ADMIN' } });
  await admin.client.ask(UPDATE, { id: li.id, version: 2, input: { password: 'correct horse', disabled: true } });
  await admin.client.ask(UPDATE, { id: li.id, version: 3, input: { name: 'No right' } });
  await admin.client.send(UPDATE, { id: li.id, version: 1, input: { orgRole: 'VIEWER' } });
  const { createUser } = await admin.client.ask<{ createUser: { id: string } }>('mutation($input: CreateUserInput!) { createUser(input: $input) { id } }', {
    input: { name: 'Bo', email: 'bo@example.org', password: 'correct horse', orgRole: 'VIEWER' },
  });
  const { createAccessToken } = await admin.client.ask<{ createAccessToken: { secret: string; token: { id: string } } }>(
    'mutation { createAccessToken(name: "ci", scopes: [READ]) { secret token { id } } }',
  );
  const script = trainyard.client();
  script.token = createAccessToken.secret;
  for (let i = 0; i < 3; i++) await script.ask('{ teams { id } }');
  const token = createAccessToken.token.id;
  await admin.client.ask('mutation($id: ID!) { revokeAccessToken(id: $id) }', { id: token });
  await admin.client.ask('mutation { signOut }');
  const lines = await trail();
  expect(lines.every(({ actor, address }) => actor === admin.user.id && address === '127.0.0.1')).toBe(true);
  expect(lines.map(({ kind, subject, details }) => [kind, subject, details])).toEqual([
    ['ACCOUNT_CHANGED', li.id, { orgRole: { from: 'MEMBER', to: 'ADMIN' } }],
    ['ACCOUNT_CHANGED', li.id, { disabled: { from: false, to: true } }],
    ['PASSWORD_CHANGED', li.id, {}],
    ['ACCOUNT_CREATED', createUser.id, { orgRole: 'VIEWER' }],
    ['TOKEN_CREATED', token, { scopes: ['READ'], expiresAt: null }],
    ['TOKEN_USED', token, {}],
    ['TOKEN_REVOKED', token, {}],
    ['SIGN_OUT', expect.any(String), {}],
  ]);
});

it('tells of memberships', async () => {
  const project = await buildProject(trainyard);
  const lead = await memberOf(trainyard, project, 'LEAD');
  const [li, role] = [await buildUser(trainyard), await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM role LIMIT 1')];
  const { addMembership } = await lead.client.ask<{ addMembership: { id: string } }>(
    'mutation($input: AddMembershipInput!) { addMembership(input: $input) { id } }',
    { input: { teamId: project.teamId, userId: li.id, roleId: role?.id, teamRole: 'MEMBER', allocation: 10 } },
  );
  await lead.client.ask('mutation($id: ID!) { updateMembership(id: $id, version: 1, teamRole: LEAD) { id } }', { id: addMembership.id });
  await lead.client.ask('mutation($id: ID!) { removeMembership(id: $id, version: 2) }', { id: addMembership.id });
  expect((await trail()).map(({ kind, subject, details }) => [kind, subject, details['action'], details['userId']])).toEqual(
    ['CREATED', 'UPDATED', 'DELETED'].map((action) => ['MEMBERSHIP_CHANGED', addMembership.id, action, li.id]),
  );
});

it('loses a line with its change, and says which token made one', async () => {
  const li = await buildUser(trainyard);
  const audit = trainyard.app.get(AuditTrail);
  const undone = trainyard.database.transaction(async (tx) => {
    await audit.write(tx, undefined, { kind: 'ACCOUNT_CHANGED', outcome: 'DONE', actorId: li.id });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await trail()).toEqual([]);
  const admin = await someone(trainyard, 'ADMIN');
  const { createAccessToken } = await admin.client.ask<{ createAccessToken: { secret: string; token: { id: string } } }>(
    'mutation { createAccessToken(name: "ci", scopes: [READ, WRITE, ADMIN]) { secret token { id } } }',
  );
  const script = trainyard.client();
  script.token = createAccessToken.secret;
  await script.ask('mutation { createTeam(name: "Scripted") { id } }');
  const lines = await rows(
    trainyard.database.direct,
    `SELECT kind, actor_id AS actor, token_id AS token FROM audit_entry WHERE kind IN ('TOKEN_CREATED', 'TEAM_CHANGED') ORDER BY id`,
  );
  expect(lines).toEqual([
    { kind: 'TOKEN_CREATED', actor: admin.user.id, token: null },
    { kind: 'TEAM_CHANGED', actor: admin.user.id, token: createAccessToken.token.id },
  ]);
});

it('tells of teams: made, renamed, removed', async () => {
  const admin = await someone(trainyard, 'ADMIN');
  const { createTeam } = await admin.client.ask<{ createTeam: { id: string } }>('mutation { createTeam(name: "Audio") { id } }');
  const change = (version: number, input: string) =>
    admin.client.ask(`mutation($id: ID!) { updateTeam(id: $id, version: ${version}, ${input}) { id } }`, { id: createTeam.id });
  await change(1, 'name: "Speech"');
  await change(2, 'description: "Words alone change no right"');
  await admin.client.ask('mutation($id: ID!) { deleteTeam(id: $id, version: 3) }', { id: createTeam.id });
  expect((await trail()).map(({ kind, actor, subject, details }) => [kind, actor === admin.user.id, subject, details])).toEqual([
    ['TEAM_CHANGED', true, createTeam.id, { action: 'CREATED', name: { from: null, to: 'Audio' } }],
    ['TEAM_CHANGED', true, createTeam.id, { action: 'UPDATED', name: { from: 'Audio', to: 'Speech' } }],
    ['TEAM_CHANGED', true, createTeam.id, { action: 'DELETED', name: { from: 'Speech', to: null } }],
  ]);
});

it('is not blinded by a flood of strangers: what an account does, and where it is tried, is told all the same', async () => {
  const audit = trainyard.app.get(AuditTrail);
  const li = await someone(trainyard, 'VIEWER');
  for (let i = 0; i < AUDIT_WINDOW_KEYS + 10; i++)
    audit.note({ address: `192.0.2.${i}`, userAgent: null }, { kind: 'SIGN_IN', outcome: 'REFUSED', actorId: null, code: 'INVALID_CREDENTIALS' });
  for (let i = 0; i < AUDIT_WINDOW_KEYS_EACH + 10; i++)
    audit.note({ address: `192.0.2.${i}`, userAgent: null }, { kind: 'SIGN_IN', outcome: 'REFUSED', actorId: li.user.id, code: 'INVALID_CREDENTIALS' });
  await li.client.send('mutation { createTeam(name: "Mine") { id } }');
  const lines = await trail();
  const told = (actor: string | null) =>
    lines
      .filter((line) => line.actor === actor)
      .reduce<Record<string, number>>(
        (sum, { kind, details, count }) => ({
          ...sum,
          [`${kind}${details['others'] ? ' others' : ''}`]: (sum[`${kind}${details['others'] ? ' others' : ''}`] ?? 0) + count,
        }),
        {},
      );
  expect(told(null)).toEqual({ SIGN_IN: AUDIT_WINDOW_KEYS, 'REQUEST others': 10 });
  expect(told(li.user.id)).toEqual({ SIGN_IN: AUDIT_WINDOW_KEYS_EACH, 'SIGN_IN others': 10, REQUEST: 1 });
});

it('keeps what is refused while the server closes', async () => {
  let audit: AuditTrail | null = null;
  const ending = await createApp(trainyard.config, (fastify) => {
    fastify.addHook('onClose', () => {
      for (let i = 0; i < 3; i++)
        audit?.note({ address: '192.0.2.1', userAgent: null }, { kind: 'REQUEST', outcome: 'REFUSED', actorId: null, code: 'FORBIDDEN' });
    });
  });
  await ending.listen(0, '127.0.0.1');
  audit = ending.get(AuditTrail);
  await ending.close();
  expect((await trail()).map(({ code, address, count }) => [code, address, count])).toEqual([
    ['FORBIDDEN', '192.0.2.1', 1],
    ['FORBIDDEN', '192.0.2.1', 2],
  ]);
});

it('is not filled by a flood: repeats are counted, and what is told apart has a bound', async () => {
  const audit = trainyard.app.get(AuditTrail);
  for (let i = 0; i < 1_000; i++)
    audit.note({ address: `192.0.2.${i}`, userAgent: null }, { kind: 'REQUEST', outcome: 'REFUSED', actorId: null, code: 'UNAUTHENTICATED' });
  for (let i = 0; i < 1_000; i++)
    await Promise.resolve(
      audit.note({ address: '192.0.2.0', userAgent: null }, { kind: 'REQUEST', outcome: 'REFUSED', actorId: null, code: 'UNAUTHENTICATED' }),
    );
  const lines = await trail();
  expect(lines).toHaveLength(AUDIT_WINDOW_KEYS + 2);
  expect(lines.reduce((sum, { count }) => sum + count, 0)).toBe(2_000);
});

it('is read by owners and administrators alone, page by page, newest first', async () => {
  const { database } = trainyard;
  const admin = await someone(trainyard, 'ADMIN');
  // Where numbers grow longer.
  await database.direct.query('ALTER TABLE audit_entry ALTER COLUMN id RESTART WITH 99998');
  for (let i = 1; i <= 5; i++)
    await database.direct.query(`INSERT INTO audit_entry (kind, outcome, details) VALUES ($1, 'DONE', $2)`, [i === 3 ? 'SIGN_OUT' : 'SIGN_IN', { i }]);
  type Page = { auditEntries: { nodes: { details: { i: number } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } };
  const read = (after: string | null, kind: string | null = null) =>
    admin.client.ask<Page>(
      'query($after: String, $kind: AuditKind) { auditEntries(first: 2, after: $after, kind: $kind) { nodes { details } pageInfo { endCursor hasNextPage } } }',
      { after, kind },
    );
  const seen: number[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { auditEntries }: Page = await read(after);
    seen.push(...auditEntries.nodes.map(({ details }) => details.i));
    ({ endCursor: after, hasNextPage: more } = auditEntries.pageInfo);
  }
  expect(seen).toEqual([5, 4, 3, 2, 1]);
  expect((await read(null, 'SIGN_OUT')).auditEntries.nodes).toEqual([{ details: { i: 3 } }]);
  for (const role of ['MEMBER', 'VIEWER'] as const)
    expect((await (await someone(trainyard, role)).client.send('{ auditEntries { nodes { id } } }')).codes).toEqual(['FORBIDDEN']);
});

it('is appended to only; the worker deletes what is past its time', async () => {
  const { direct } = trainyard.database;
  for (const days of [400, 100, 0])
    await direct.query(`INSERT INTO audit_entry (kind, outcome, at) VALUES ('SIGN_IN', 'DONE', now() - make_interval(days => $1))`, [days]);
  for (const statement of [`UPDATE audit_entry SET kind = 'SIGN_OUT'`, 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])
    await expect(direct.query(statement)).rejects.toThrow('append-only');
  await keepHouse(trainyard);
  expect(await rows(direct, `SELECT (extract(epoch FROM now() - at) / 86400)::int AS days FROM audit_entry ORDER BY id`)).toEqual([{ days: 100 }, { days: 0 }]);
});
