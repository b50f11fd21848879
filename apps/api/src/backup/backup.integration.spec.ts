import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { attach } from '../../test/attach.ts';
import { keepHouse } from '../../test/housekeeping.ts';
import { buildRun, type BuiltRun } from '../../test/factories/training.ts';
import { codeOf, points, TestRunner } from '../../test/runner.ts';
import { jobsOf, reconcilerOf, until } from '../../test/runs.ts';
import { databaseUrl, onServer, serverUrl } from '../../test/test-database.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { migrations } from '../migrations/index.ts';
import { dataSourceOptions } from '../platform/sql/data-source.ts';
import { SecretLost, Secrets } from '../platform/secrets/secrets.ts';
import { row, rows } from '../platform/sql/database.ts';
import type { Index } from './archive-format.ts';
import { ArchiveWriter } from './archive-writer.ts';
import { Progress } from './progress.ts';
import { restoreBackup } from './restore-backup.ts';
import { CopyIn, tableNames } from './rows.ts';
import { seal } from './sealing.ts';
import { COPIED, LEFT_OUT } from './tables.ts';
import { takeBackup, type BackupSource } from './take-backup.ts';

const NEVER = new AbortController().signal;
const PASSPHRASE = 'a passphrase for tests';
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** What a backup or restore says, line by line. */
class Words {
  readonly lines: string[] = [];
  readonly progress = new Progress({ write: (text) => this.lines.push(text.trim()) });
}

class Collected extends Writable {
  readonly chunks: Buffer[] = [];
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

let trainyard: TestTrainyard;
let source: BackupSource;
let run: BuiltRun;
let runner: TestRunner;
const checkpoint = randomBytes(300_000);
const attached = randomBytes(2_000);
const targets: { database: string; dataDir: string }[] = [];

async function backUp(passphrase: string | null = null, words = new Words()): Promise<{ archive: Buffer; index: Index; said: string[] }> {
  const out = new Collected();
  const index = await takeBackup(source, out, passphrase, words.progress, NEVER);
  return { archive: out.bytes, index, said: words.lines };
}

/** An empty database and an empty folder. */
async function emptyTarget(): Promise<BackupSource> {
  const database = `restored_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl(), (client) => client.query(`CREATE DATABASE ${database}`));
  const dataDir = await mkdtemp(join(tmpdir(), 'trainyard-restored-'));
  targets.push({ database, dataDir });
  return { databaseUrl: databaseUrl(serverUrl(), database), dataDir, secretsKeyFile: join(dataDir, 'secrets.key') };
}

const restore = (archive: Buffer, target: BackupSource, passphrase: string | null = null, words = new Words()): Promise<Index> =>
  restoreBackup(Readable.from([archive], { objectMode: false }), target, passphrase, words.progress, NEVER);

/** Nothing of a restore is left: no table, no stored file. */
async function expectNothing({ databaseUrl: url, dataDir }: BackupSource): Promise<void> {
  expect(await onServer(url, tableNames)).toEqual([]);
  expect((await readdir(join(dataDir, 'blobs'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())).toEqual([]);
}

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  source = trainyard.config;
  run = await buildRun(trainyard);
  runner = await TestRunner.online(trainyard);
  const { claim } = await runner.claim(run.attemptId);
  await runner.report(run.attemptId, {
    claim,
    seq: 0,
    metrics: [points('LOSS', 1, 600)],
    logs: [{ line: 0, at: new Date().toISOString(), stream: 'OUT', text: 'tab\t, line\n, backslash \\, 中文, \u2028' }],
  });
  await runner.put(`attempts/${run.attemptId}/checkpoint?claim=${claim}&step=100&trainingEpoch=1`, checkpoint);
  await attach(run.member, run.ticket.id, attached);
});
afterAll(async () => {
  await trainyard.stop();
  for (const { database, dataDir } of targets) {
    await onServer(serverUrl(), (client) => client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
    await rm(dataDir, { recursive: true, force: true });
  }
});

describe('the lists of tables', () => {
  it('name every table once, and none that is not there', async () => {
    const listed = [...COPIED, ...Object.keys(LEFT_OUT)].sort();
    expect(listed).toEqual([...new Set(listed)]);
    expect(await onServer(source.databaseUrl, tableNames)).toEqual(listed);
  });

  it('leave out nothing that a copied table refers to', async () => {
    const references = await rows<{ from: string; to: string }>(
      trainyard.database.direct,
      `SELECT conrelid::regclass::text AS from, confrelid::regclass::text AS to FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
    );
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter(({ from, to }) => COPIED.includes(from) && !COPIED.includes(to))).toEqual([]);
  });
});

describe('a backup', () => {
  describe('with a webhook', () => {
    const id = randomUUID();
    const own = randomBytes(32).toString('base64');
    let key: string;
    beforeAll(async () => {
      key = await readFile(source.secretsKeyFile, 'utf8');
      await trainyard.database.direct.query(
        /* sql */ `
        INSERT INTO webhook (id, project_id, address, events, secret, answerable_id, project_seq, organisation_seq)
        SELECT $1, p.id, 'https://example.org/', '{TICKET_CREATED}', $2, u.id, 0, 0 FROM project p, app_user u LIMIT 1`,
        [id, trainyard.app.get(Secrets).seal(`webhook/${id}`, 'a word')],
      );
    });
    afterAll(() => trainyard.database.direct.query('DELETE FROM webhook'));

    /** Restores it; answers what is said of webhooks, and the webhook's secret. */
    async function brought(target: BackupSource, passphrase: string | null): Promise<{ said: string[]; secret: Buffer }> {
      const { archive } = await backUp(passphrase);
      const words = new Words();
      await restore(archive, target, passphrase, words);
      const found = await onServer(target.databaseUrl, async (client) => (await client.query('SELECT active, off_reason, secret FROM webhook')).rows);
      expect(found).toEqual([{ active: false, off_reason: 'RESTORED', secret: expect.any(Buffer) }]);
      return { said: words.lines.filter((line) => line.startsWith('Switched off')), secret: found[0].secret as Buffer };
    }

    it('holds no key where it is plain, and its restore says what the webhook needs', async () => {
      const target = await emptyTarget();
      const { said, secret } = await brought(target, null);
      expect(said).toEqual([
        "Switched off: 1 webhook. The keys of their secrets were not in the backup: each needs a new secret, unless the original's key file (secrets.key) is put in place.",
      ]);
      expect(existsSync(target.secretsKeyFile)).toBe(false);
      expect(() => new Secrets(target).open(`webhook/${id}`, secret)).toThrow(SecretLost);
    });

    it('brings the keys where it is encrypted, for their owner to read alone: the webhook needs to be switched on, no more', async () => {
      const target = await emptyTarget();
      const { said, secret } = await brought(target, PASSPHRASE);
      expect(said).toEqual(['Switched off: 1 webhook. The keys of their secrets were in the backup: each can be switched on again.']);
      expect((await readFile(target.secretsKeyFile, 'utf8')).trim()).toBe(key.trim());
      expect(statSync(target.secretsKeyFile).mode & 0o777).toBe(0o600);
      expect(new Secrets(target).open(`webhook/${id}`, secret)).toBe('a word');
    });

    it('adds its keys after those that are there already', async () => {
      const target = await emptyTarget();
      await writeFile(target.secretsKeyFile, `${own}\n`);
      const { secret } = await brought(target, PASSPHRASE);
      expect(await readFile(target.secretsKeyFile, 'utf8')).toBe(`${own}\n${key.trim()}\n`);
      expect(new Secrets(target).open(`webhook/${id}`, secret)).toBe('a word');
    });
  });

  it('brings back every row and every stored file, equal by digest, beside a run in training', async () => {
    const { archive, index } = await backUp();
    const target = await emptyTarget();
    expect((await restore(archive, target)).digest).toBe(index.digest);
    expect(await readFile(join(target.dataDir, 'blobs', sha256(checkpoint).slice(0, 2), sha256(checkpoint)))).toEqual(checkpoint);
    expect(await readFile(join(target.dataDir, 'blobs', sha256(attached).slice(0, 2), sha256(attached)))).toEqual(attached);
    expect(index.missing).toEqual([]);
    const here = await row(
      trainyard.database.direct,
      'SELECT (SELECT count(*) FROM activity) AS activity, (SELECT text FROM log_line) AS text, (SELECT data FROM metric_chunk WHERE slot = 1) AS data',
    );
    const there = await onServer(
      target.databaseUrl,
      async (client) =>
        (
          await client.query(
            'SELECT (SELECT count(*) FROM activity) AS activity, (SELECT text FROM log_line) AS text, (SELECT data FROM metric_chunk WHERE slot = 1) AS data',
          )
        ).rows[0],
    );
    expect(there).toEqual(here);
    // Sessions stay with the original.
    expect(await onServer(target.databaseUrl, async (client) => (await client.query('SELECT 1 FROM session')).rowCount)).toBe(0);
    // What refers to what is enforced again, and the log is append-only again.
    await onServer(target.databaseUrl, async (client) => {
      await expect(client.query('UPDATE activity SET seq = seq + 1000')).rejects.toThrow('append-only');
      await expect(client.query('UPDATE run SET ticket_id = $1', [randomUUID()])).rejects.toThrow('run_ticket_id_fkey');
    });
  });

  it("is nobody's: the original's runner is fenced from the copy, whose worker rings anew and whose runs go on from their checkpoints", async () => {
    const target = await emptyTarget();
    await restore((await backUp()).archive, target);
    const copy = await TestTrainyard.start(target);
    try {
      const stray = await TestRunner.online(copy);
      expect(stray.id).toBe(runner.id);
      expect(await stray.heartbeat({ attemptId: run.attemptId, claim: 1 })).toEqual(['FENCED']);
      expect(await codeOf(stray.report(run.attemptId, { claim: 1, seq: 1 }))).toBe('FENCED');
      expect(await codeOf(stray.finish(run.attemptId, { claim: 1, outcome: 'SUCCEEDED' }))).toBe('FENCED');
      expect(await jobsOf(copy, run.attemptId)).toEqual([]);
      expect(await reconcilerOf(copy).reap(new Date())).toBe(1);
      await until(
        () => jobsOf(copy, run.attemptId),
        (jobs) => jobs.length === 1,
      );
      expect(await stray.claim(run.attemptId)).toMatchObject({ claim: 2, checkpoint: { step: 100, digest: sha256(checkpoint) } });
      // With the original nothing has changed.
      expect(await runner.heartbeat({ attemptId: run.attemptId, claim: 1 })).toEqual(['CONTINUE']);
    } finally {
      await copy.stop();
    }
  });

  it('is of one moment, and keeps what is deleted while it is made', async () => {
    const gone = randomBytes(100_000);
    const user = await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM app_user LIMIT 1');
    const digest = await storeUnused(gone);
    await trainyard.database.direct.query('INSERT INTO upload (id, user_id, name, digest, size) VALUES ($1, $2, $3, $4, $5)', [
      randomUUID(),
      user?.id,
      'gone',
      digest,
      gone.length,
    ]);
    // The reader takes nothing before the file is let go and housekeeping has looked.
    const out = new PassThrough({ highWaterMark: 1 });
    const words = new Words();
    const backup = takeBackup(source, out, null, words.progress, NEVER);
    const first = await new Promise<Buffer>((resolve) =>
      out.once('data', (chunk: Buffer) => {
        out.pause();
        resolve(chunk);
      }),
    );
    await trainyard.database.direct.query('DELETE FROM upload');
    await trainyard.database.direct.query('INSERT INTO team (id, name, name_key) VALUES ($1, $2, $3)', [randomUUID(), 'Too late', 'too late']);
    expect(await keepHouse(trainyard)).toBeUndefined();
    expect(existsSync(join(source.dataDir, 'blobs', digest.slice(0, 2), digest))).toBe(true);
    const chunks = [first];
    for await (const chunk of out as AsyncIterable<Buffer>) chunks.push(chunk);
    const { missing } = await backup;
    expect(missing).toEqual([]);
    const target = await emptyTarget();
    await restore(Buffer.concat(chunks), target);
    expect(await readFile(join(target.dataDir, 'blobs', digest.slice(0, 2), digest))).toEqual(gone);
    expect(await onServer(target.databaseUrl, async (client) => (await client.query(`SELECT 1 FROM team WHERE name = 'Too late'`)).rowCount)).toBe(0);
    // Now that the backup is done, it is swept.
    await keepHouse(trainyard);
    expect(existsSync(join(source.dataDir, 'blobs', digest.slice(0, 2), digest))).toBe(false);
  });

  it('names a stored file that is gone or damaged, and counts it', async () => {
    const lost = await storeUnused(randomBytes(1000));
    await unlink(join(source.dataDir, 'blobs', lost.slice(0, 2), lost));
    const { archive, index, said } = await backUp();
    expect(index.missing).toEqual([lost]);
    expect(said.join('\n')).toContain(lost);
    expect((await restore(archive, await emptyTarget())).missing).toEqual([lost]);
    await trainyard.database.direct.query('DELETE FROM blob WHERE digest = $1', [lost]);
  });

  it('tells that nobody reads it any more, also when that shows between two entries', async () => {
    const { promise: refused, resolve } = Promise.withResolvers<void>();
    const out = new Writable({
      write: (_chunk, _encoding, done) => {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
        resolve();
      },
    });
    const archive = ArchiveWriter.to(out, null, NEVER);
    await archive.add('more than is held back', randomBytes(2_000_000)).catch(() => undefined);
    await refused;
    await setImmediate();
    await expect(archive.add('next', Buffer.from('x'))).rejects.toMatchObject({ code: 'EPIPE' });
    await archive.abandon(new Error('the end of the test'));
  });

  it('is opened with its passphrase alone', async () => {
    const { archive, index } = await backUp(PASSPHRASE);
    expect(archive.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    const target = await emptyTarget();
    await expect(restore(archive, target)).rejects.toThrow('The backup is encrypted');
    await expect(restore(archive, target, 'another passphrase')).rejects.toThrow('The passphrase is not the one');
    // Nor is one that anybody may have made taken for the one that was sealed.
    await expect(restore((await backUp()).archive, target, PASSPHRASE)).rejects.toThrow('The backup is not encrypted');
    expect((await restore(archive, target, PASSPHRASE)).digest).toBe(index.digest);
  });
});

async function storeUnused(bytes: Buffer): Promise<string> {
  const { BlobStore } = await import('../platform/blobs/blob-store.ts');
  const { digest } = await trainyard.app.get(BlobStore).store(Readable.from([bytes]), 1e9);
  await trainyard.database.direct.query(`UPDATE blob SET created_at = now() - interval '1 hour' WHERE digest = $1`, [digest]);
  return digest;
}

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
      const { archive: plain } = await backUp();
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
    const { archive } = await backUp();
    const target = await emptyTarget();
    await restore(archive, target);
    await onServer(target.databaseUrl, (client) => client.query(`UPDATE organisation SET name = 'Mine'`));
    await expect(restore(archive, target)).rejects.toThrow('has data already');
    expect(await onServer(target.databaseUrl, async (client) => (await client.query('SELECT name FROM organisation')).rows)).toEqual([{ name: 'Mine' }]);
    await expect(restore(archive, source)).rejects.toThrow('A Trainyard is running on this database');
  });

  it('goes into the empty schema of a Trainyard that was only started', async () => {
    const { archive, index } = await backUp();
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
    const out = new Collected();
    await takeBackup(older, out, null, new Words().progress, NEVER);
    const target = await emptyTarget();
    await restore(out.bytes, target);
    expect(await onServer(target.databaseUrl, tableNames)).toEqual([...COPIED, ...Object.keys(LEFT_OUT)].sort());
    expect(await onServer(target.databaseUrl, async (client) => (await client.query('SELECT name FROM organisation')).rows)).toEqual([{ name: 'Older' }]);

    await onServer(older.databaseUrl, (client) => client.query(`INSERT INTO migration (timestamp, name) VALUES (9, 'FromTomorrow9999999999999')`));
    const newer = new Collected();
    await takeBackup(older, newer, null, new Words().progress, NEVER);
    await expect(restore(newer.bytes, await emptyTarget())).rejects.toThrow('The backup was made by a newer Trainyard (FromTomorrow9999999999999)');
  });

  it('passes over what npm wrote before the archive', async () => {
    const { archive, index } = await backUp();
    const banner = Buffer.from('\n> trainyard@0.1.0 backup\n> node infra/local/backup.mjs -\n\n');
    expect((await restore(Buffer.concat([banner, archive]), await emptyTarget())).digest).toBe(index.digest);
  });
});
