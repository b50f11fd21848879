import { buildOrganisation, buildUser, PASSWORD, someone } from '../../../test/factories/people.ts';
import { countingSql } from '../../../test/count-sql.ts';
import { until } from '../../../test/runs.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { rows } from '../sql/database.ts';
import { DEFAULT_LIMITS } from './limits.ts';

const SIGN_IN =
  'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id memberships { id team { name } } } } }';
/** 15 kB that were 38 MB of answer and three seconds of silence for everybody. */
const INTROSPECTION = `{ ${Array.from({ length: 800 }, (_, i) => `a${i}:__schema{...F}`).join(' ')} } fragment F on __Schema { types { name description fields { name description } } }`;
const SETUPS = `{ ${Array.from({ length: 2_000 }, (_, i) => `a${i}:setup{needed}`).join(' ')} }`;

describe('somebody who is not signed in', () => {
  let trainyard: TestTrainyard;
  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    await buildOrganisation(trainyard);
    // The first refusal from an address is a row of the audit trail; its repeats in five minutes are counted and cost nothing.
    await trainyard.client().send(INTROSPECTION);
    await until(
      () => rows(trainyard.database.direct, `SELECT FROM audit_entry WHERE code = 'UNAUTHENTICATED'`),
      ({ length }) => length === 1,
    );
  });
  afterAll(() => trainyard.stop());

  it.each([
    ['the schema, again and again', INTROSPECTION],
    ['the schema, once', '{ __schema { types { name } } }'],
    ['a type', '{ __type(name: "Query") { name } }'],
    ['a public field more often than anybody needs', '{ a: setup { needed } b: setup { needed } c: setup { needed } d: setup { needed } }'],
    ['a public field in a long document', SETUPS],
    ['a public field under a long comment', `{ setup { needed } } # ${'x'.repeat(4_000)}`],
    ['a public field and another', '{ setup { needed } viewer { locale } }'],
    ['another behind a fragment', '{ ...F } fragment F on Query { viewer { locale } }'],
    ['another behind a fragment without a name', '{ ... on Query { viewer { locale } } }'],
    ['another in an operation that is not run', 'query A { setup { needed } } query B { viewer { locale } }'],
    ['what this schema has not', '{ nope }'],
  ])('is told to sign in, and nothing is run for %s', async (_, query) => {
    const sql = countingSql(trainyard);
    // The second and third time the document is known.
    for (let time = 0; time < 3; time++) expect((await trainyard.client().send(query)).codes).toEqual(['UNAUTHENTICATED']);
    expect(sql.stop()).toBe(0);
  });

  it('is told so also for a document that somebody signed in has asked before', async () => {
    const { client } = await someone(trainyard);
    const query = '{ __schema { queryType { name } } }';
    for (let time = 0; time < 3; time++) expect((await client.send(query)).codes).toEqual([]);
    expect((await trainyard.client().send(query)).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('sees whether there is somebody to set up, and signs in with what the screen asks', async () => {
    expect((await trainyard.client().ask<{ setup: { needed: boolean } }>('{ setup { needed } }')).setup.needed).toBe(false);
    const user = await buildUser(trainyard);
    const client = trainyard.client();
    const { signIn } = await client.ask<{ signIn: { user: { id: string } } }>(SIGN_IN, { email: user.email, password: PASSWORD });
    expect(signIn.user.id).toBe(user.id);
    expect((await client.send('{ viewer { locale } }')).codes).toEqual([]);
  });

  it('is not read to the end who sends much, or does not say how much', async () => {
    const post = (body: string | ReadableStream, more: object = {}) =>
      fetch(`${trainyard.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-trainyard-csrf': '1' }, body, ...more });
    const large = await post(JSON.stringify({ query: '{ setup { needed } }', variables: { x: 'x'.repeat(20_000) } }));
    expect([large.status, await large.json()]).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
    const unsaid = await post(new Blob(['{ "query": "{ setup { needed } }" }']).stream(), { duplex: 'half' });
    expect([unsaid.status, await unsaid.json()]).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
  });

  it('does not hold up others with a dozen of the worst documents at once', async () => {
    const { client } = await someone(trainyard);
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const from = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        fetch(`${trainyard.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-trainyard-csrf': '1' },
          body: JSON.stringify({ query: i % 2 ? INTROSPECTION : SETUPS }),
        }).then((answer) => answer.text()),
      ),
    );
    const ms = performance.now() - from;
    await client.ask('{ viewer { locale } }');
    clearInterval(beat);
    expect(Math.max(...answers.map((answer) => answer.length))).toBeLessThan(1_000);
    // It was 46 seconds, and 38 MB each.
    expect(ms).toBeLessThan(3_000);
    expect(longest).toBeLessThan(1_000);
  });
});

describe('many who are not signed in', () => {
  it('of one address have so many requests a minute, and those of another their own', async () => {
    const trainyard = await TestTrainyard.start({ limits: { ...DEFAULT_LIMITS, strangersPerMinute: 5 } });
    const ask = async (address: string) => {
      const answer = await trainyard.app.inject({
        method: 'POST',
        url: '/graphql',
        remoteAddress: address,
        headers: { 'x-trainyard-csrf': '1' },
        payload: { query: '{ setup { needed } }' },
      });
      return [answer.statusCode, answer.headers['retry-after'], answer.statusCode === 429 ? answer.json<{ code: string; params: object }>() : null];
    };
    for (let time = 0; time < 5; time++) expect((await ask('192.0.2.7'))[0]).toBe(200);
    // One each twelve seconds: how long that is, is said to person and program.
    expect(await ask('192.0.2.7')).toEqual([
      429,
      expect.stringMatching(/^1[12]$/),
      expect.objectContaining({ code: 'RATE_LIMITED', params: { seconds: expect.closeTo(12, -0.5) } }),
    ]);
    expect((await ask('192.0.2.8'))[0]).toBe(200);
    // Of IPv6 everybody has as many addresses as they like.
    for (let i = 0; i < 5; i++) expect((await ask(`2001:db8:1:2::${i}`))[0]).toBe(200);
    expect((await ask('2001:db8:1:2:ffff::1'))[0]).toBe(429);
    expect((await ask('2001:db8:1:3::1'))[0]).toBe(200);
    const { client } = await someone(trainyard);
    for (let time = 0; time < 20; time++) expect((await client.send('{ viewer { locale } }')).codes).toEqual([]);
    await trainyard.stop();
  });

  it('are a team of fifty behind one address, who all sign in at nine', () => {
    // Each looks whether to set up, who they are, signs in, and once mistypes: five requests.
    expect(DEFAULT_LIMITS.strangersPerMinute).toBeGreaterThanOrEqual(2 * 50 * 5);
    expect(DEFAULT_LIMITS.socketsPerAddress).toBeGreaterThanOrEqual(3 * 50 * 6);
  });
});
