import fastifyOf from 'fastify';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setInterval } from 'node:timers/promises';
import { someone } from '../../../test/factories/people.ts';
import type { GraphqlClient } from '../../../test/client.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { refuseSlowBodies } from './patience.ts';

/** Not by `once`, which fails at a reset: so the server hangs up on what it did not read. */
const closed = (socket: Socket): Promise<void> => new Promise((done) => socket.once('close', () => done()));

describe('somebody who sends slowly', () => {
  let trainyard: TestTrainyard;
  let client: GraphqlClient;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    trainyard = await TestTrainyard.start({ limits: { ...DEFAULT_LIMITS, waitSeconds: 1 } });
    ({ client } = await someone(trainyard, 'ADMIN'));
  });
  afterAll(() => trainyard.stop());
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  /** Says `head`, then one more byte of `drip` now and then; answers what came back until the server hung up. */
  const drip = async (head: string, byte: string): Promise<string> => {
    const socket = connect(Number(new URL(trainyard.url).port), '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    let told = '';
    socket.on('data', (data) => (told += String(data)));
    await once(socket, 'connect');
    socket.write(head);
    const timer = globalThis.setInterval(() => socket.write(byte), 200);
    await closed(socket);
    clearInterval(timer);
    return told;
  };
  const headOf = (path: string, type: string) =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nX-Trainyard-Csrf: 1\r\nCookie: ${client.cookie}\r\n`;

  it.each<[string, () => string, string?]>([
    ['a document', () => `${headOf('/graphql', 'application/json')}Content-Length: 5000\r\n\r\n{`],
    ['an upload', () => `${headOf('/uploads?name=x', 'application/octet-stream')}Content-Length: 5000000\r\n\r\nx`],
    ['an upload of unknown length', () => `${headOf('/uploads?name=x', 'application/octet-stream')}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n`, '1\r\nx\r\n'],
    [
      'a runner’s report',
      () =>
        'POST /runner/v1/hello HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer a-runner-token-for-tests\r\nContent-Length: 5000\r\n\r\n{',
    ],
  ])('is told so for %s that comes a byte at a time, and hung up on', async (_, head, byte = 'x') => {
    const told = await drip(head(), byte);
    expect(told).toContain('"code":"REQUEST_TOO_SLOW"');
    expect(told).not.toContain('INTERNAL');
  });

  it.each<[string, string, () => string]>([
    [
      'no runner’s token',
      'UNAUTHENTICATED',
      () =>
        `PUT /runner/v1/attempts/${crypto.randomUUID()}/checkpoint?claim=1&step=1&trainingEpoch=1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nContent-Length: 5000000\r\n\r\nx`,
    ],
    ['a name that is none', 'BAD_INPUT', () => `${headOf('/uploads?name=', 'application/octet-stream')}Content-Length: 5000000\r\n\r\nx`],
    ['more than may be sent', 'TOO_LARGE', () => `${headOf('/uploads?name=x', 'application/octet-stream')}Content-Length: 50000000000\r\n\r\nx`],
    [
      'no sign-in',
      'UNAUTHENTICATED',
      () => 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-Trainyard-Csrf: 1\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n{',
    ],
    [
      'a name of others',
      'HOST_UNKNOWN',
      () => 'POST /uploads HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n{',
    ],
    ['a path that is none', 'Not Found', () => `${headOf('/uploads/nowhere', 'application/octet-stream')}Content-Length: 5000000\r\n\r\nx`],
  ])('and was refused for %s is hung up on as well, and nobody else notices', async (_, code, head) => {
    const told = await drip(head(), 'x');
    expect(told).toContain(code);
    expect(told).not.toContain('REQUEST_TOO_SLOW');
    expect((await client.send('{ viewer { locale } }')).codes).toEqual([]);
  });

  it('is hung up on while the head is on its way, and when nothing comes at all', async () => {
    expect(await drip('GET /health HTTP/1.1\r\nHost: localhost\r\n', 'X')).toMatch(/^HTTP\/1.1 408|^$/);
    expect(await drip('', '')).toMatch(/^HTTP\/1.1 408|^$/);
  }, 30_000);

  it('but steadily is waited for', async () => {
    const steadily = async function* () {
      let pieces = 0;
      for await (const _ of setInterval(400)) {
        yield new Uint8Array(2_000);
        pieces += 1;
        if (pieces === 6) return;
      }
    };
    const answer = await fetch(`${trainyard.url}/uploads?name=slow`, {
      method: 'POST',
      headers: { ...client.headers, 'content-type': 'application/octet-stream' },
      body: ReadableStream.from(steadily()),
      duplex: 'half',
    } as RequestInit);
    expect([answer.status, await answer.json()]).toMatchObject([200, { size: 12_000 }]);
  });
});

it('waits for JSON only so long, however steadily it comes, and for a stream for as long as it flows', async () => {
  const fastify = fastifyOf({ bodyLimit: 1_000_000_000 });
  refuseSlowBodies(fastify, { ...DEFAULT_LIMITS, waitSeconds: 0.1 });
  fastify.addContentTypeParser(
    'application/octet-stream',
    (_request, payload, done) =>
      void payload
        .resume()
        .once('error', done)
        .once('end', () => done(null)),
  );
  fastify.post('/', () => 'whole');
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  const send = async (type: string): Promise<string> => {
    const socket = connect((fastify.server.address() as AddressInfo).port, '127.0.0.1');
    let [told, pieces] = ['', 0];
    socket.on('data', (data) => (told += String(data))).on('error', () => undefined);
    socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${100 * 10_000}\r\n\r\n`);
    const timer = globalThis.setInterval(() => pieces++ < 100 && socket.write('x'.repeat(10_000)), 20);
    await closed(socket);
    clearInterval(timer);
    return told;
  };
  const [json, stream] = await Promise.all(['application/json', 'application/octet-stream'].map(send));
  await fastify.close();
  expect(json).toContain("Of the request's body");
  expect(stream).toContain('whole');
});
