import { createServer } from 'node:http';
import { BlockList, type AddressInfo } from 'node:net';
import { receiver } from '../../test/receiver.ts';
import { post, type Resolve } from './post.ts';

const local = new BlockList();
local.addSubnet('127.0.0.0', 8, 'ipv4');
const body = Buffer.from('{"id":"1"}');
let server: Awaited<ReturnType<typeof receiver>>;
beforeAll(async () => {
  server = await receiver();
});
beforeEach(() => {
  server.received.splice(0);
  server.answer({ status: 200, body: 'thanks' });
});
afterAll(() => server.close());

/** DNS that answers these, one after the other; the last for ever. */
function dns(...answers: string[][]): Resolve & { asked: number } {
  const resolve: Resolve & { asked: number } = Object.assign(
    (_: string, answer: Parameters<Resolve>[1]) => {
      const addresses = answers[Math.min(resolve.asked++, answers.length - 1)] ?? [];
      answer(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
    { asked: 0 },
  );
  return resolve;
}
const toName = (resolve: Resolve, allowed: BlockList) => post(new URL(`http://hooks.test:${server.port}/`), {}, body, { allowed, resolve });

it('posts the bytes, and keeps what is answered', async () => {
  expect(await post(new URL(server.url), { 'x-a': 'b' }, body, { allowed: local })).toEqual({ error: null, status: 200, answer: 'thanks' });
  expect(server.received[0]?.raw).toEqual(body);
  expect(server.received[0]?.headers['x-a']).toBe('b');
});

it('connects to the address that was looked at, and looks a name up once for it', async () => {
  const resolve = dns(['127.0.0.1'], ['10.0.0.1']);
  expect(await toName(resolve, local)).toMatchObject({ error: null });
  expect(resolve.asked).toBe(1);
  expect(server.received[0]?.headers.host).toBe(`hooks.test:${server.port}`);
});

it.each([
  ['a private address', [['127.0.0.1']]],
  ['a mapped one', [['::ffff:127.0.0.1']]],
  ['a private one among public ones', [['1.1.1.1', '127.0.0.1']]],
  ['nothing', [[]]],
])('refuses a name that DNS answers by %s', async (_, answers) => {
  expect(await toName(dns(...answers), new BlockList())).toEqual({ error: 'ADDRESS_REFUSED', status: null, answer: null });
  expect(server.received).toEqual([]);
});

it('refuses a name that is public when it is first looked up, and private when it is sent to', async () => {
  const resolve = dns(['1.1.1.1'], ['127.0.0.1']);
  resolve('hooks.test', () => undefined);
  expect(await toName(resolve, new BlockList())).toMatchObject({ error: 'ADDRESS_REFUSED' });
  expect(server.received).toEqual([]);
});

it('refuses a private address that stands in the URL', async () => {
  expect(await post(new URL(server.url), {}, body, { allowed: new BlockList() })).toMatchObject({ error: 'ADDRESS_REFUSED' });
  expect(server.received).toEqual([]);
});

it('follows no redirect', async () => {
  server.answer({ status: 302, headers: { location: server.url } });
  expect(await post(new URL(server.url), {}, body, { allowed: local })).toEqual({ error: 'ANSWER', status: 302, answer: '' });
  expect(server.received).toHaveLength(1);
});

it('keeps two thousand bytes of a long answer, without what no database takes', async () => {
  server.answer({ status: 500, body: Buffer.concat([Buffer.from([0]), Buffer.alloc(1_000_000, 'x')]) });
  const { error, answer } = await post(new URL(server.url), {}, body, { allowed: local });
  expect([error, answer?.length, answer?.slice(0, 3)]).toEqual(['ANSWER', 2_000, '\uFFFDxx']);
});

it.each([
  ['drips without an end', 200, 20, 'TIMEOUT'],
  ['pours without an end', 0, 65_536, null],
])('does not wait for a body that %s', async (_, pauseMs, bytes, error) => {
  let closed = false;
  let hungUp = (): void => undefined;
  const gone = new Promise<void>((done) => (hungUp = done));
  const endless = createServer((request, response) => {
    request.resume();
    response.on('close', () => {
      closed = true;
      hungUp();
    });
    const go = (): void => {
      if (closed) return;
      response.write(Buffer.alloc(bytes, 'x'));
      setTimeout(go, pauseMs);
    };
    go();
  });
  await new Promise<void>((done) => endless.listen(0, '127.0.0.1', done));
  const { port } = endless.address() as AddressInfo;
  const began = performance.now();
  expect((await post(new URL(`http://127.0.0.1:${port}/`), {}, body, { allowed: local, timeLimitMs: 1_000 })).error).toBe(error);
  expect(performance.now() - began).toBeLessThan(5_000);
  await gone;
  endless.close();
});

it('ends when the time is over, and when nobody is there', async () => {
  server.answer(null);
  expect(await post(new URL(server.url), {}, body, { allowed: local, timeLimitMs: 200 })).toEqual({ error: 'TIMEOUT', status: null, answer: null });
  expect(await post(new URL('http://127.0.0.1:1/'), {}, body, { allowed: local })).toEqual({ error: 'UNREACHABLE', status: null, answer: null });
});
