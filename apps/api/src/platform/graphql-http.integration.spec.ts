import type { GraphqlClient } from '../../test/client.ts';
import { buildOrganisation, buildUser, PASSWORD, someone } from '../../test/factories/people.ts';
import { TestTrainyard } from '../../test/trainyard.ts';

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

  const post = async (by: GraphqlClient, query: string, operationName?: string | null): Promise<Answer> => (await (await fetch(`${trainyard.url}/graphql`, { method: 'POST', headers: by.headers, body: JSON.stringify({ query, operationName }) })).json()) as Answer;
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
    for (const name of ['Look', 'Change', undefined]) expect((await get(client, query, name)).answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT' });
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
      for (const answer of [(await get(trainyard.client(), query, name)).answer, await post(trainyard.client(), query, name)]) expect(answer.errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    }
  });
});
