import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countingSql } from '../test/count-sql.ts';
import { someone } from '../test/factories/people.ts';
import { TestTrainyard } from '../test/trainyard.ts';

describe('the metrics', () => {
  const TOKEN = 'a-metrics-token-for-tests';
  const started: TestTrainyard[] = [];
  const start = async (overrides: { metricsToken: string | null }) => {
    const trainyard = await TestTrainyard.start(overrides);
    started.push(trainyard);
    return async (remoteAddress: string, headers: Record<string, string> = {}) => {
      const { statusCode, body } = await trainyard.app.inject({ url: '/metrics', remoteAddress, headers });
      return body.includes('trainyard_http_request_seconds') ? statusCode : [statusCode, (JSON.parse(body) as { code: string }).code];
    };
  };
  afterAll(() => Promise.all(started.map((trainyard) => trainyard.stop())));

  it('are for the machine itself and for nobody behind a proxy on it', async () => {
    const read = await start({ metricsToken: null });
    expect(await Promise.all(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map((address) => read(address)))).toEqual([200, 200, 200]);
    const refused = [403, 'FORBIDDEN'];
    expect(await Promise.all(['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::1', '1.127.0.1'].map((address) => read(address)))).toEqual([
      refused,
      refused,
      refused,
      refused,
    ]);
    expect(await Promise.all(['x-forwarded-for', 'forwarded', 'via'].map((header) => read('127.0.0.1', { [header]: '127.0.0.1' })))).toEqual([
      refused,
      refused,
      refused,
    ]);
    expect(await read('192.0.2.7', { authorization: `Bearer ${TOKEN}` })).toEqual(refused);
  });

  it('are for whoever presents their token once there is one, from anywhere', async () => {
    const read = await start({ metricsToken: TOKEN });
    expect(await read('192.0.2.7', { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '192.0.2.8' })).toBe(200);
    expect(await read('127.0.0.1')).toEqual([403, 'FORBIDDEN']);
    expect(await read('127.0.0.1', { authorization: `Bearer ${TOKEN}x` })).toEqual([403, 'FORBIDDEN']);
  });
});

describe('the web app', () => {
  let webDir: string;
  let trainyard: TestTrainyard;
  beforeAll(async () => {
    webDir = await mkdtemp(join(tmpdir(), 'trainyard-web-'));
    await mkdir(join(webDir, 'assets'));
    await mkdir(join(webDir, '.vite'));
    const files = { 'index.html': '<title>Trainyard</title>', 'assets/main-1a2b.js': 'export {};', '.inputs.sha256': 'x', '.vite/manifest.json': '{}' };
    for (const [path, content] of Object.entries(files)) await writeFile(join(webDir, path), content);
    trainyard = await TestTrainyard.start({ webDir });
  });
  afterAll(async () => {
    await trainyard.stop();
    await rm(webDir, { recursive: true, force: true });
  });

  const ask = async (path: string, method: 'GET' | 'HEAD' = 'GET') => {
    const response = await fetch(trainyard.url + path, { method });
    return [response.status, response.headers.get('cache-control'), await response.text()];
  };

  it('is served by its page for every screen, and its assets for ever', async () => {
    for (const path of ['/', '/index.html', '/projects/NLP', '/runs/1?tab=log', '/sign-in?to=%2Ftickets%2FNLP-1%3Fv%3D1.5'])
      expect(await ask(path)).toEqual([200, 'no-cache', '<title>Trainyard</title>']);
    expect(await ask('/projects/NLP', 'HEAD')).toEqual([200, 'no-cache', '']);
    const forever = 'public, max-age=31536000, immutable';
    expect([await ask('/assets/main-1a2b.js'), await ask('/assets/main-1a2b.js', 'HEAD')]).toEqual([
      [200, forever, 'export {};'],
      [200, forever, ''],
    ]);
  });

  it('may run the script that stands in its page, as it is now, and no other', async () => {
    const scripts = async (path: string): Promise<string> =>
      /script-src ([^;]*)/.exec((await fetch(trainyard.url + path)).headers.get('content-security-policy') ?? '')?.[1]?.trim() ?? '';
    expect(await scripts('/projects/NLP')).toBe("'self'");
    for (const script of ['let boot = 1;', 'let boot = 22;']) {
      await writeFile(join(webDir, 'index.html'), `<script>${script}</script><script type="module" src="/assets/main-1a2b.js"></script>`);
      expect(await scripts('/projects/NLP')).toBe(`'self' 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    }
    expect(await scripts('/assets/main-1a2b.js')).toBe("'self'");
    await writeFile(join(webDir, 'index.html'), '<title>Trainyard</title>');
  });

  it('is what lies there now: a build replaces the files of a server that runs', async () => {
    await writeFile(join(webDir, 'assets', 'main-3c4d.js'), 'export const newer = true;');
    await rename(join(webDir, 'assets', 'main-1a2b.js'), join(webDir, 'main-1a2b.js.old'));
    await writeFile(join(webDir, 'index.html'), '<title>Newer</title>');
    expect(
      (await Promise.all(['/projects/NLP', '/assets/main-3c4d.js', '/assets/main-1a2b.js'].map((path) => ask(path)))).map(([status, , body]) => [status, body]),
    ).toEqual([
      [200, '<title>Newer</title>'],
      [200, 'export const newer = true;'],
      [404, expect.any(String)],
    ]);
    await rename(join(webDir, 'main-1a2b.js.old'), join(webDir, 'assets', 'main-1a2b.js'));
    await writeFile(join(webDir, 'index.html'), '<title>Trainyard</title>');
  });

  it.each([
    '/nope.js',
    '/nope%2ejs',
    '/assets/main-0000.js',
    '/assets',
    '/projects/app.css',
    '/.env',
    '/.inputs.sha256',
    '/.vite/manifest.json',
    '/..%2f..%2fetc%2fpasswd',
    '/%2e%2e%2fconfig',
    '/uploads/x',
    '/graphql/x',
    '/health/x',
  ])('answers %s, which is no screen, as missing', async (path) => {
    const [status, caching, body] = await ask(path);
    expect([status, caching, JSON.parse(String(body))]).toEqual([404, 'no-cache', expect.objectContaining({ code: 'NOT_FOUND' })]);
    expect((await ask(path, 'HEAD'))[0]).toBe(404);
  });

  it.each(['/assets/%00', '/assets/x%00.js'])('answers %s, which no file can be called, as a wrong request', async (path) => {
    const [status, , body] = await ask(path);
    expect([status, JSON.parse(String(body))]).toEqual([400, { code: 'BAD_INPUT', message: 'Bad Request', params: {} }]);
  });

  it('costs no look into the database, whoever asks', async () => {
    const { client } = await someone(trainyard);
    const sql = countingSql(trainyard);
    for (const path of ['/', '/projects/NLP', '/assets/main-1a2b.js', '/metrics']) {
      for (const headers of [client.headers, { authorization: 'Bearer not-a-token' }])
        expect((await fetch(trainyard.url + path, { headers })).status).toBe(200);
    }
    expect([sql.statements, sql.stop()]).toEqual([[], 0]);
    const asked = countingSql(trainyard);
    await client.ask('{ viewer { user { id } } }');
    expect(asked.stop()).toBeGreaterThan(0);
  });
});
