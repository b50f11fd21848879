import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ClientBase } from 'pg';
import { addKeyLines, keyLines } from '../platform/secrets/key-file.ts';
import { migrateQueue } from '../platform/jobs/queue-schema.ts';
import { LIVE } from '../training/run-states.ts';
import { digestOf, type Index, type Manifest, type TableShape, type TableSum } from './archive-format.ts';
import { checked, damaged, readArchive } from './archive-reader.ts';
import { explained } from './backup-error.ts';
import type { BackupSource } from './take-backup.ts';
import { bytesText, countText, type Progress } from './progress.ts';
import { RestoreTransaction } from './restore-transaction.ts';
import { copyOut, CopyIn } from './rows.ts';

const STAGING = 'restore-';

/**
 * Reads an archive into an empty database and a data folder. Nothing counts before the archive was read to its end and every
 * part of it was right: rows wait in one transaction and files in a folder of their own. A process killed on the way leaves an
 * empty database and a folder that the next restore removes.
 */
export async function restoreBackup(
  archive: Readable,
  target: BackupSource,
  passphrase: string | null,
  progress: Progress,
  signal: AbortSignal,
): Promise<Index> {
  const files = await StagedFiles.open(target.dataDir);
  let transaction: RestoreTransaction | null = null;
  const stop = (): void => {
    archive.destroy(new Error('interrupted'));
    void transaction?.abandon();
  };
  signal.addEventListener('abort', stop);
  try {
    transaction = await RestoreTransaction.begin(target.databaseUrl);
    await transaction.demandEmpty();
    const { index, keys } = await read(archive, transaction, files, passphrase, progress);
    progress.say('The archive is whole; bringing the data up to date ...');
    await transaction.migrateForward();
    const webhooks = await letGo(transaction.client);
    signal.throwIfAborted();
    // Files without rows do no harm, rows without files would.
    await files.place();
    addKeyLines(target.secretsKeyFile, keys);
    await transaction.commit();
    transaction = null;
    await migrateQueue(target.databaseUrl);
    if (webhooks > 0)
      progress.say(
        `Switched off: ${countText(webhooks, 'webhook')}. ${
          keys.length > 0
            ? 'The keys of their secrets were in the backup: each can be switched on again.'
            : "The keys of their secrets were not in the backup: each needs a new secret, unless the original's key file (secrets.key) is put in place."
        }`,
      );
    return index;
  } finally {
    signal.removeEventListener('abort', stop);
    await transaction?.abandon();
    await files.close();
  }
}

async function read(
  archive: Readable,
  transaction: RestoreTransaction,
  files: StagedFiles,
  passphrase: string | null,
  progress: Progress,
): Promise<{ index: Index; keys: string[] }> {
  let manifest: Manifest | null = null;
  let closeTables: (() => Promise<void>) | null = null;
  let table: TableShape | null = null;
  let copy: CopyIn | null = null;
  let bytes = 0;
  let index: Index | null = null;
  let keys: string[] = [];
  for await (const part of readArchive(archive, passphrase)) {
    if (part.kind === 'MANIFEST') {
      if (manifest) throw damaged('a second manifest');
      manifest = part.manifest;
      progress.say(`A backup of ${manifest.madeAt}, from PostgreSQL ${manifest.postgres}.`);
      await transaction.makeSchema(manifest);
      closeTables = await transaction.openTables(manifest.tables.map(({ name }) => name));
      continue;
    }
    if (!manifest || !closeTables) throw damaged('its manifest is missing');
    switch (part.kind) {
      case 'ROWS': {
        if (copy === null || table?.name !== part.table) {
          await copy?.end();
          table = manifest.tables.find(({ name }) => name === part.table) ?? null;
          if (!table) throw damaged(`rows of a table ${part.table} that the manifest does not name`);
          copy = new CopyIn(transaction.client, table);
        }
        await copy.write(part.bytes);
        bytes += part.bytes.length;
        progress.at(() => `Rows: ${bytesText(bytes)}, at table ${part.table}`);
        break;
      }
      case 'BLOB':
        await files.add(part.digest, part.bytes);
        progress.at(() => `Files: ${countText(files.count, 'file')}, ${bytesText(files.bytes)}`);
        break;
      case 'KEYS':
        keys = keyLines(part.bytes.toString('utf8'));
        break;
      case 'INDEX':
        await copy?.end();
        await transaction.setSequences(manifest.sequences);
        await closeTables();
        progress.say('Comparing the rows with those of the backup ...');
        await compare(transaction.client, manifest, part.index, files);
        index = part.index;
    }
  }
  if (!index) throw damaged('its index is missing');
  return { index, keys };
}

/** What was written is read again: the restored rows are those of the backup, to the digest. */
async function compare(client: ClientBase, manifest: Manifest, index: Index, files: StagedFiles): Promise<void> {
  const sums: TableSum[] = [];
  for (const table of manifest.tables) sums.push(await copyOut(client, table, Infinity, () => undefined));
  for (const sum of sums) {
    const told = index.tables.find(({ name }) => name === sum.name);
    if (told?.sha256 !== sum.sha256 || told.rows !== sum.rows)
      throw damaged(`table ${sum.name}: ${sum.rows} rows of ${told?.rows ?? 'none'}, or their content`);
  }
  if (digestOf(sums) !== index.digest) throw damaged('the digest of all rows');
  if (files.count !== index.blobs.count || files.bytes !== index.blobs.bytes) throw damaged(`${files.count} of ${index.blobs.count} stored files`);
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::float8 AS count FROM blob');
  if (rows[0]?.count !== files.count + index.missing.length) throw damaged('stored files that no table names');
}

/**
 * The copy must not act as the original, nor the original's runners on the copy: what they held is nobody's now. The worker
 * takes runs back like those of any lost runner, and they go on from their last checkpoint.
 * Answers how many webhooks there are: they are all off now.
 */
async function letGo(client: ClientBase): Promise<number> {
  await client.query(`UPDATE attempt SET lease_until = 'epoch', runner_id = NULL WHERE state IN ${LIVE}`);
  await client.query(`UPDATE dataset SET lease_until = NULL, runner_id = NULL, rung_at = NULL WHERE state = 'CHECKING'`);
  await client.query(`UPDATE webhook SET active = false, off_reason = 'RESTORED' WHERE active`);
  await client.query(`UPDATE webhook_delivery SET state = 'FAILED', error = 'SWITCHED_OFF' WHERE state = 'WAITING'`);
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM webhook');
  return rows[0]?.count ?? 0;
}

/** Stored files on their way: in a folder of their own until all are there. */
class StagedFiles {
  count = 0;
  bytes = 0;
  private readonly blobs: string;
  private readonly staging: string;

  private constructor(dataDir: string) {
    this.blobs = join(dataDir, 'blobs');
    this.staging = join(this.blobs, 'incoming', `${STAGING}${randomUUID()}`);
  }

  static async open(dataDir: string): Promise<StagedFiles> {
    const files = new StagedFiles(dataDir);
    const incoming = dirname(files.staging);
    await mkdir(incoming, { recursive: true });
    for (const name of await readdir(incoming)) if (name.startsWith(STAGING)) await rm(join(incoming, name), { recursive: true, force: true });
    await mkdir(files.staging);
    return files;
  }

  async add(digest: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    const file = await open(join(this.staging, digest), 'wx');
    try {
      for await (const chunk of checked(digest, bytes)) {
        await file.writeFile(chunk);
        this.bytes += chunk.length;
      }
      await file.sync();
    } catch (error) {
      // Written here: the archive, which is being read, has its own disk.
      throw explained(error, this.blobs);
    } finally {
      await file.close();
    }
    this.count += 1;
  }

  /** A file of that name that is there already has the same content. */
  async place(): Promise<void> {
    const folders = new Set<string>();
    for (const digest of await readdir(this.staging)) {
      const folder = join(this.blobs, digest.slice(0, 2));
      if (!folders.has(folder)) await mkdir(folder, { recursive: true });
      folders.add(folder);
      await rename(join(this.staging, digest), join(folder, digest));
    }
    for (const folder of [...folders, this.blobs]) await sync(folder);
  }

  async close(): Promise<void> {
    await rm(this.staging, { recursive: true, force: true });
  }
}

async function sync(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
