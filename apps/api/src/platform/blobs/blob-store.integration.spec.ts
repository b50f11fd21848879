import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buildUser } from '../../../test/factories/people.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { BlobStore } from './blob-store.ts';

let trainyard: TestTrainyard;
let blobs: BlobStore;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  blobs = trainyard.app.get(BlobStore);
});
afterAll(() => trainyard.stop());

const age = (digest: string) => trainyard.database.direct.query(`UPDATE blob SET created_at = now() - interval '1 hour' WHERE digest = $1`, [digest]);

describe('the blob store', () => {
  it('keeps what is referred to and what just came, and deletes the rest', async () => {
    const user = await buildUser(trainyard);
    const [kept, fresh, old] = await Promise.all([randomBytes(10), randomBytes(20), randomBytes(30)].map((bytes) => blobs.store(Readable.from([bytes]), 100)));
    if (!kept || !fresh || !old) throw new Error('not stored');
    await trainyard.database.direct.query('INSERT INTO upload (id, user_id, name, digest, size) VALUES ($1, $2, $3, $4, $5)', [
      randomUUID(),
      user.id,
      'a',
      kept.digest,
      kept.size,
    ]);
    await age(kept.digest);
    await age(old.digest);
    expect(await blobs.sweep()).toBe(1);
    expect(await Promise.all([kept, fresh, old].map((blob) => blobs.size(blob.digest)))).toEqual([10, 20, null]);
  });

  it('never loses bytes that are stored again while they are swept', async () => {
    for (let round = 0; round < 20; round++) {
      const bytes = randomBytes(50);
      const { digest } = await blobs.store(Readable.from([bytes]), 100);
      await age(digest);
      await Promise.all([blobs.sweep(), blobs.store(Readable.from([bytes]), 100)]);
      expect(await blobs.size(digest)).toBe(50);
      const [row] = (await trainyard.database.direct.query('SELECT count(*)::int AS count FROM blob WHERE digest = $1', [digest])) as { count: number }[];
      expect(row?.count).toBe(1);
    }
  });

  it('receives as many bytes as it is told to and no more, and leaves nothing of those', async () => {
    expect((await blobs.store(Readable.from([randomBytes(60), randomBytes(40)]), 100)).size).toBe(100);
    await expect(blobs.store(Readable.from([randomBytes(60), randomBytes(41)]), 100)).rejects.toMatchObject({ code: 'TOO_LARGE', params: { limit: 100 } });
    expect(await readdir(join(trainyard.config.dataDir, 'blobs', 'incoming'))).toEqual([]);
  });

  it('takes for a digest nothing that leads out of its folder', async () => {
    for (const name of ['../../config.json', 'A'.repeat(64), `${'a'.repeat(64)}/..`])
      await expect(blobs.size(name)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('stores and deletes nothing in what was put in the place of its data', async () => {
    const folder = trainyard.config.dataDir;
    const incoming = join(folder, 'blobs', 'incoming');
    const bytes = randomBytes(70);
    const { digest } = await blobs.store(Readable.from([bytes]), 100);
    await age(digest);
    await rename(folder, `${folder}-moved`);
    const refused = 'was moved away or replaced since we began';
    await expect(blobs.store(Readable.from([randomBytes(10)]), 100)).rejects.toThrow(refused);
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
    // A copy, in which another database's rows name the file.
    await cp(`${folder}-moved`, folder, { recursive: true });
    const stale = join(incoming, 'half');
    await writeFile(stale, '');
    await utimes(stale, 0, 0);
    await expect(blobs.store(Readable.from([randomBytes(10)]), 100)).rejects.toThrow(refused);
    await expect(blobs.sweep()).rejects.toThrow(refused);
    expect([await blobs.size(digest), await readdir(incoming)]).toEqual([70, ['half']]);
    await trainyard.database.direct.query('UPDATE blob SET created_at = now()');
    await expect(blobs.sweep()).rejects.toThrow(refused);
    expect(await readdir(incoming)).toEqual(['half']);
    // Replaced while bytes come in: no row without its file.
    await rm(folder, { recursive: true });
    await rename(`${folder}-moved`, folder);
    const late = randomBytes(20);
    const coming = Readable.from(
      (async function* () {
        yield late;
        await cp(folder, `${folder}-copy`, { recursive: true });
        await rename(folder, `${folder}-moved`);
        await rename(`${folder}-copy`, folder);
      })(),
    );
    await expect(blobs.store(coming, 100)).rejects.toThrow(refused);
    await rm(folder, { recursive: true });
    await rename(`${folder}-moved`, folder);
    const rows = await trainyard.database.direct.query('SELECT 1 FROM blob WHERE digest = $1', [createHash('sha256').update(late).digest('hex')]);
    expect(rows).toEqual([]);
    await age(digest);
    await blobs.sweep();
    expect(await blobs.size(digest)).toBeNull();
    await rm(incoming, { recursive: true });
    await mkdir(incoming);
  });

  it('leaves nothing of bytes that broke off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield randomBytes(10);
        throw new Error('the sender went away');
      })(),
    );
    await expect(blobs.store(broken, 100)).rejects.toThrow('the sender went away');
    expect(await readdir(join(trainyard.config.dataDir, 'blobs', 'incoming'))).toEqual([]);
  });
});
