import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { backUp, emptyTarget, fill, PASSPHRASE, removeTargets, restore } from '../../test/backups.ts';
import { onServer } from '../../test/test-database.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { migrations } from '../migrations/index.ts';
import { dataSourceOptions } from '../platform/sql/data-source.ts';
import { CopyIn, tableNames } from './rows.ts';
import { seal } from './sealing.ts';
import { COPIED, LEFT_OUT } from './tables.ts';
import type { BackupSource } from './take-backup.ts';

let trainyard: TestTrainyard;
let source: BackupSource;

/** Nothing of a restore is left: no table, no stored file. */
async function expectNothing({ databaseUrl: url, dataDir }: BackupSource): Promise<void> {
  expect(await onServer(url, tableNames)).toEqual([]);
  expect((await readdir(join(dataDir, 'blobs'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())).toEqual([]);
}

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  source = trainyard.config;
  await fill(trainyard);
});
afterAll(async () => {
  await trainyard.stop();
  await removeTargets();
});

/** The same archive encrypted so that opening it costs little. */
async function sealed(archive: Buffer, passphrase: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await seal(Readable.from([archive], { objectMode: false }), passphrase, 8)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('a restore', () => {
  it.each([
    ['plain', null],
    ['encrypted', PASSPHRASE],
  ])(
    'refuses a %s archive that is cut off or has one wrong bit, wherever, and writes nothing',
    async (_, passphrase) => {
      const { archive: plain } = await backUp(source);
      const archive = passphrase === null ? plain : await sealed(plain, passphrase);
      const target = await emptyTarget();
      const places = [0.001, 0.02, 0.5, 0.999].map((part) => Math.floor(archive.length * part));
      for (const place of [...places, archive.length - 3]) {
        const bent = Buffer.from(archive);
        bent[place] = (bent[place] ?? 0) ^ 0x10;
        await expect(restore(bent, target, passphrase)).rejects.toThrow(/damaged|no backup of Trainyard|passphrase is not/);
        await expectNothing(target);
      }
      for (const place of [...places, archive.length - 1]) {
        await expect(restore(archive.subarray(0, place), target, passphrase)).rejects.toThrow(/damaged|no backup of Trainyard|empty/);
        await expectNothing(target);
      }
    },
    60_000,
  );

  it('tells why rows were refused, also to whoever goes on writing them', async () => {
    await onServer((await emptyTarget()).databaseUrl, async (client) => {
      await client.query('CREATE TABLE few (id int CHECK (id < 3))');
      const copy = new CopyIn(client, { name: 'few', columns: ['id'] });
      const writeOn = async (): Promise<never> => {
        for (;;) {
          await copy.write(Buffer.from('7\n'));
          // As an archive that is being read does: else nothing would be heard of the server.
          await setImmediate();
        }
      };
      await expect(writeOn()).rejects.toMatchObject({ code: '23514' });
      await expect(copy.write(Buffer.from('1\n'))).rejects.toMatchObject({ code: '23514' });
      await expect(copy.end()).rejects.toMatchObject({ code: '23514' });
    });
  });

  it('refuses a Trainyard that has data, and leaves it as it is', async () => {
    const { archive } = await backUp(source);
    const target = await emptyTarget();
    await restore(archive, target);
    await onServer(target.databaseUrl, (client) => client.query(`UPDATE organisation SET name = 'Mine'`));
    await expect(restore(archive, target)).rejects.toThrow('has data already');
    expect(await onServer(target.databaseUrl, async (client) => (await client.query('SELECT name FROM organisation')).rows)).toEqual([{ name: 'Mine' }]);
    await expect(restore(archive, source)).rejects.toThrow('A Trainyard is running on this database');
  });

  it('goes into the empty schema of a Trainyard that was only started', async () => {
    const { archive, index } = await backUp(source);
    const target = await emptyTarget();
    const empty = await new DataSource(dataSourceOptions(target.databaseUrl, 1)).initialize();
    await empty.runMigrations();
    await empty.destroy();
    expect((await restore(archive, target)).digest).toBe(index.digest);
  });

  it('brings a backup of an older version up to date, and refuses one of a newer', async () => {
    const older = await emptyTarget();
    const first = await new DataSource({ ...dataSourceOptions(older.databaseUrl, 1), migrations: migrations.slice(0, 2) }).initialize();
    await first.runMigrations();
    await first.query(`INSERT INTO organisation (id, name) VALUES ($1, 'Older')`, [randomUUID()]);
    await first.destroy();
    const target = await emptyTarget();
    await restore((await backUp(older)).archive, target);
    expect(await onServer(target.databaseUrl, tableNames)).toEqual([...COPIED, ...Object.keys(LEFT_OUT)].sort());
    expect(await onServer(target.databaseUrl, async (client) => (await client.query('SELECT name FROM organisation')).rows)).toEqual([{ name: 'Older' }]);

    await onServer(older.databaseUrl, (client) => client.query(`INSERT INTO migration (timestamp, name) VALUES (9, 'FromTomorrow9999999999999')`));
    const newer = (await backUp(older)).archive;
    await expect(restore(newer, await emptyTarget())).rejects.toThrow('The backup was made by a newer Trainyard (FromTomorrow9999999999999)');
  });

  it('passes over what npm wrote before the archive', async () => {
    const { archive, index } = await backUp(source);
    const banner = Buffer.from('\n> trainyard@0.1.0 backup\n> node infra/local/backup.mjs -\n\n');
    expect((await restore(Buffer.concat([banner, archive]), await emptyTarget())).digest).toBe(index.digest);
  });
});
