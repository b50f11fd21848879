import { keepHouse } from '../../test/housekeeping.ts';
import { buildUser, PASSWORD, signedInAs, someone } from '../../test/factories/people.ts';
import { GraphqlClient } from '../../test/client.ts';
import { untilWaiting } from '../../test/locks.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { rows } from '../platform/sql/database.ts';

const SIGN_IN = 'mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id } } }';
const ME = '{ viewer { user { id } } }';

const CREATE_TOKEN =
  'mutation($scopes: [TokenScope!]!, $expiresAt: DateTime) { createAccessToken(name: "t", scopes: $scopes, expiresAt: $expiresAt) { secret } }';
const soon = new Date(Date.now() + 30 * 86_400_000).toISOString();

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

const sessionsOf = (userId: string) =>
  rows<{ id: string }>(trainyard.database.direct, 'SELECT id FROM session WHERE user_id = $1 ORDER BY created_at', [userId]);
const codes = async (client: GraphqlClient, document: string, variables = {}) => (await client.send(document, variables)).codes;

describe('a session', () => {
  it('is kept where neither scripts nor forms of other pages reach it', async () => {
    const { email } = await buildUser(trainyard);
    const response = await fetch(`${trainyard.url}/graphql`, {
      method: 'POST',
      headers: trainyard.client().headers,
      body: JSON.stringify({ query: SIGN_IN, variables: { email, password: PASSWORD } }),
    });
    expect(
      response.headers
        .getSetCookie()
        .filter((cookie) => cookie.startsWith('trainyard_session'))
        .map((cookie) =>
          cookie
            .replace(/_[0-9a-f]{8}=[^;]+/, '_installation=…')
            .split('; ')
            .toSorted(),
        ),
    ).toEqual([['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax', 'trainyard_session_installation=…']]);
  });

  it('ends when the same browser signs in again, as anybody, and no other does', async () => {
    const [li, bo] = [await buildUser(trainyard), await buildUser(trainyard)];
    const [desk, phone] = [trainyard.client(), await signedInAs(trainyard, li.id)];
    await desk.ask(SIGN_IN, { email: li.email, password: PASSWORD });
    const first = desk.cookie;
    await desk.ask(SIGN_IN, { email: li.email, password: PASSWORD });
    expect(await sessionsOf(li.id)).toHaveLength(2);
    await desk.ask(SIGN_IN, { email: bo.email, password: PASSWORD });
    expect([await sessionsOf(li.id), await sessionsOf(bo.id)].map((each) => each.length)).toEqual([1, 1]);
    const thief = trainyard.client();
    thief.cookie = first;
    expect([await codes(thief, ME), await codes(phone, ME), await codes(desk, ME)]).toEqual([['UNAUTHENTICATED'], [], []]);
  });

  it('is of one installation: another on the same host signs nobody out of it', async () => {
    const { user, client: browser } = await someone(trainyard);
    const other = await TestTrainyard.start();
    // The databases of tests are copies of one.
    await other.database.direct.query('UPDATE installation SET id = gen_random_uuid()');
    const rehearsal = await other.another();
    try {
      await buildUser(other, { email: user.email });
      const visit = new GraphqlClient(rehearsal.url);
      visit.cookie = browser.cookie;
      expect(await codes(visit, SIGN_IN, { email: user.email, password: PASSWORD })).toEqual([]);
      // What the browser holds now: a cookie knows no port.
      const held = [browser.cookie, visit.cookie].join('; ');
      for (const [here, client] of [trainyard, rehearsal].map((each) => [each, each.client()] as const)) {
        client.cookie = held;
        expect([here.url, await codes(client, ME)]).toEqual([here.url, []]);
      }
      visit.cookie = held;
      expect(await codes(visit, 'mutation { signOut }')).toEqual([]);
      expect([await codes(visit, ME), await codes(browser, ME)]).toEqual([['UNAUTHENTICATED'], []]);
    } finally {
      await rehearsal.stop();
      await other.stop();
    }
  });

  it('outlives an upgrade from the version whose cookie named no installation', async () => {
    const { client } = await someone(trainyard);
    client.cookie = client.cookie?.replace(/_[0-9a-f]{8}=/, '=') ?? null;
    expect(client.cookie).toMatch(/^trainyard_session=/);
    expect(await codes(client, ME)).toEqual([]);
    await client.ask('mutation { signOut }');
    expect(await codes(client, ME)).toEqual(['UNAUTHENTICATED']);
  });

  it('ends when it was not used for so long, and after its time in any case', async () => {
    const { user, client } = await someone(trainyard);
    const seen = (interval: string) =>
      trainyard.database.direct.query('UPDATE session SET last_seen_at = now() - $2::interval WHERE user_id = $1', [user.id, interval]);
    await seen('13 days 23 hours');
    expect(await codes(client, ME)).toEqual([]);
    // That it was used now is kept: the 14 days begin anew.
    expect(
      await rows(trainyard.database.direct, `SELECT FROM session WHERE user_id = $1 AND last_seen_at > now() - interval '1 hour'`, [user.id]),
    ).toHaveLength(1);
    await seen('14 days 1 minute');
    expect(await codes(client, ME)).toEqual(['UNAUTHENTICATED']);
    await keepHouse(trainyard);
    expect(await sessionsOf(user.id)).toEqual([]);
    const other = await signedInAs(trainyard, user.id);
    await trainyard.database.direct.query(`UPDATE session SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [user.id]);
    expect(await codes(other, ME)).toEqual(['UNAUTHENTICATED']);
  });

  it('is ended alone, by its person only, and all others together', async () => {
    const { user, client } = await someone(trainyard);
    const [phone, tablet] = [await signedInAs(trainyard, user.id), await signedInAs(trainyard, user.id)];
    type Sessions = { viewer: { sessions: { id: string; current: boolean; address: string | null; userAgent: string | null }[] } };
    const list = async (of: GraphqlClient) => (await of.ask<Sessions>('{ viewer { sessions { id current address userAgent } } }')).viewer.sessions;
    const here = await list(client);
    expect(here.map(({ current }) => current)).toEqual([true, false, false]);
    expect(here[0]).toMatchObject({ address: '127.0.0.1', userAgent: null });
    const END = 'mutation($id: ID!) { endSession(id: $id) }';
    const ofPhone = (await list(phone)).find(({ current }) => current)?.id ?? '';
    expect(await codes((await someone(trainyard)).client, END, { id: ofPhone })).toEqual(['NOT_FOUND']);
    expect(await codes(client, END, { id: here[0]?.id })).toEqual(['BAD_INPUT']);
    expect(await codes(client, END, { id: ofPhone })).toEqual([]);
    expect(await codes(client, END, { id: ofPhone })).toEqual(['NOT_FOUND']);
    expect([await codes(phone, ME), await codes(tablet, ME), await codes(client, ME)]).toEqual([['UNAUTHENTICATED'], [], []]);
    expect(await codes(client, 'mutation { endOtherSessions }')).toEqual([]);
    expect([await codes(tablet, ME), await codes(client, ME)]).toEqual([['UNAUTHENTICATED'], []]);
  });
});

describe('a token', () => {
  const UPDATE = 'mutation($id: ID!, $version: Int!, $input: UpdateUserInput!) { updateUser(id: $id, version: $version, input: $input) { id } }';
  async function scriptOf(client: GraphqlClient): Promise<GraphqlClient> {
    const { createAccessToken } = await client.ask<{ createAccessToken: { secret: string } }>(CREATE_TOKEN, { scopes: ['READ'], expiresAt: soon });
    const script = trainyard.client();
    script.token = createAccessToken.secret;
    return script;
  }

  it.each(['2100-02-30T00:00:00Z', '2100-02-30', '2100-01-01T24:00:00Z', '2100-13-01', '4102444800000', 'tomorrow', 4102444800000])(
    'does not end at %j, which is no date',
    async (expiresAt) => {
      const { client } = await someone(trainyard);
      expect(await codes(client, CREATE_TOKEN, { scopes: ['READ'], expiresAt })).toEqual(['BAD_INPUT']);
      expect(await codes(client, `mutation { createAccessToken(name: "t", scopes: [READ], expiresAt: ${JSON.stringify(expiresAt)}) { secret } }`)).toEqual([
        'BAD_INPUT',
      ]);
    },
  );

  it.each(['2100-01-01', '2100-02-28T23:59+08:00', '2096-02-29T00:00:00.123456Z'])('ends at %s', async (expiresAt) => {
    const { client } = await someone(trainyard);
    const { createAccessToken } = await client.ask<{ createAccessToken: { token: { expiresAt: string } } }>(
      'mutation($expiresAt: DateTime) { createAccessToken(name: "t", scopes: [READ], expiresAt: $expiresAt) { token { expiresAt } } }',
      { expiresAt },
    );
    expect(createAccessToken.token.expiresAt).toBe(new Date(expiresAt).toISOString());
  });

  it('ends with the sessions when an administrator sets the password, and not when its person does', async () => {
    const admin = await someone(trainyard, 'ADMIN');
    const { user, client } = await someone(trainyard);
    const script = await scriptOf(client);
    const phone = await signedInAs(trainyard, user.id);
    await client.ask('mutation($current: String!) { changePassword(current: $current, next: "battery staple 9") }', { current: PASSWORD });
    expect([await codes(script, ME), await codes(client, ME), await codes(phone, ME)]).toEqual([[], [], ['UNAUTHENTICATED']]);
    await admin.client.ask(UPDATE, { id: user.id, version: 2, input: { password: 'staple battery 9' } });
    expect([await codes(script, ME), await codes(client, ME)]).toEqual([['UNAUTHENTICATED'], ['UNAUTHENTICATED']]);
  });

  it('ends for good when its account is disabled, and one that an older version left does not wake up with it', async () => {
    const admin = await someone(trainyard, 'ADMIN');
    const { user, client } = await someone(trainyard);
    const script = await scriptOf(client);
    await admin.client.ask(UPDATE, { id: user.id, version: 1, input: { disabled: true } });
    await admin.client.ask(UPDATE, { id: user.id, version: 2, input: { disabled: false } });
    expect(await codes(script, ME)).toEqual(['UNAUTHENTICATED']);
    const left = await scriptOf(await signedInAs(trainyard, user.id));
    expect(await codes(left, ME)).toEqual([]);
    await trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [user.id]);
    await admin.client.ask(UPDATE, { id: user.id, version: 3, input: { disabled: false } });
    expect(await codes(left, ME)).toEqual(['UNAUTHENTICATED']);
  });

  it('is not made by a session that ends while it is made', async () => {
    const { user, client } = await someone(trainyard);
    const made = await trainyard.database.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM app_user WHERE id = $1 FOR UPDATE', [user.id]);
      const asked = codes(client, CREATE_TOKEN, { scopes: ['READ'], expiresAt: soon });
      await untilWaiting(trainyard, 1);
      await tx.query('DELETE FROM session WHERE user_id = $1', [user.id]);
      return { asked };
    });
    expect(await made.asked).toEqual(['UNAUTHENTICATED']);
    expect(await trainyard.database.direct.query('SELECT 1 FROM access_token WHERE user_id = $1', [user.id])).toEqual([]);
  });
});
