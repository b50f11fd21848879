import { Inject, Injectable, Logger } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config.ts';
import { Database, rows } from './database.ts';
import { DomainError } from './domain-error.ts';

/** Bytes that arrived whole and lie in a temporary file: `keep` or `discard` them. */
export interface ReceivedBytes {
  path: string;
  digest: string;
  size: number;
}

/** A file half received by a process that died is removed after this long. */
const STALE_TEMPORARY_MS = 24 * 3600_000;
/** Unreferenced bytes wait this long: an upload and what takes it are two requests. */
const UNREFERENCED_AFTER = '10 minutes';

/** Who refers to a blob: with a new kind of reference, add it here. */
const UNREFERENCED = ['upload', 'dataset_file', 'checkpoint', 'artifact'].map((table) => `NOT EXISTS (SELECT FROM ${table} t WHERE t.digest = b.digest)`).join(' AND ');

/** Files named by their content under the data directory: blobs/ab/ab12…; the same bytes are stored once. */
@Injectable()
export class BlobStore {
  private readonly log = new Logger(BlobStore.name);
  private readonly folder: string;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) config: Config,
  ) {
    this.folder = join(config.dataDir, 'blobs');
  }

  /** Streams `source` to disk, hashing. Throws TOO_LARGE beyond `limit` bytes, STORAGE_FULL, or the source's own error; then nothing is left. */
  async receive(source: Readable, limit: number): Promise<ReceivedBytes> {
    const path = join(this.folder, 'incoming', randomUUID());
    await mkdir(dirname(path), { recursive: true });
    const hash = createHash('sha256');
    let size = 0;
    try {
      const file = await open(path, 'wx');
      try {
        // A refused sender must still be able to read why: the stream is left open.
        for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          size += chunk.length;
          if (size > limit) throw new DomainError('TOO_LARGE', { limit });
          hash.update(chunk);
          await file.writeFile(chunk);
        }
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      await rm(path, { force: true });
      throw (error as { code?: unknown }).code === 'ENOSPC' ? new DomainError('STORAGE_FULL') : error;
    }
    return { path, size, digest: hash.digest('hex') };
  }

  /** Puts the bytes in their place. The caller inserts what refers to them in the same `tx`. */
  async keep(tx: EntityManager, received: ReceivedBytes): Promise<void> {
    await lock(tx, received.digest);
    const path = this.pathOf(received.digest);
    await mkdir(dirname(path), { recursive: true });
    // Over a file of the same name, whose content is the same.
    await rename(received.path, path);
    await syncFolder(dirname(path));
    await tx.query('INSERT INTO blob (digest, size) VALUES ($1, $2) ON CONFLICT DO NOTHING', [received.digest, received.size]);
  }

  async discard(received: ReceivedBytes): Promise<void> {
    await rm(received.path, { force: true });
  }

  /** The size of stored bytes, or null. */
  async size(digest: string): Promise<number | null> {
    const found = await stat(this.pathOf(digest)).catch(() => null);
    return found?.size ?? null;
  }

  /** The bytes from `start` on. */
  read(digest: string, start = 0): ReadStream {
    return createReadStream(this.pathOf(digest), { start });
  }

  /** Deletes stored bytes nothing refers to any more; answers how many. Safe beside uploads and beside itself. */
  async sweep(): Promise<number> {
    const unused = await rows<{ digest: string }>(
      this.database.read,
      `SELECT b.digest FROM blob b WHERE b.created_at < now() - interval '${UNREFERENCED_AFTER}' AND ${UNREFERENCED} LIMIT 1000`,
    );
    let deleted = 0;
    for (const { digest } of unused) {
      await this.database.transaction(async (tx) => {
        await lock(tx, digest);
        const gone = await rows(tx, `DELETE FROM blob b WHERE b.digest = $1 AND ${UNREFERENCED} RETURNING b.digest`, [digest]);
        // Under the digest's lock and before the commit: whoever stores the same bytes again does so after us.
        if (gone.length > 0) await rm(this.pathOf(digest), { force: true });
        deleted += gone.length;
      });
    }
    await this.removeStaleIncoming();
    return deleted;
  }

  private async removeStaleIncoming(): Promise<void> {
    const folder = join(this.folder, 'incoming');
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => null);
      if (found && found.mtimeMs < Date.now() - STALE_TEMPORARY_MS) {
        await rm(path, { force: true });
        this.log.warn(`Removed ${name}, half received`);
      }
    }
  }

  private pathOf(digest: string): string {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new DomainError('NOT_FOUND');
    return join(this.folder, digest.slice(0, 2), digest);
  }
}

async function lock(tx: EntityManager, digest: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [digest]);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
