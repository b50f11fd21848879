import { messageOf } from '@trainyard/domain';
import { connect } from 'node:net';
import type { LoadOrder, LoadResult } from './load.ts';

/**
 * A load generator in a process of its own: each connection sends its next request when the last is answered, over a raw socket,
 * so that measuring costs a fraction of what is measured. Counts as failed: a status other than 200, and GraphQL errors.
 */
const END_OF_HEADERS = Buffer.from('\r\n\r\n');

interface Reply {
  status: number;
  bodyBytes: number;
  body: Buffer;
}

class Connection {
  private readonly socket;
  private pending: Buffer = Buffer.alloc(0);
  private waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | null = null;

  constructor(host: string, port: number) {
    this.socket = connect({ host, port, noDelay: true });
    this.socket.on('data', (chunk) => {
      this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
      this.settle();
    });
    const gone = (error?: Error): void => {
      this.waiting?.reject(error ?? new Error('the server closed the connection'));
      this.waiting = null;
    };
    this.socket.on('error', gone);
    this.socket.on('close', () => gone());
  }

  send(request: Buffer): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  private settle(): void {
    const headEnd = this.pending.indexOf(END_OF_HEADERS);
    if (headEnd < 0 || this.waiting === null) return;
    const head = this.pending.toString('latin1', 0, headEnd);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      this.waiting.reject(new Error(`a reply without content-length: ${head.split('\r\n')[0] ?? ''}`));
      this.waiting = null;
      return;
    }
    const total = headEnd + 4 + Number(length);
    if (this.pending.length < total) return;
    const body = this.pending.subarray(headEnd + 4, total);
    this.pending = this.pending.subarray(total);
    const { resolve } = this.waiting;
    this.waiting = null;
    resolve({ status: Number(head.slice(9, 12)), bodyBytes: Number(length), body });
  }

  close(): void {
    this.socket.destroy();
  }
}

const ERRORS = Buffer.from('"errors":[');

async function run(order: LoadOrder): Promise<LoadResult> {
  const target = new URL(order.url);
  const head = Object.entries({ host: target.host, 'content-type': 'application/json', ...order.headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const requestOf = (path: string, body: string): Buffer =>
    Buffer.from(`POST ${path} HTTP/1.1\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  const result: LoadResult = { ms: [], failed: 0, failures: [], bodyBytes: [], seconds: 0 };
  const began = performance.now();
  const until = order.durationMs === undefined ? Number.POSITIVE_INFINITY : began + order.durationMs;
  await Promise.all(
    order.clients.map(async (bodies, client) => {
      const path = typeof order.path === 'string' ? order.path : (order.path[client] ?? '/');
      const requests = bodies.map((body) => requestOf(path, body));
      const connection = new Connection(target.hostname, Number(target.port));
      const times = order.repeat === true ? Number.POSITIVE_INFINITY : requests.length;
      for (let i = 0; i < times && performance.now() < until; i++) {
        const request = requests[i % requests.length];
        if (request === undefined) break;
        const sent = performance.now();
        try {
          const reply = await connection.send(request);
          result.ms.push(performance.now() - sent);
          result.bodyBytes.push(reply.bodyBytes);
          if (reply.status !== 200 || reply.body.includes(ERRORS)) fail(result, `${reply.status} ${reply.body.toString('utf8', 0, 300)}`);
        } catch (error) {
          fail(result, messageOf(error));
          break;
        }
      }
      connection.close();
    }),
  );
  result.seconds = (performance.now() - began) / 1000;
  return result;
}

function fail(result: LoadResult, why: string): void {
  result.failed++;
  if (result.failures.length < 5) result.failures.push(why);
}

process.once('message', (order) => {
  run(order as LoadOrder).then(
    (result) => process.send?.(result, () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
