import { webcrypto } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  headers: IncomingHttpHeaders;
  raw: Buffer;
  body: Record<string, unknown> & { id: string; event: string; seq: number };
}
/** What a receiver answers; null: nothing, for ever. */
export type Answer = { status: number; body?: string | Buffer; headers?: Record<string, string> } | null;

/** A server elsewhere that webhooks are sent to. */
export async function receiver(): Promise<{
  url: string;
  port: number;
  received: Received[];
  answer: (answer: Answer) => void;
  until: (count: number) => Promise<void>;
  close: () => void;
}> {
  const received: Received[] = [];
  let answer: Answer = { status: 204 };
  let look = (): void => undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      received.push({ headers: request.headers, raw, body: JSON.parse(raw.toString()) as Received['body'] });
      if (answer !== null) response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
      look();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook?from=yard`,
    port,
    received,
    answer: (next) => (answer = next),
    until: (count) =>
      new Promise((resolve) => {
        look = () => {
          if (received.length >= count) resolve();
        };
        look();
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Whether a request is signed with this secret, as a receiver finds out: by WebCrypto, from the words of the documentation. */
export async function isSigned({ headers, raw }: Received, secret: string): Promise<boolean> {
  const { subtle } = webcrypto;
  const key = await subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  const [, hex = ''] = /^sha256=([0-9a-f]{64})$/.exec(String(headers['x-trainyard-signature'])) ?? [];
  const signed = Buffer.concat([Buffer.from(`${String(headers['x-trainyard-timestamp'])}.`), raw]);
  return subtle.verify('HMAC', key, Buffer.from(hex, 'hex'), signed);
}
