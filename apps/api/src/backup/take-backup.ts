import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import pg from 'pg';
import { readKeyLines } from '../platform/secrets/key-file.ts';
import { holdSweep } from '../platform/blobs/blob-sweep-lock.ts';
import { digestOf, FORMAT, type Index, type Manifest, type TableSum } from './archive-format.ts';
import { checked } from './archive-reader.ts';
import { ArchiveWriter } from './archive-writer.ts';
import { BackupError } from './backup-error.ts';
import { bytesText, countText, type Progress } from './progress.ts';
import { copyOut, PLAIN_TEXT, shapesOf, tableNames } from './rows.ts';
import { COPIED, LEFT_OUT } from './tables.ts';

/** Rows travel in pieces of this size: what is held in memory at once. */
const PIECE_BYTES = 4 * 1024 ** 2;
/** Names of stored files read at once. */
const NAMES = 1_000;

export interface BackupSource {
  databaseUrl: string;
  /** The folder that holds `blobs`. */
  dataDir: string;
  /** The file of the keys that seal secrets; it need not be there. */
  secretsKeyFile: string;
}

/**
 * Writes everything as it is at one moment to `out`, while others go on writing. One transaction with one snapshot reads all
 * rows. Every stored file that the snapshot names is still there: from before the snapshot to the end nothing is swept away.
 * @param workFactor logarithm of what a guess of the passphrase costs; tests take less
 */
export async function takeBackup(
  source: BackupSource,
  out: Writable,
  passphrase: string | null,
  progress: Progress,
  signal: AbortSignal,
  workFactor?: number,
): Promise<Index> {
  const client = new pg.Client({ connectionString: source.databaseUrl, application_name: 'trainyard-backup', keepAlive: true });
  // A broken connection fails the query under way; between two it must not end the process.
  client.on('error', () => undefined);
  await client.connect();
  const stop = (): void => void client.end();
  signal.addEventListener('abort', stop);
  try {
    await holdSweep(client);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(PLAIN_TEXT);
    const manifest = await manifestOf(client, progress);
    const archive = ArchiveWriter.to(out, passphrase, signal, workFactor);
    try {
      await archive.add('manifest', json(manifest));
      const tables = await addRows(client, manifest, archive, progress);
      const { missing, ...blobs } = await addBlobs(client, source.dataDir, archive, progress);
      // Whoever holds a plain archive would open with them what it holds.
      const keys = passphrase === null ? [] : readKeyLines(source.secretsKeyFile);
      if (keys.length > 0) await archive.add('keys', Buffer.from(keys.join('\n')));
      const index: Index = { tables, blobs, missing, digest: digestOf(tables) };
      await archive.add('index', json(index));
      await archive.end();
      return index;
    } catch (error) {
      await archive.abandon(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await client.end();
  }
}

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));

async function manifestOf(client: pg.Client, progress: Progress): Promise<Manifest> {
  const there = await tableNames(client);
  if (!there.includes('migration')) throw new BackupError('The database holds no Trainyard: there is nothing to back up.');
  const strange = there.filter((name) => !COPIED.includes(name) && !Object.hasOwn(LEFT_OUT, name));
  if (strange.length > 0) progress.say(`Not in the backup, because Trainyard does not know them: ${strange.join(', ')}.`);
  const { rows: migrations } = await client.query<{ name: string }>('SELECT name FROM migration ORDER BY id');
  const { rows: version } = await client.query<{ server_version: string }>('SHOW server_version');
  return {
    trainyardBackup: FORMAT,
    madeAt: new Date().toISOString(),
    postgres: version[0]?.server_version ?? '',
    migrations: migrations.map(({ name }) => name),
    tables: await shapesOf(client, COPIED),
    sequences: await sequencesOf(client),
  };
}

/** Where the counters of copied tables stand. */
async function sequencesOf(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows: names } = await client.query<{ name: string }>(
    /* sql */ `
    SELECT s.relname AS name FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid
    WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace AND t.relname = ANY ($1) ORDER BY s.relname`,
    [COPIED],
  );
  const sequences: Manifest['sequences'] = [];
  for (const { name } of names) {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `SELECT last_value::text AS value, is_called AS called FROM public.${pg.escapeIdentifier(name)}`,
    );
    if (rows[0]) sequences.push({ name, ...rows[0] });
  }
  return sequences;
}

async function addRows(client: pg.Client, { tables }: Manifest, archive: ArchiveWriter, progress: Progress): Promise<TableSum[]> {
  const sums: TableSum[] = [];
  let bytes = 0;
  for (const table of tables) {
    let piece = 0;
    const sum = await copyOut(client, table, PIECE_BYTES, async (rows) => {
      await archive.add(`database/${table.name}/${String(piece++).padStart(6, '0')}`, rows);
      bytes += rows.length;
      progress.at(() => `Rows: ${bytesText(bytes)}, at table ${table.name} (${sums.length + 1} of ${tables.length})`);
    });
    sums.push(sum);
  }
  return sums;
}

async function addBlobs(client: pg.Client, dataDir: string, archive: ArchiveWriter, progress: Progress): Promise<Index['blobs'] & { missing: string[] }> {
  const { rows: all } = await client.query<{ count: number; bytes: number }>(
    'SELECT count(*)::float8 AS count, COALESCE(sum(size), 0)::float8 AS bytes FROM blob',
  );
  const whole = all[0] ?? { count: 0, bytes: 0 };
  const added = { count: 0, bytes: 0, missing: [] as string[] };
  for (let after = ''; ;) {
    const { rows } = await client.query<{ digest: string; size: number }>(
      `SELECT digest, size::float8 AS size FROM blob WHERE digest COLLATE "C" > $1 ORDER BY digest COLLATE "C" LIMIT ${NAMES}`,
      [after],
    );
    for (const { digest, size } of rows) {
      const file = join(dataDir, 'blobs', digest.slice(0, 2), digest);
      if (await isWhole(file, digest, size)) {
        await archive.addStream(`blobs/${digest}`, size, createReadStream(file));
        added.count += 1;
        added.bytes += size;
      } else {
        added.missing.push(digest);
        progress.say(`Missing or damaged: ${file}`);
      }
      progress.at(
        () => `Files: ${added.count.toLocaleString('en-US')} of ${countText(whole.count, 'file')}, ${bytesText(added.bytes)} of ${bytesText(whole.bytes)}`,
      );
    }
    if (rows.length < NAMES) return added;
    after = rows.at(-1)?.digest ?? '';
  }
}

/** Read once before it is archived: an entry that turned out damaged in the middle could not be taken back. */
async function isWhole(file: string, digest: string, size: number): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  if (found?.size !== size) return false;
  try {
    for await (const _ of checked(digest, createReadStream(file)));
    return true;
  } catch {
    return false;
  }
}
