import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countingSql } from '../test/count-sql.ts';
import { someone } from '../test/factories/people.ts';
import { TestTrainyard } from '../test/trainyard.ts';

describe('the web app', () => {
  let webDir: string;
  let trainyard: TestTrainyard;
  beforeAll(async () => {
    webDir = await mkdtemp(join(tmpdir(), 'trainyard-web-'));
    await mkdir(join(webDir, 'assets'));
    await writeFile(join(webDir, 'index.html'), '<title>Trainyard</title>');
    await writeFile(join(webDir, 'assets', 'main-1a2b.js'), 'export {};');
    trainyard = await TestTrainyard.start({ webDir });
  });
  afterAll(async () => {
    await trainyard.stop();
    await rm(webDir, { recursive: true, force: true });
  });

  it('is served by its page for every screen, its assets for ever, and a missing asset as missing', async () => {
    for (const path of ['/', '/projects/NLP', '/runs/1?tab=log']) {
      const page = await fetch(trainyard.url + path);
      expect([page.status, page.headers.get('cache-control'), await page.text()]).toEqual([200, 'no-cache', '<title>Trainyard</title>']);
    }
    const asset = await fetch(`${trainyard.url}/assets/main-1a2b.js`);
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect((await fetch(`${trainyard.url}/assets/main-0000.js`)).status).toBe(404);
  });

  it('costs no look into the database, whoever asks', async () => {
    const { client } = await someone(trainyard);
    const sql = countingSql(trainyard);
    for (const path of ['/', '/projects/NLP', '/assets/main-1a2b.js', '/metrics']) {
      for (const headers of [client.headers, { authorization: 'Bearer not-a-token' }]) expect((await fetch(trainyard.url + path, { headers })).status).toBe(200);
    }
    expect([sql.statements, sql.stop()]).toEqual([[], 0]);
    const asked = countingSql(trainyard);
    await client.ask('{ viewer { user { id } } }');
    expect(asked.stop()).toBeGreaterThan(0);
  });
});
