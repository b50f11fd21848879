import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { hostname } from 'node:os';
import { WebSocket } from 'ws';
import { buildUser, PASSWORD, signedInAs, someone } from '../../../test/factories/people.ts';
import type { GraphqlClient } from '../../../test/client.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { Hosts } from './hosts.ts';

const PUBLIC = 'https://yard.example:8443';
const SIGN_IN = 'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id } } }';

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request with whatever Host: fetch sends its own. */
async function ask(
  trainyard: TestTrainyard,
  path: string,
  options: { host?: string; method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const sent = httpRequest(`${trainyard.url}${path}`, {
    method: options.method ?? 'GET',
    headers: { ...options.headers, ...(options.host === undefined ? {} : { host: options.host }) },
  });
  sent.end(options.body);
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  let body = '';
  for await (const part of response) body += String(part);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}
const post = (trainyard: TestTrainyard, query: string, more: { host?: string; headers?: Record<string, string>; variables?: object } = {}): Promise<Answer> =>
  ask(trainyard, '/graphql', {
    method: 'POST',
    host: more.host,
    headers: { 'content-type': 'application/json', 'x-trainyard-csrf': '1', ...more.headers },
    body: JSON.stringify({ query, variables: more.variables }),
  });

/** The status of an upgrade, 101 where a socket was made of it. */
async function upgrade(trainyard: TestTrainyard, by: GraphqlClient | null, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(`${trainyard.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { ...(by?.cookie && { cookie: by.cookie }), ...headers },
  });
  return new Promise((resolve) => {
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => undefined);
  });
}

describe('the name a request comes by', () => {
  let local: TestTrainyard;
  let proxied: TestTrainyard;
  const lines: string[] = [];
  beforeAll(async () => {
    [local, proxied] = [
      await TestTrainyard.start(),
      await TestTrainyard.start({ publicUrl: PUBLIC, allowedHosts: ['upstream'], metricsToken: 'a-metrics-token-for-tests' }),
    ];
    const { log } = proxied.app.getHttpAdapter().getInstance();
    log.warn = ((line: string) => lines.push(line)) as never;
  });
  afterAll(async () => {
    await local.stop();
    await proxied.stop();
  });

  it.each([
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    'localhost.',
    'evil.example:443',
    '[::ffff:c000:207]',
    'EVIL.example.',
    '127.0.0.1.evil.example',
    '192.0.2.7',
    'user@localhost',
    'localhost/x',
  ])('is refused as %p with 421 and how to add it, before anything is told', async (host) => {
    for (const path of ['/', '/graphql?query={setup{needed}}', '/metrics', '/uploads', '/artifacts/x']) {
      const answer = await ask(local, path, { host });
      expect([path, answer.status, JSON.parse(answer.body)]).toMatchObject([path, 421, { code: 'HOST_UNKNOWN' }]);
    }
    expect((await post(local, '{ setup { needed demo { email password } } }', { host })).status).toBe(421);
    expect(await upgrade(local, null, { host, origin: `http://${host}` })).toBe(421);
  });

  it.each(['localhost', 'LOCALHOST:4000', 'yard.localhost:1', '127.0.0.1', '127.1.2.3:9', '[::1]:4000'])('may be %p of this machine', async (host) => {
    expect((await post(local, '{ setup { needed } }', { host })).status).toBe(200);
  });

  it('and a proxy that does not pass on that a socket is asked for is said to the operator, once and not for each browser', async () => {
    lines.length = 0;
    const asked = { host: 'yard.example', headers: { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version': '13' } };
    for (let i = 0; i < 3; i++) expect((await ask(proxied, '/graphql', asked)).body).toContain('"field":"upgrade"');
    expect(lines).toEqual([expect.stringContaining('proxy_set_header Upgrade $http_upgrade')]);
    expect(await upgrade(proxied, null, { host: 'yard.example', origin: PUBLIC })).toBe(101);
    expect(lines.length).toBe(1);
  });

  it('may be the public one on any port, or one more that was added; health and runners are reached by any', async () => {
    for (const host of ['yard.example', 'yard.example:8443', 'yard.example:80', 'upstream', '127.0.0.1'])
      expect([host, (await post(proxied, '{ setup { needed } }', { host })).status]).toEqual([host, 200]);
    expect((await post(proxied, '{ setup { needed } }', { host: 'other.example' })).status).toBe(421);
    expect((await ask(local, '/health', { host: '10.0.0.9' })).status).toBe(200);
    expect(
      (
        await ask(local, '/runner/v1/hello', {
          method: 'POST',
          host: 'api',
          headers: { 'content-type': 'application/json', authorization: 'Bearer a-runner-token-for-tests' },
          body: '{}',
        })
      ).status,
    ).toBe(400);
    expect((await ask(proxied, '/metrics', { host: 'api', headers: { authorization: 'Bearer a-metrics-token-for-tests' } })).status).toBe(200);
  });

  it('is an address of this machine, or its own name, where it listens to others', () => {
    const hosts = new Hosts({ host: '0.0.0.0', publicUrl: null, allowedHosts: [], metricsToken: null });
    for (const host of ['192.168.1.5:4000', '[2001:db8::1]:4000', hostname(), 'localhost', undefined]) expect([host, hosts.knows(host)]).toEqual([host, true]);
    expect(hosts.knows('evil.example')).toBe(false);
  });

  it('is permitted however it is written', () => {
    const hosts = new Hosts({ host: '127.0.0.1', publicUrl: null, allowedHosts: ['Yard.Example'], metricsToken: null });
    expect(['yard.example', 'YARD.example:4000', 'other.example'].map((host) => hosts.knows(host))).toEqual([true, true, false]);
  });

  it('decides with the public address whose page may open a socket, whatever Host a proxy passes; a refusal is one line', async () => {
    const { client } = await someone(proxied);
    for (const host of ['yard.example:8443', '127.0.0.1:4000', 'upstream'])
      expect([host, await upgrade(proxied, client, { host, origin: PUBLIC })]).toEqual([host, 101]);
    expect(await upgrade(proxied, client, { host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000' })).toBe(101);
    lines.length = 0;
    for (const origin of ['https://yard.example', 'http://yard.example:8443', 'https://evil.example', 'null', 'file://'])
      expect([origin, await upgrade(proxied, client, { host: '127.0.0.1:4000', origin })]).toEqual([origin, 403]);
    expect(lines[0]).toMatch(/^Refused GET \/graphql from .*https:\/\/yard\.example, which is not this Trainyard's address: say it in TRAINYARD_PUBLIC_URL/);
    expect(lines.length).toBeLessThanOrEqual(3);
  });

  it('is the host a page came from, also where a proxy names the scheme’s own port with it', () => {
    const hosts = new Hosts({ host: '127.0.0.1', publicUrl: null, allowedHosts: ['yard.example'], metricsToken: null });
    for (const [origin, host] of [
      ['https://yard.example', 'yard.example:443'],
      ['http://yard.example', 'yard.example:80'],
      ['https://yard.example', 'YARD.example'],
      ['https://yard.example:8443', 'yard.example:8443'],
      ['http://[::1]', '[::1]:80'],
    ] as const)
      expect([origin, host, hosts.isOurs(origin, host)]).toEqual([origin, host, true]);
    for (const [origin, host] of [
      ['https://yard.example', 'yard.example:80'],
      ['https://yard.example', 'yard.example:8443'],
      ['https://evil.example', 'yard.example:443'],
      ['https://yard.example', undefined],
      ['https://yard.example', 'yard.example/'],
      ['https://yard.example.', 'yard.example'],
    ] as const)
      expect([origin, host, hosts.isOurs(origin, host)]).toEqual([origin, host, false]);
  });

  it('does not make a socket of a POST: what only says so in a header still needs the header against forgery', async () => {
    const { client } = await someone(local);
    for (const connection of ['upgrade', 'keep-alive']) {
      const answer = await ask(local, '/graphql', {
        method: 'POST',
        headers: { cookie: client.cookie ?? '', 'content-type': 'application/json', upgrade: 'websocket', connection, origin: local.url },
        body: JSON.stringify({ query: 'mutation { signOut }' }),
      }).catch(() => null);
      if (answer) expect([answer.status, JSON.parse(answer.body)]).toMatchObject([403, { code: 'CSRF_REJECTED' }]);
    }
    expect((await client.send('{ viewer { locale } }')).codes).toEqual([]);
  });
});

describe('what answers carry', () => {
  let local: TestTrainyard;
  let secure: TestTrainyard;
  beforeAll(async () => {
    [local, secure] = [await TestTrainyard.start(), await TestTrainyard.start({ publicUrl: PUBLIC })];
  });
  afterAll(async () => {
    await local.stop();
    await secure.stop();
  });

  it('is kept by no cache where it is somebody’s own', async () => {
    const { client } = await someone(local);
    const headers = { ...client.headers, cookie: client.cookie ?? '' };
    for (const answer of [
      await post(local, '{ viewer { locale } }', { headers }),
      await post(local, '{ nope }'),
      await ask(local, '/graphql?query={viewer{locale}}', { headers }),
      await ask(local, '/uploads', { method: 'POST', headers }),
      await ask(local, '/runner/v1/hello', { method: 'POST' }),
      await ask(local, '/metrics'),
    ]) {
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('names what a page may do, and where it may connect to', async () => {
    const policy = String((await ask(secure, '/health')).headers['content-security-policy']);
    const { host } = new URL(secure.url);
    for (const directive of [
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "default-src 'self'",
      `connect-src 'self' ws://yard.example:8443 wss://yard.example:8443 ws://${host} wss://${host}`,
    ])
      expect(policy.split(';')).toContain(directive);
  });

  it('is a cookie of this host alone where people come by https; the other name, which a sibling could set, counts for nothing', async () => {
    const user = await buildUser(secure);
    const signedIn = await post(secure, SIGN_IN, { variables: { email: user.email, password: PASSWORD } });
    const cookies = [signedIn.headers['set-cookie']].flat().map(String);
    expect(cookies[0]).toMatch(/^__Host-trainyard_session_[0-9a-f]{8}=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(cookies[1]).toMatch(/^trainyard_session_[0-9a-f]{8}=; .*Expires=Thu, 01 Jan 1970/);
    expect(cookies[2]).toMatch(/^__Host-trainyard_browser_[0-9a-f]{8}=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(cookies[3]).toMatch(/^trainyard_browser_[0-9a-f]{8}=; .*Expires=Thu, 01 Jan 1970/);
    const cookie = cookies[0]?.split(';')[0] ?? '';
    expect((await post(secure, '{ viewer { locale } }', { headers: { cookie } })).body).toContain('"data":{"viewer"');

    const planted = (await signedInAs(secure, user.id)).cookie ?? '';
    for (const each of [planted, planted.replace(/_[0-9a-f]{8}=/, '=')]) {
      const answer = await post(secure, '{ viewer { locale } }', { headers: { cookie: each } });
      expect([answer.body.includes('UNAUTHENTICATED'), answer.headers['set-cookie']]).toEqual([true, undefined]);
    }
    const out = await post(secure, 'mutation { signOut }', { headers: { cookie } });
    // Who signs out leaves a browser that is still known.
    expect(
      [out.headers['set-cookie']]
        .flat()
        .map((one) => String(one).split(/_[0-9a-f]{8}=/)[0])
        .toSorted(),
    ).toEqual(['__Host-trainyard_session', 'trainyard_session']);
  });

  it.each([
    ['POST', '/uploads?name=a&name=b', 'application/octet-stream'],
    ['POST', '/graphql', 'application/graphql'],
    ['POST', '/graphql', 'text/plain'],
    ['POST', '/graphql', 'application/octet-stream'],
    ['POST', '/graphql', 'application/x-www-form-urlencoded'],
    ['POST', '/uploads?name=a', 'multipart/form-data; boundary=x'],
    ['POST', '/uploads?name=a', 'text/plain'],
    ['POST', '/uploads?name=a', 'nonsense'],
    ['GET', '/graphql?query={viewer{locale}}&query={viewer{locale}}', ''],
    ['GET', '/graphql?query={viewer{locale}}&variables=1&variables=2', ''],
    ['GET', '/graphql?query={viewer{locale}}&operationName=a&operationName=b', ''],
  ])('is what is wrong with it for %s %s as %s', async (method, path, type) => {
    const { client } = await someone(local, 'ADMIN');
    const answer = await ask(local, path, {
      method,
      headers: { cookie: client.cookie ?? '', 'x-trainyard-csrf': '1', ...(type && { 'content-type': type }) },
      body: method === 'GET' ? undefined : 'x',
    });
    expect(answer.body).toContain('"code":"BAD_INPUT"');
    expect(answer.status).toBeLessThan(500);
  });

  it.each(['hello', 'heartbeat', 'attempts/00000000-0000-4000-8000-000000000000/report', 'attempts/00000000-0000-4000-8000-000000000000/finish'])(
    'is what is wrong with it for a runner’s %s that is no JSON',
    async (path) => {
      for (const type of ['application/graphql', 'text/plain', 'application/octet-stream', 'application/json']) {
        const answer = await ask(local, `/runner/v1/${path}?claim=1&claim=2`, {
          method: 'POST',
          headers: { 'content-type': type, authorization: 'Bearer a-runner-token-for-tests' },
          body: 'x',
        });
        expect([type, answer.status, (JSON.parse(answer.body) as { code: string }).code]).toEqual([type, 400, 'BAD_INPUT']);
      }
    },
  );
});
