import { KNOWN_BROWSER_TRIES, KNOWN_BROWSERS_EACH, PEOPLE_EACH_BROWSER, secretsIn } from '@trainyard/domain';
import type { GraphqlClient } from '../../test/client.ts';
import { buildUser, PASSWORD, someone, type BuiltUser } from '../../test/factories/people.ts';
import { hold, untilWaiting } from '../../test/locks.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { row, rows } from '../platform/sql/database.ts';
import { hashSecret, newSecret } from '../platform/secret.ts';
import { hashPassword } from './password.ts';

const SIGN_IN = 'mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id } } }';
const OTHER_PASSWORD = 'battery staple 9';
const HERE = '127.0.0.1';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());
beforeEach(() => trainyard.database.direct.query('TRUNCATE sign_in_throttle'));

const signIn = async (client: GraphqlClient, { email }: BuiltUser, password = PASSWORD) => (await client.send(SIGN_IN, { email, password })).codes;
/** Somebody, and the browser they signed in by and out again. */
async function atHome(): Promise<{ user: BuiltUser; browser: GraphqlClient }> {
  const [user, browser] = [await buildUser(trainyard), trainyard.client()];
  expect(await signIn(browser, user)).toEqual([]);
  await browser.ask('mutation { signOut }');
  browser.cookie = null;
  return { user, browser };
}
/** A browser with these cookies and no other. */
function browserWith(cookie: string | null): GraphqlClient {
  const client = trainyard.client();
  client.browser = cookie;
  return client;
}
const cookieOf = (...secrets: string[]) => trainyard.cookie('browser', secrets.join('.'));
const secretsOf = ({ browser }: GraphqlClient): string[] => secretsIn(browser?.split('=')[1]);
/** Wrong passwords for an account, each from an address of its own. */
async function strangersFail({ email }: BuiltUser, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const { body } = await trainyard.app.inject({
      method: 'POST',
      url: '/graphql',
      remoteAddress: `203.0.113.${i}`,
      headers: { 'x-trainyard-csrf': '1' },
      payload: { query: SIGN_IN, variables: { email, password: 'wrong' } },
    });
    expect(body).toContain('INVALID_CREDENTIALS');
  }
}
/** The account's sign-in is held up, as fifty strangers do it, without the time that fifty passwords take. */
const heldUp = ({ email }: BuiltUser) =>
  trainyard.database.direct.query(
    `INSERT INTO sign_in_throttle (key, failures, last_failure_at, blocked_until) VALUES ('account:' || rtrim(translate(encode(sha256($1::text::bytea), 'base64'), '+/', '-_'), '='), 50, now(), now() + interval '15 minutes')
    ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last_failure_at = excluded.last_failure_at, blocked_until = excluded.blocked_until`,
    [email],
  );
const knownFor = ({ id }: BuiltUser) =>
  rows<{ failures: number; secretHash: Buffer }>(
    trainyard.database.direct,
    'SELECT failures, secret_hash AS "secretHash" FROM known_browser WHERE user_id = $1 ORDER BY last_used_at',
    [id],
  );
const failuresOf = async (user: BuiltUser) => (await knownFor(user)).map(({ failures }) => failures);
const counts = (by: string) => rows<{ failures: number }>(trainyard.database.direct, 'SELECT failures FROM sign_in_throttle WHERE key LIKE $1', [`${by}:%`]);

describe('a browser that somebody signed in by', () => {
  it('signs in while fifty strangers hold the account up, and no other does', async () => {
    const { user, browser } = await atHome();
    await strangersFail(user, 50);
    expect(await signIn(trainyard.client(), user)).toEqual(['SIGN_IN_THROTTLED']);
    expect(await signIn(browser, user)).toEqual([]);
    // That somebody else has signed in lets no stranger try more.
    expect(await signIn(trainyard.client(), user)).toEqual(['SIGN_IN_THROTTLED']);
  }, 60_000);

  it('is not held up by who fails at the same address, until that is too many for the address', async () => {
    const { user, browser } = await atHome();
    for (let i = 0; i < 5; i++) expect(await signIn(trainyard.client(), user, 'wrong')).toEqual(['INVALID_CREDENTIALS']);
    expect(await signIn(trainyard.client(), user)).toEqual(['SIGN_IN_THROTTLED']);
    expect(await signIn(browser, user)).toEqual([]);
    expect(await counts('address')).toEqual([{ failures: 5 }]);
    await trainyard.database.direct.query(
      `UPDATE sign_in_throttle SET failures = 30, blocked_until = now() + interval '15 seconds' WHERE key = 'address:${HERE}'`,
    );
    expect(await signIn(browser, user)).toEqual(['SIGN_IN_THROTTLED']);
    // What was not looked at is no wrong password.
    expect(await failuresOf(user)).toEqual([0]);
  });

  it('has so many wrong passwords of its own, after which it is one of the strangers', async () => {
    const { user, browser } = await atHome();
    await heldUp(user);
    const told: string[] = [];
    for (let i = 0; i < KNOWN_BROWSER_TRIES + 2; i++) told.push(...(await signIn(browser, user, 'wrong')));
    expect(told).toEqual([...Array.from({ length: KNOWN_BROWSER_TRIES }, () => 'INVALID_CREDENTIALS'), 'SIGN_IN_THROTTLED', 'SIGN_IN_THROTTLED']);
    expect(await signIn(browser, user)).toEqual(['SIGN_IN_THROTTLED']);
    expect(await knownFor(user)).toEqual([]);
    // Its failures were the address's too, and neither the account's nor the pair's.
    expect([await counts('address'), await counts('pair'), await counts('account')]).toEqual([[{ failures: KNOWN_BROWSER_TRIES }], [], [{ failures: 50 }]]);
    // Once the strangers are gone it signs in again, by another secret: the old one may be in other hands.
    const spent = secretsOf(browser)[0];
    await trainyard.database.direct.query('TRUNCATE sign_in_throttle');
    expect(await signIn(browser, user)).toEqual([]);
    expect((await knownFor(user)).map(({ secretHash }) => secretHash)).toEqual([hashSecret(secretsOf(browser)[0] ?? '')]);
    expect(secretsOf(browser)[0]).not.toBe(spent);
  });

  it('has no more of them when they come at once', async () => {
    const { user, browser } = await atHome();
    await heldUp(user);
    const told = (await Promise.all(Array.from({ length: 25 }, () => signIn(browserWith(browser.browser), user, 'wrong')))).flat();
    expect(told.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(KNOWN_BROWSER_TRIES);
    expect(told.filter((code) => code === 'SIGN_IN_THROTTLED')).toHaveLength(25 - KNOWN_BROWSER_TRIES);
  });

  it('begins its count anew with the right one, also with the last it may send', async () => {
    const { user, browser } = await atHome();
    await heldUp(user);
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < KNOWN_BROWSER_TRIES - 1; i++) expect(await signIn(browser, user, 'wrong')).toEqual(['INVALID_CREDENTIALS']);
      expect(await failuresOf(user)).toEqual([KNOWN_BROWSER_TRIES - 1]);
      expect(await signIn(browser, user)).toEqual([]);
      expect(await failuresOf(user)).toEqual([0]);
      await trainyard.database.direct.query(`DELETE FROM sign_in_throttle WHERE key LIKE 'address:%'`);
    }
  });

  it('counts no right password against its address', async () => {
    const { user, browser } = await atHome();
    for (let i = 0; i < 3; i++) expect(await signIn(browser, user)).toEqual([]);
    expect(await counts('address')).toEqual([{ failures: 0 }]);
  });

  it('is known for its person only', async () => {
    const [li, bo] = [await atHome(), await atHome()];
    await heldUp(li.user);
    expect(await signIn(bo.browser, li.user)).toEqual(['SIGN_IN_THROTTLED']);
    expect(await signIn(browserWith(await cookieOf(newSecret())), li.user)).toEqual(['SIGN_IN_THROTTLED']);
    // Nor is what it sends for another counted against its own person.
    expect(await failuresOf(bo.user)).toEqual([0]);
    expect(await signIn(li.browser, li.user)).toEqual([]);
  });

  it('is known for each who signs in by it, by secrets of their own', async () => {
    const { user: li, browser } = await atHome();
    const bo = await buildUser(trainyard);
    expect(await signIn(browser, bo)).toEqual([]);
    for (const user of [li, bo]) await heldUp(user);
    expect([await signIn(browserWith(browser.browser), li), await signIn(browserWith(browser.browser), bo)]).toEqual([[], []]);
    expect(secretsOf(browser)).toHaveLength(2);
    // One who guesses at the other's account uses up that one's tries, not their own.
    for (let i = 0; i < KNOWN_BROWSER_TRIES; i++) await signIn(browser, li, 'wrong');
    expect([await knownFor(li), await failuresOf(bo)]).toEqual([[], [0]]);
  });

  it('is known for so many people at once, not for the one who signed in longest ago', async () => {
    const browser = trainyard.client();
    const people = await Promise.all(Array.from({ length: PEOPLE_EACH_BROWSER + 1 }, () => buildUser(trainyard)));
    for (const user of people) expect(await signIn(browser, user)).toEqual([]);
    expect(secretsOf(browser)).toHaveLength(PEOPLE_EACH_BROWSER);
    for (const user of people) await heldUp(user);
    const [first, ...others] = people;
    expect(await signIn(browserWith(browser.browser), first as BuiltUser)).toEqual(['SIGN_IN_THROTTLED']);
    for (const user of others) expect(await signIn(browserWith(browser.browser), user)).toEqual([]);
  });

  it('keeps the secret that it is known by, so that two tabs that sign in at once know the same', async () => {
    const { user, browser } = await atHome();
    const tabs = Array.from({ length: 4 }, () => browserWith(browser.browser));
    expect(await Promise.all(tabs.map((tab) => signIn(tab, user)))).toEqual([[], [], [], []]);
    expect(new Set(tabs.map((tab) => tab.browser))).toEqual(new Set([browser.browser]));
    expect(await knownFor(user)).toHaveLength(1);
  });

  it('is known whichever of two answers comes last, where both tabs sign in for the first time', async () => {
    const user = await buildUser(trainyard);
    const tabs = [trainyard.client(), trainyard.client()];
    expect(await Promise.all(tabs.map((tab) => signIn(tab, user)))).toEqual([[], []]);
    await heldUp(user);
    for (const tab of tabs) expect(await signIn(browserWith(tab.browser), user)).toEqual([]);
  });

  it('never becomes known by a secret that somebody else may have put there', async () => {
    const [thief, victim] = [await atHome(), await buildUser(trainyard)];
    const [planted = ''] = secretsOf(thief.browser);
    const invented = newSecret();
    const browser = browserWith(await cookieOf(planted, invented));
    expect(await signIn(browser, victim)).toEqual([]);
    await heldUp(victim);
    expect(await signIn(browserWith(await cookieOf(planted, invented)), victim)).toEqual(['SIGN_IN_THROTTLED']);
    expect(await signIn(browser, victim)).toEqual([]);
  });

  it('is told by a cookie that neither scripts nor other sites reach, and of which only a hash is stored', async () => {
    const user = await buildUser(trainyard);
    const response = await fetch(`${trainyard.url}/graphql`, {
      method: 'POST',
      headers: trainyard.client().headers,
      body: JSON.stringify({ query: SIGN_IN, variables: { email: user.email, password: PASSWORD } }),
    });
    const cookie = response.headers.getSetCookie().find((each) => each.startsWith('trainyard_browser_'));
    expect(cookie?.split('; ').slice(1).toSorted()).toEqual(['HttpOnly', `Max-Age=${180 * 86_400}`, 'Path=/', 'SameSite=Strict']);
    const [secret = ''] = secretsIn(cookie?.split(/[=;]/)[1]);
    expect(secret).toHaveLength(43);
    const stored = JSON.stringify(
      await trainyard.database.direct.query(`SELECT to_jsonb(b) AS b, encode(secret_hash, 'escape') AS raw FROM known_browser b WHERE user_id = $1`, [user.id]),
    );
    expect(stored).not.toContain(secret);
    expect(await knownFor(user)).toMatchObject([{ secretHash: hashSecret(secret) }]);
  });

  it('is known for 180 days after the last sign-in by it', async () => {
    const { user, browser } = await atHome();
    const used = (interval: string) =>
      trainyard.database.direct.query('UPDATE known_browser SET last_used_at = now() - $2::interval WHERE user_id = $1', [user.id, interval]);
    await heldUp(user);
    await used('179 days 23 hours');
    expect(await signIn(browser, user)).toEqual([]);
    // That it was used is kept: the days begin anew.
    expect(
      await rows(trainyard.database.direct, `SELECT FROM known_browser WHERE user_id = $1 AND last_used_at > now() - interval '1 minute'`, [user.id]),
    ).toHaveLength(1);
    await used('180 days 1 minute');
    expect(await signIn(browser, user)).toEqual(['SIGN_IN_THROTTLED']);
    const before = browser.browser;
    await trainyard.database.direct.query('TRUNCATE sign_in_throttle');
    expect(await signIn(browser, user)).toEqual([]);
    expect(secretsOf(browser)).toEqual([expect.not.stringMatching(secretsIn(before?.split('=')[1])[0] ?? '-'), ...secretsIn(before?.split('=')[1])]);
  });

  it('is one of so many of the account, also when several are new at once: the one not used for longest goes', async () => {
    const { user, browser: oldest } = await atHome();
    const another = (age: number) =>
      trainyard.database.direct.query(`INSERT INTO known_browser (secret_hash, user_id, last_used_at) VALUES ($1, $2, now() - make_interval(mins => $3))`, [
        hashSecret(newSecret()),
        user.id,
        age,
      ]);
    await trainyard.database.direct.query(`UPDATE known_browser SET last_used_at = now() - interval '1 day' WHERE user_id = $1`, [user.id]);
    for (let i = 1; i < KNOWN_BROWSERS_EACH - 1; i++) await another(i);
    const { user: other, browser: ofAnother } = await atHome();
    const fresh = Array.from({ length: 4 }, () => trainyard.client());
    expect((await Promise.all(fresh.map((client) => signIn(client, user)))).flat()).toEqual([]);
    expect(await knownFor(user)).toHaveLength(KNOWN_BROWSERS_EACH);
    for (const each of [user, other]) await heldUp(each);
    expect(await signIn(oldest, user)).toEqual(['SIGN_IN_THROTTLED']);
    for (const client of fresh) expect(await signIn(browserWith(client.browser), user)).toEqual([]);
    expect(await signIn(ofAnother, other)).toEqual([]);
  });
});

describe('browsers are forgotten', () => {
  const UPDATE = 'mutation($id: ID!, $version: Int!, $input: UpdateUserInput!) { updateUser(id: $id, version: $version, input: $input) { version } }';

  it('all of them, when an administrator sets the password, and when the account is disabled', async () => {
    const admin = await someone(trainyard, 'ADMIN');
    for (const input of [{ password: OTHER_PASSWORD }, { disabled: true }]) {
      const { user, browser } = await atHome();
      const other = await atHome();
      await admin.client.ask(UPDATE, { id: user.id, version: 1, input });
      if ('disabled' in input) await admin.client.ask(UPDATE, { id: user.id, version: 2, input: { disabled: false } });
      expect([await knownFor(user), await failuresOf(other.user)]).toEqual([[], [0]]);
      await heldUp(user);
      expect(await signIn(browser, user, input.password)).toEqual(['SIGN_IN_THROTTLED']);
    }
  });

  it('by no other change of the account', async () => {
    const admin = await someone(trainyard, 'ADMIN');
    const { user } = await atHome();
    await admin.client.ask(UPDATE, { id: user.id, version: 1, input: { name: 'Renamed', orgRole: 'VIEWER' } });
    expect(await failuresOf(user)).toEqual([0]);
  });

  it('all but the one that asks, when the person changes the password; that one gets another secret', async () => {
    const { user, browser: desk } = await atHome();
    const stolen = desk.browser;
    const phone = trainyard.client();
    for (const client of [desk, phone]) expect(await signIn(client, user)).toEqual([]);
    await desk.ask('mutation($current: String!, $next: String!) { changePassword(current: $current, next: $next) }', {
      current: PASSWORD,
      next: OTHER_PASSWORD,
    });
    await heldUp(user);
    expect(await signIn(browserWith(phone.browser), user, OTHER_PASSWORD)).toEqual(['SIGN_IN_THROTTLED']);
    expect(await signIn(browserWith(stolen), user, OTHER_PASSWORD)).toEqual(['SIGN_IN_THROTTLED']);
    expect(await signIn(browserWith(desk.browser), user, OTHER_PASSWORD)).toEqual([]);
    expect(await knownFor(user)).toHaveLength(1);
  });

  it.each([
    ['the password is set', 'UPDATE app_user SET password_hash = $2 WHERE id = $1'],
    ['the account is disabled', 'UPDATE app_user SET disabled = $2::text IS NOT NULL WHERE id = $1'],
  ])('and nobody signs in who had begun before %s: neither a session nor a browser outlives it', async (_, change) => {
    const { user, browser } = await atHome();
    const other = await hashPassword(OTHER_PASSWORD);
    const letGo = await hold(trainyard, async (tx) => {
      await tx.query(change, [user.id, other]);
      await tx.query('DELETE FROM session WHERE user_id = $1', [user.id]);
      await tx.query('DELETE FROM known_browser WHERE user_id = $1', [user.id]);
    });
    // The browser's own count waits for it, and looks at the account afterwards; a stranger's password is looked at before.
    const [known, stranger] = [signIn(browser, user), signIn(trainyard.client(), user)];
    await untilWaiting(trainyard, 2);
    await letGo('COMMIT');
    expect([await known, await stranger]).toEqual([['INVALID_CREDENTIALS'], ['INVALID_CREDENTIALS']]);
    expect(
      await row(
        trainyard.database.direct,
        'SELECT (SELECT count(*)::int FROM session WHERE user_id = $1) AS sessions, (SELECT count(*)::int FROM known_browser WHERE user_id = $1) AS browsers',
        [user.id],
      ),
    ).toEqual({ sessions: 0, browsers: 0 });
  });
});

it('makes the browser of the first owner known', async () => {
  const empty = await TestTrainyard.start();
  try {
    const client = empty.client();
    await client.ask('mutation($input: SetUpInput!) { setUp(input: $input) { user { id } } }', {
      input: { organisationName: 'Yard', name: 'Ada', email: 'ada@example.org', password: OTHER_PASSWORD },
    });
    expect(await rows(empty.database.direct, 'SELECT failures FROM known_browser WHERE secret_hash = $1', [hashSecret(secretsOf(client)[0] ?? '')])).toEqual([
      { failures: 0 },
    ]);
  } finally {
    await empty.stop();
  }
});

it('tells a stranger nothing: neither an unknown cookie nor one of another account is answered otherwise than none', async () => {
  const { browser } = await atHome();
  const user = await buildUser(trainyard);
  const nobody = { ...user, email: 'nobody@example.org' };
  const answers: unknown[] = [];
  for (const whose of [user, nobody]) {
    for (const cookie of [null, await cookieOf(newSecret()), browser.browser]) {
      const client = browserWith(cookie);
      const { errors } = await client.send(SIGN_IN, { email: whose.email, password: 'wrong' });
      answers.push({ errors, set: client.browser === cookie });
    }
    await heldUp(whose);
    for (const cookie of [null, await cookieOf(newSecret()), browser.browser]) answers.push(await signIn(browserWith(cookie), whose));
  }
  expect(answers.slice(6)).toEqual(answers.slice(0, 6));
  expect(answers.slice(1, 3)).toEqual([answers[0], answers[0]]);
  expect(answers.slice(3, 6)).toEqual([['SIGN_IN_THROTTLED'], ['SIGN_IN_THROTTLED'], ['SIGN_IN_THROTTLED']]);
});
