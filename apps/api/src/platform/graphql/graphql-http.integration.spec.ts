import type { GraphqlClient } from '../../../test/client.ts';
import { buildOrganisation, buildUser, PASSWORD, someone } from '../../../test/factories/people.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { KEPT_DOCUMENT } from './document-limits.ts';

interface Answer {
  data: Record<string, unknown> | null;
  errors?: { message: string; extensions: { code: string; params: object } }[];
}

describe('a document of several operations', () => {
  let trainyard: TestTrainyard;
  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    await buildOrganisation(trainyard);
  });
  afterAll(() => trainyard.stop());

  const post = async (by: GraphqlClient, query: string, operationName?: string | null): Promise<Answer> =>
    (await (await fetch(`${trainyard.url}/graphql`, { method: 'POST', headers: by.headers, body: JSON.stringify({ query, operationName }) })).json()) as Answer;
  /** As the browser of `by` sends it when a page of another site leads there. */
  const get = async (by: GraphqlClient, query: string, operationName?: string): Promise<{ answer: Answer; cookies: string[] }> => {
    const asked = new URLSearchParams({ query, ...(operationName === undefined ? {} : { operationName }) });
    const response = await fetch(`${trainyard.url}/graphql?${asked}`, { headers: by.cookie === null ? {} : { cookie: by.cookie } });
    return { answer: (await response.json()) as Answer, cookies: response.headers.getSetCookie() };
  };

  it('runs the one that is named, however often another was run before', async () => {
    const { client } = await someone(trainyard);
    const query = 'query Look { viewer { locale } } mutation Change { setLocale(locale: EN) { locale } }';
    for (let time = 0; time < 3; time++) expect((await post(client, query, 'Change')).data).toEqual({ setLocale: { locale: 'EN' } });
    for (let time = 0; time < 3; time++) expect((await post(client, query, 'Look')).data).toEqual({ viewer: { locale: 'EN' } });
    for (let time = 0; time < 3; time++) expect((await post(client, query)).errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    expect((await post(client, query, 'Change')).data).toEqual({ setLocale: { locale: 'EN' } });
  });

  it('changes nothing by GET, which other sites can have a browser send: neither of whoever is signed in nor of a stranger', async () => {
    const { client } = await someone(trainyard);
    const query = 'query Look { viewer { locale } } mutation Change { setLocale(locale: ZH) { locale } }';
    for (let time = 0; time < 3; time++) await post((await someone(trainyard)).client, query, 'Change');
    for (const name of ['Look', 'Change', undefined])
      expect((await get(client, query, name)).answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT' });
    expect((await client.ask<{ viewer: { locale: string | null } }>('{ viewer { locale } }')).viewer.locale).toBeNull();

    const attacker = await buildUser(trainyard);
    const signIn = `query Look { setup { needed } } mutation Change { signIn(email: "${attacker.email}", password: "${PASSWORD}") { user { id } } }`;
    for (let time = 0; time < 3; time++) expect((await post(trainyard.client(), signIn, 'Change')).data).toEqual({ signIn: { user: { id: attacker.id } } });
    const visited = await get(trainyard.client(), signIn, 'Look');
    expect([visited.answer.errors?.[0]?.extensions.code, visited.cookies]).toEqual(['BAD_INPUT', []]);
  });

  it.each([
    ['no operation of that name', '{ setup { needed } }', 'Nope'],
    ['several and no name', 'query A { setup { needed } } query B { setup { needed } }', undefined],
    ['no operation at all', 'fragment F on Query { setup { needed } }', undefined],
    ['a name that is none', '{ setup { needed } }', 'A\n} mutation { signOut'],
    ['an empty name', '{ setup { needed } }', ''],
  ])('is answered with what is wrong for %s, by GET and POST', async (_, query, name) => {
    for (let time = 0; time < 3; time++) {
      for (const answer of [(await get(trainyard.client(), query, name)).answer, await post(trainyard.client(), query, name)])
        expect(answer.errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    }
  });
});

describe('a document larger than any of our screens’', () => {
  let trainyard: TestTrainyard;
  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());

  const padded = (query: string): string => `${query} # ${'x'.repeat(KEPT_DOCUMENT)}`;

  it('is run as every other is, and kept by nobody', async () => {
    const { client } = await someone(trainyard, 'ADMIN');
    const driver = trainyard.app.getHttpAdapter().getInstance() as unknown as { graphql: (source: string) => unknown };
    const given: string[] = [];
    const original = driver.graphql;
    driver.graphql = Object.assign((source: string, ...rest: []) => (given.push(source), original.call(driver, source, ...rest)), original);
    const both = async (query: string, variables = {}) => {
      const [kept, once] = [await client.send(query, variables), await client.send(padded(query), variables)];
      expect([once.data, once.codes]).toEqual([kept.data, kept.codes]);
      return once;
    };
    expect((await both('mutation ($l: Locale!) { setLocale(locale: $l) { locale } }', { l: 'ZH' })).data).toEqual({ setLocale: { locale: 'ZH' } });
    expect((await both('mutation ($l: Locale!) { setLocale(locale: $l) { locale } }', { l: 'XX' })).codes).toEqual(['BAD_INPUT']);
    expect((await both('query ($id: ID!) { team(id: $id) { id } }', { id: 'none' })).codes).toEqual(['BAD_INPUT']);
    expect(
      (await both('{ viewer { user { memberships { team { memberships { user { memberships { team { memberships { user { id } } } } } } } } } } }')).codes,
    ).toEqual(['QUERY_TOO_DEEP']);
    expect((await client.send(padded('{ nope }'))).codes).toEqual(['BAD_INPUT']);
    expect((await client.send(padded('{ nope'))).codes).toEqual(['BAD_INPUT']);
    expect((await trainyard.client().send(padded('{ setup { needed } }'))).codes).toEqual(['UNAUTHENTICATED']);
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((source) => source.length > 2 * KEPT_DOCUMENT - 100 || source.includes('xxx'))).toEqual([]);
  });

  it('changes nothing by GET either', async () => {
    const { client } = await someone(trainyard);
    const answer = await fetch(`${trainyard.url}/graphql?${new URLSearchParams({ query: padded('mutation { setLocale(locale: EN) { locale } }') })}`, {
      headers: { cookie: client.cookie ?? '' },
    });
    expect(((await answer.json()) as Answer).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', params: { reason: 'METHOD' } });
  });
});
