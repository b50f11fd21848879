import { EventEmitter } from 'node:events';
import type { Server, Socket } from 'node:net';
import { buildUser, PASSWORD } from '../../../test/factories/people.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { row } from '../sql/database.ts';
import { addressOf, DEFAULT_LIMITS } from './limits.ts';
import { limitConnections } from './patience.ts';

const SIGN_IN = 'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id } } }';

describe('from where somebody asks', () => {
  let trainyard: TestTrainyard;
  beforeAll(async () => {
    trainyard = await TestTrainyard.start({ trustedProxies: ['192.0.2.0/24'], limits: { ...DEFAULT_LIMITS, strangersPerMinute: 100 } });
  });
  afterAll(() => trainyard.stop());

  const ask = (remoteAddress: string, forwarded: string | null, query: string, variables: object = {}) =>
    trainyard.app.inject({
      method: 'POST',
      url: '/graphql',
      remoteAddress,
      headers: { 'x-trainyard-csrf': '1', ...(forwarded === null ? {} : { 'x-forwarded-for': forwarded }) },
      payload: { query, variables },
    });
  const signIn = async (remoteAddress: string, forwarded: string | null, email: string, password: string): Promise<string> => {
    const body: { errors?: { extensions: { code: string } }[] } = (await ask(remoteAddress, forwarded, SIGN_IN, { email, password })).json();
    return body.errors?.[0]?.extensions.code ?? 'OK';
  };
  /** Where the newest session is said to be. */
  const newest = async (): Promise<string | undefined> =>
    (await row<{ address: string }>(trainyard.database.direct, 'SELECT address FROM session ORDER BY created_at DESC LIMIT 1'))?.address;

  it.each([
    ['what a proxy on this machine says', '127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['what a trusted proxy says', '192.0.2.7', '203.0.113.9', '203.0.113.9'],
    ['what the last proxy added, not what was sent to it', '127.0.0.1', '198.51.100.1, 127.0.0.1, 203.0.113.9', '203.0.113.9'],
    ['what a chain of trusted ones says', '127.0.0.1', '203.0.113.9, 192.0.2.8', '203.0.113.9'],
    ['the connection’s own address where nobody trusts it', '198.51.100.1', '203.0.113.9', '198.51.100.1'],
    ['an address without its port', '127.0.0.1', '203.0.113.9:5123', '203.0.113.9'],
    ['an address without its brackets', '127.0.0.1', '[2001:db8::1]:5123', '2001:db8::1'],
    ['the proxy where it says no address', '127.0.0.1', 'unknown', '127.0.0.1'],
    ['the proxy where it passes on anything', '127.0.0.1', `<script>${'x'.repeat(5_000)}`, '127.0.0.1'],
  ])('is %s', async (_, remote, forwarded, address) => {
    const user = await buildUser(trainyard);
    expect(await signIn(remote, forwarded, user.email, PASSWORD)).toBe('OK');
    expect(await newest()).toBe(address);
  });

  it('is one place to whoever guesses passwords, however many addresses of a network they use', async () => {
    const from = (i: number) => `2001:db8:5:6::${i.toString(16)}`;
    const codes = [];
    for (let i = 0; i < 31; i++) codes.push(await signIn(from(i), null, `nobody${i}@example.org`, 'wrong'));
    expect([codes.at(0), codes.at(-1)]).toEqual(['INVALID_CREDENTIALS', 'SIGN_IN_THROTTLED']);
    expect(await signIn('2001:db8:5:7::1', null, 'nobody@example.org', 'wrong')).toBe('INVALID_CREDENTIALS');
  }, 120_000);

  it('is no way round the throttle by saying another address each time', async () => {
    const codes = [];
    for (let i = 0; i < 7; i++) codes.push(await signIn('198.51.100.9', `203.0.113.${i}`, 'one@example.org', 'wrong'));
    expect(codes.at(-1)).toBe('SIGN_IN_THROTTLED');
  });

  it('is the connection’s own where there is no proxy at all', () => {
    expect(addressOf({ ip: '::ffff:10.0.0.1', socket: {} as Socket })).toBe('::ffff:10.0.0.1');
  });
});

it('lets one address have so many connections, the next its own, and this machine as many as it likes', () => {
  const server = new EventEmitter();
  limitConnections(server as Server, { ...DEFAULT_LIMITS, connectionsPerAddress: 2 });
  const connect = (remoteAddress: string) => {
    const socket = Object.assign(new EventEmitter(), { remoteAddress, destroyed: false, destroy: () => (socket.destroyed = true) });
    server.emit('connection', socket);
    return socket;
  };
  const first = connect('198.51.100.1');
  expect([first, connect('::ffff:198.51.100.1'), connect('198.51.100.1')].map(({ destroyed }) => destroyed)).toEqual([false, false, true]);
  expect(connect('198.51.100.2').destroyed).toBe(false);
  expect([connect('2001:db8::1'), connect('2001:db8::2'), connect('2001:db8::3')].map(({ destroyed }) => destroyed)).toEqual([false, false, true]);
  for (let i = 0; i < 5; i++) expect(connect('127.0.0.1').destroyed).toBe(false);
  first.emit('close');
  expect(connect('198.51.100.1').destroyed).toBe(false);
});
