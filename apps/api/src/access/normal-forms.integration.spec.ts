import { normalForm } from '@trainyard/domain';
import { buildUser, PASSWORD, someone } from '../../test/factories/people.ts';
import { buildProject, memberOf } from '../../test/factories/board.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { NormalForms1764000000010 } from '../migrations/0010-normal-forms.ts';
import { row, rows } from '../platform/sql/database.ts';
import { migrating } from '../../test/migrating.ts';

const SIGN_IN = 'mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id } } }';

let trainyard: TestTrainyard;
beforeEach(async () => {
  trainyard = await TestTrainyard.start();
});
afterEach(() => trainyard.stop());

const signIn = (email: string, password = PASSWORD) => trainyard.client().send<{ signIn: { user: { id: string } } }>(SIGN_IN, { email, password });

it('counts guesses of one account together, however its address is written', async () => {
  await buildUser(trainyard, { email: 'lisi@example.org' });
  // Each is what some lower-casing makes lisi@example.org of, or what compatibility does.
  const written = ['lisi@example.org', 'LISI@EXAMPLE.ORG', 'lİsi@example.org', 'lıſı@example.org', 'ｌｉｓｉ@example.org', ' Lisi@Example.org '];
  const codes: string[] = [];
  for (const email of [...written, ...written]) codes.push(...(await signIn(email, 'wrong')).codes);
  expect(codes.filter((code) => code === 'INVALID_CREDENTIALS').length).toBeLessThanOrEqual(5 + 2);
  const guessed = await rows<{ key: string }>(trainyard.database.direct, `SELECT key FROM sign_in_throttle WHERE key LIKE 'account:%'`);
  // One key for each account that may be meant: the dotted capital I is another letter, and finds no account.
  expect(guessed).toHaveLength(2);
  expect((await signIn('LISI@example.org')).codes).toEqual(['SIGN_IN_THROTTLED']);
});

it('finds no account by an address that is another in the normal form, whatever the database makes of it', async () => {
  await buildUser(trainyard, { email: 'lisi@example.org' });
  expect((await signIn('lİsi@example.org')).codes).toEqual(['INVALID_CREDENTIALS']);
  expect((await signIn('ＬＩＳＩ@example.org')).codes).toEqual([]);
});

it('takes no second account, team or label of the same normal form', async () => {
  const { client } = await someone(trainyard, 'OWNER');
  const create = async (email: string) =>
    (
      await client.send('mutation($input: CreateUserInput!) { createUser(input: $input) { id } }', {
        input: { name: 'Li', email, password: 'correct horse', orgRole: 'MEMBER' },
      })
    ).codes;
  expect([await create('straße@example.org'), await create('STRASSE@example.org'), await create('ｓtrasse@example.org')]).toEqual([
    [],
    ['EMAIL_TAKEN'],
    ['EMAIL_TAKEN'],
  ]);
  const team = async (name: string) => (await client.send('mutation($name: String!) { createTeam(name: $name) { id } }', { name })).codes;
  expect([await team('Équipe'), await team('équipe'), await team('E\u0301QUIPE')]).toEqual([[], ['CONFLICT'], ['CONFLICT']]);
  const project = await buildProject(trainyard);
  const { client: member } = await memberOf(trainyard, project, 'LEAD');
  const label = (name: string) =>
    member.send<{ createLabel: { id: string } }>('mutation($id: ID!, $name: String!) { createLabel(projectId: $id, name: $name, color: BLUE) { id } }', {
      id: project.id,
      name,
    });
  expect([(await label('Größe')).codes, (await label('GRÖSSE')).codes]).toEqual([[], ['LABEL_TAKEN']]);
  const other = (await label('other')).data?.createLabel.id;
  expect((await member.send('mutation($id: ID!) { updateLabel(id: $id, version: 1, input: { name: "größe" }) { id } }', { id: other })).codes).toEqual([
    'LABEL_TAKEN',
  ]);
});

it('pages and searches people by it', async () => {
  const { client } = await someone(trainyard, 'ADMIN');
  for (const name of ['İpek', 'ipek', 'Émile', 'emile', 'ÉMILE', 'Zoë']) await buildUser(trainyard, { name });
  type Users = { users: { nodes: { name: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } };
  const names: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { users }: Users = await client.ask<Users>(
      'query($after: String) { users(first: 2, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } } }',
      { after },
    );
    names.push(...users.nodes.map(({ name }) => name));
    ({ endCursor: after, hasNextPage: more } = users.pageInfo);
  }
  expect(names).toHaveLength(7);
  expect(names.map(normalForm)).toEqual(names.map(normalForm).toSorted());
  const found = await client.ask<Users>('{ users(search: "ÉMI") { nodes { name } pageInfo { endCursor hasNextPage } } }');
  expect(found.users.nodes.map(({ name }) => name).toSorted()).toEqual(['ÉMILE', 'Émile']);
});

it('is given to the rows of an older home; two accounts that become the same both still sign in', async () => {
  const [older, newer] = [await buildUser(trainyard, { email: 'strasse@example.org' }), await buildUser(trainyard, { email: 'temporary@example.org' })];
  await migrating(trainyard, async (runner) => {
    await new NormalForms1764000000010().down(runner);
    await runner.query(`UPDATE app_user SET email = 'straße@example.org', name = 'Lİ', created_at = now() + interval '1 minute' WHERE id = $1`, [newer.id]);
    await runner.query(`INSERT INTO team (id, name) VALUES (gen_random_uuid(), 'ＡＢ'), (gen_random_uuid(), 'ab')`);
    await new NormalForms1764000000010().up(runner);
  });
  expect((await signIn('STRASSE@example.org')).data?.signIn.user.id).toBe(older.id);
  expect((await signIn('straße@example.org')).data?.signIn.user.id).toBe(newer.id);
  // A browser that is known for the one is a stranger's to the other, by whichever address they are meant.
  const browser = trainyard.client();
  expect((await browser.send(SIGN_IN, { email: older.email, password: PASSWORD })).codes).toEqual([]);
  const wrong = async (email: string) => {
    expect((await browser.send(SIGN_IN, { email, password: 'wrong' })).codes).toEqual(['INVALID_CREDENTIALS']);
    return (await row<{ failures: number }>(trainyard.database.direct, 'SELECT max(failures) AS failures FROM known_browser WHERE user_id = $1', [older.id]))
      ?.failures;
  };
  expect([await wrong('straße@example.org'), await wrong('strasse@example.org')]).toEqual([0, 1]);
  // And one that is disabled is nobody's any more.
  await trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [newer.id]);
  expect((await signIn('straße@example.org')).data?.signIn.user.id).toBe(older.id);
  expect(await row(trainyard.database.direct, 'SELECT name_key FROM app_user WHERE id = $1', [newer.id])).toEqual({ name_key: normalForm('Lİ') });
  expect((await rows<{ key: string }>(trainyard.database.direct, 'SELECT name_key AS key FROM team ORDER BY name_key')).map(({ key }) => key.length)).toEqual([
    2,
    2 + 38,
  ]);
});

it('compares passwords with the commonest, at every door, and lets those be that are', async () => {
  const { client, user } = await someone(trainyard, 'OWNER');
  const other = await buildUser(trainyard);
  const weak = async (password: string) =>
    [
      ...(
        await client.send('mutation($input: CreateUserInput!) { createUser(input: $input) { id } }', {
          input: { name: 'Li', email: `${password.length}@example.org`, password, orgRole: 'MEMBER' },
        })
      ).errors,
      ...(
        await client.send('mutation($id: ID!, $password: String!) { updateUser(id: $id, version: 1, input: { password: $password }) { id } }', {
          id: other.id,
          password,
        })
      ).errors,
      ...(
        await client.send('mutation($current: String!, $password: String!) { changePassword(current: $current, next: $password) }', {
          current: PASSWORD,
          password,
        })
      ).errors,
    ].map(({ extensions }) => [extensions.code, extensions.params['reason']]);
  for (const password of ['1234567890', 'Password123']) expect(await weak(password)).toEqual(Array.from({ length: 3 }, () => ['PASSWORD_TOO_WEAK', 'COMMON']));
  const { hashPassword } = await import('./password.ts');
  await trainyard.database.direct.query('UPDATE app_user SET password_hash = $2 WHERE id = $1', [user.id, await hashPassword('1234567890')]);
  expect((await signIn(user.email, '1234567890')).codes).toEqual([]);
});
