import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { backUp, emptyTarget, fill, NEVER, PASSPHRASE, removeTargets, restore, Words } from '../../test/backups.ts';
import { keepHouse } from '../../test/housekeeping.ts';
import type { BuiltRun } from '../../test/factories/training.ts';
import { codeOf, TestRunner } from '../../test/runner.ts';
import { jobsOf, reconcilerOf, until } from '../../test/runs.ts';
import { onServer } from '../../test/test-database.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { BlobStore } from '../platform/blobs/blob-store.ts';
import { SecretLost, Secrets } from '../platform/secrets/secrets.ts';
import { row, rows } from '../platform/sql/database.ts';
import { ArchiveWriter } from './archive-writer.ts';
import { tableNames } from './rows.ts';
import { COPIED, LEFT_OUT } from './tables.ts';
import { takeBackup, type BackupSource } from './take-backup.ts';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let trainyard: TestTrainyard;
let source: BackupSource;
let run: BuiltRun;
let runner: TestRunner;
let checkpoint: Buffer;
let attached: Buffer;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  source = trainyard.config;
  ({ run, runner, checkpoint, attached } = await fill(trainyard));
});
afterAll(async () => {
  await trainyard.stop();
  await removeTargets();
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
      const { archive } = await backUp(source, passphrase);
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
    // a table whose key has a part that may be null
    const sprintId = randomUUID();
    await trainyard.database.direct.query(
      /* sql */ `WITH s AS (
        INSERT INTO sprint (id, project_id, name, state, starts_on, ends_on, started_at, closed_at)
        SELECT $1, p.id, 'Ended', 'CLOSED', '2026-11-02', '2026-11-13', now(), now() FROM project p LIMIT 1 RETURNING id
      ), c AS (
        INSERT INTO sprint_capacity (sprint_id, ran_minutes) SELECT id, 480 FROM s RETURNING sprint_id
      )
      INSERT INTO sprint_capacity_person (sprint_id, person_id, minutes, points, unestimated)
      SELECT c.sprint_id, one.id, 480, 3, 1 FROM c, (SELECT NULL::uuid AS id UNION ALL (SELECT id FROM app_user LIMIT 1)) one`,
      [sprintId],
    );
    const { archive, index } = await backUp(source);
    const target = await emptyTarget();
    expect((await restore(archive, target)).digest).toBe(index.digest);
    expect(await readFile(join(target.dataDir, 'blobs', sha256(checkpoint).slice(0, 2), sha256(checkpoint)))).toEqual(checkpoint);
    expect(await readFile(join(target.dataDir, 'blobs', sha256(attached).slice(0, 2), sha256(attached)))).toEqual(attached);
    expect(index.missing).toEqual([]);
    const here = await row(
      trainyard.database.direct,
      'SELECT (SELECT count(*) FROM activity) AS activity, (SELECT text FROM log_line) AS text, (SELECT data FROM metric_chunk WHERE slot = 1) AS data, (SELECT count(*) FROM sprint_capacity_person) AS people',
    );
    const there = await onServer(
      target.databaseUrl,
      async (client) =>
        (
          await client.query(
            'SELECT (SELECT count(*) FROM activity) AS activity, (SELECT text FROM log_line) AS text, (SELECT data FROM metric_chunk WHERE slot = 1) AS data, (SELECT count(*) FROM sprint_capacity_person) AS people',
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
    await restore((await backUp(source)).archive, target);
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
    const { archive, index, said } = await backUp(source);
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
    const { archive, index } = await backUp(source, PASSPHRASE);
    expect(archive.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    const target = await emptyTarget();
    await expect(restore(archive, target)).rejects.toThrow('The backup is encrypted');
    await expect(restore(archive, target, 'another passphrase')).rejects.toThrow('The passphrase is not the one');
    // Nor is one that anybody may have made taken for the one that was sealed.
    await expect(restore((await backUp(source)).archive, target, PASSPHRASE)).rejects.toThrow('The backup is not encrypted');
    expect((await restore(archive, target, PASSPHRASE)).digest).toBe(index.digest);
  });
});

async function storeUnused(bytes: Buffer): Promise<string> {
  const { digest } = await trainyard.app.get(BlobStore).store(Readable.from([bytes]), 1e9);
  await trainyard.database.direct.query(`UPDATE blob SET created_at = now() - interval '1 hour' WHERE digest = $1`, [digest]);
  return digest;
}
