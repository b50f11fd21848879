import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { WebSocket } from 'ws';
import { buildUser, PASSWORD } from '../../../test/factories/people.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';

const NGINX = '/usr/sbin/nginx';
const UPLOAD_BYTES = 200 * 1024 ** 2;
const hasNginx = existsSync(NGINX);
if (!hasNginx) process.stderr.write(`SKIPPED, for there is no ${NGINX}: Trainyard behind a proxy (apt-get install nginx openssl)\n`);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** What passes on a header or two, and what does not: its own example for sockets passes neither name nor scheme. */
const PASSED = {
  'as its own example for sockets': '',
  'with the name it was asked by': 'proxy_set_header Host $host;',
  'with name and port, and whom it speaks for':
    'proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme;',
};

(hasNginx ? describe : describe.skip)('behind nginx with https on a port of its own, TRAINYARD_PUBLIC_URL is enough', () => {
  let trainyard: TestTrainyard;
  let folder: string;
  let port: number;
  let nginx: ChildProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trainyard-nginx-'));
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        join(folder, 'key.pem'),
        '-out',
        join(folder, 'cert.pem'),
        '-days',
        '1',
        '-subj',
        '/CN=yard.example',
        '-addext',
        'subjectAltName=DNS:yard.example',
      ],
      { stdio: 'ignore' },
    );
    port = await freePort();
    trainyard = await TestTrainyard.start({
      publicUrl: `https://yard.example:${port}`,
      uploadMaxBytes: 2 * UPLOAD_BYTES,
      uploadPendingBytes: 10 * UPLOAD_BYTES,
    });
  }, 60_000);
  afterAll(async () => {
    await trainyard.stop();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    nginx.kill('SIGTERM');
    if (nginx.exitCode === null) await once(nginx, 'exit');
  });

  const start = async (passed: string): Promise<void> => {
    const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ');
    await writeFile(
      join(folder, 'nginx.conf'),
      `daemon off; master_process off; pid ${join(folder, 'nginx.pid')}; error_log ${join(folder, 'error.log')};
      events {}
      http {
        access_log off; ${places}
        server {
          listen 127.0.0.1:${port} ssl;
          ssl_certificate ${join(folder, 'cert.pem')}; ssl_certificate_key ${join(folder, 'key.pem')};
          client_max_body_size 0;
          location / {
            proxy_pass ${trainyard.url}; proxy_http_version 1.1; proxy_request_buffering off;
            proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";
            ${passed}
          }
        }
      }`,
    );
    nginx = spawn(NGINX, ['-e', join(folder, 'error.log'), '-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
    for (;;) {
      const socket = connect(port, '127.0.0.1');
      const answered = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
      socket.destroy();
      if (answered) return;
      if (nginx.exitCode !== null) throw new Error('nginx does not start');
    }
  };

  const ask = async (
    path: string,
    headers: Record<string, string>,
    body: Readable | string,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: string }> => {
    const sent = httpsRequest({
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      rejectUnauthorized: false,
      servername: 'yard.example',
      headers: { host: `yard.example:${port}`, 'x-trainyard-csrf': '1', ...headers },
    });
    if (typeof body === 'string') sent.end(body);
    else body.pipe(sent);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    let text = '';
    for await (const part of response) text += String(part);
    return { status: response.statusCode ?? 0, headers: response.headers, body: text };
  };
  const follow = async (cookie: string, origin: string): Promise<string> => {
    const socket = new WebSocket(`wss://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
      rejectUnauthorized: false,
      headers: { host: `yard.example:${port}`, origin, cookie },
    });
    const outcome = await new Promise<string>((resolve) => {
      socket.on('open', () => socket.send('{"type":"connection_init"}'));
      socket.on('message', (data) => resolve((JSON.parse(String(data)) as { type: string }).type));
      socket.on('unexpected-response', (_request, { statusCode }) => resolve(String(statusCode)));
      socket.on('error', (error) => resolve(error.message));
    });
    socket.terminate();
    return outcome;
  };

  it.each(Object.entries(PASSED))(
    '%s: signing in, a socket, and 200 MB',
    async (_, passed) => {
      await start(passed);
      const user = await buildUser(trainyard, { orgRole: 'ADMIN' });
      const query = 'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id } } }';
      const signedIn = await ask(
        '/graphql',
        { 'content-type': 'application/json' },
        JSON.stringify({ query, variables: { email: user.email, password: PASSWORD } }),
      );
      expect(JSON.parse(signedIn.body)).toEqual({ data: { signIn: { user: { id: user.id } } } });
      const [cookie = ''] = String(signedIn.headers['set-cookie']?.[0]).split(';');
      expect(cookie).toMatch(/^__Host-trainyard_session_[0-9a-f]{8}=/);
      expect(await follow(cookie, `https://yard.example:${port}`)).toBe('connection_ack');
      expect(await follow(cookie, 'https://evil.example')).toBe('403');
      const piece = Buffer.alloc(1024 ** 2, 'x');
      const stored = await ask(
        '/uploads?name=large.csv',
        { cookie, 'content-type': 'application/octet-stream', 'content-length': String(UPLOAD_BYTES) },
        Readable.from(Array.from({ length: UPLOAD_BYTES / piece.length }, () => piece)),
      );
      expect([stored.status, JSON.parse(stored.body)]).toMatchObject([200, { size: UPLOAD_BYTES }]);
    },
    120_000,
  );
});
