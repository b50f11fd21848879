import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { CONFIG, type Config } from '../../config.ts';
import { maySweep } from './blob-sweep-lock.ts';
import { DiskSpace, type Room } from './disk-space.ts';
import { Database, rows, type Tx } from '../sql/database.ts';
import { DomainError } from '../domain-error.ts';

export interface StoredBlob {
  /** sha256 of the bytes, hexadecimal. */
  digest: string;
  /** Bytes. */
  size: number;
}

/** What a sender said of the bytes. */
export interface Announced {
  /** How many will come; null: not said. */
  size?: number | null;
  digest?: string;
}

/** A file half received by a process that died is removed after this long. */
const STALE_TEMPORARY_MS = 24 * 3600_000;
/** Unreferenced bytes wait this long: an upload and what takes it are two requests. */
const UNREFERENCED_AFTER = '10 minutes';

/** Who refers to a blob: with a new kind of reference, add it here. */
const REFERRING = ['upload', 'dataset_file', 'checkpoint', 'artifact', 'attachment'];
const UNUSED = [
  `b.created_at < now() - interval '${UNREFERENCED_AFTER}'`,
  ...REFERRING.map((table) => `NOT EXISTS (SELECT FROM ${table} t WHERE t.digest = b.digest)`),
].join(' AND ');

/** Files named by their content under the data directory: blobs/ab/ab12…; the same bytes are stored once. */
@Injectable()
export class BlobStore implements OnModuleInit {
  private readonly log = new Logger(BlobStore.name);
  private readonly folder: string;
  /** The data directory as it was when we began; null until there is one. */
  private begun: string | null = null;

  constructor(
    private readonly database: Database,
    private readonly disk: DiskSpace,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.folder = join(config.dataDir, 'blobs');
  }

  async onModuleInit(): Promise<void> {
    this.begun = await identityOf(this.config.dataDir);
  }

  /**
   * Stores the bytes of `source` and answers their name. Throws TOO_LARGE beyond `limit` bytes, DIGEST_MISMATCH when they are
   * not the `announced` ones, STORAGE_FULL where they would use up the disk's reserve, or the source's own error; then nothing is
   * left. The caller writes what refers to them soon after: until then only their age keeps them from being swept.
   */
  async store(source: Readable, limit: number, announced: Announced = {}): Promise<StoredBlob> {
    const incoming = join(this.folder, 'incoming', randomUUID());
    const { size = null, digest: expected } = announced;
    const room = this.disk.room();
    try {
      const blob = await this.receive(source, incoming, limit, room, size);
      if (expected !== undefined && expected !== blob.digest) throw new DomainError('DIGEST_MISMATCH', { expected, received: blob.digest });
      const path = this.pathOf(blob.digest);
      await mkdir(dirname(path), { recursive: true });
      await this.database.transaction(async (tx) => {
        await lock(tx, blob.digest);
        await tx.query('INSERT INTO blob (digest, size) VALUES ($1, $2) ON CONFLICT (digest) DO UPDATE SET created_at = now()', [blob.digest, blob.size]);
        await this.demandPlace();
        // Under the lock and before the commit, as in sweep: a row never goes without its file. Over a file of this name, whose content is the same.
        await rename(incoming, path);
        await syncFolder(dirname(path));
      });
      return blob;
    } catch (error) {
      await rm(incoming, { force: true });
      throw isFull(error) ? new DomainError('STORAGE_FULL') : error;
    } finally {
      room.giveBack();
    }
  }

  /** The size of stored bytes, or null. */
  async size(digest: string): Promise<number | null> {
    const found = await stat(this.pathOf(digest)).catch(() => null);
    return found?.size ?? null;
  }

  /** The first bytes, at most so many. */
  async head(digest: string, bytes: number): Promise<Uint8Array> {
    const file = await open(this.pathOf(digest), 'r');
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** The bytes from `start` on. */
  read(digest: string, start = 0): ReadStream {
    return createReadStream(this.pathOf(digest), { start });
  }

  /** Deletes stored bytes nothing refers to any more; answers how many. Safe beside uploads, beside itself, and none while a backup is made. */
  async sweep(): Promise<number> {
    const unused = await rows<{ digest: string }>(this.database.direct, `SELECT b.digest FROM blob b WHERE ${UNUSED} LIMIT 1000`);
    let deleted = 0;
    for (const { digest } of unused) {
      await this.database.transaction(async (tx) => {
        await lock(tx, digest);
        if (!(await maySweep(tx))) return;
        const gone = await rows(tx, `DELETE FROM blob b WHERE b.digest = $1 AND ${UNUSED} RETURNING b.digest`, [digest]);
        // Under the digest's lock and before the commit: whoever stores the same bytes again does so after us.
        if (gone.length > 0) {
          await this.demandPlace();
          await rm(this.pathOf(digest), { force: true });
        }
        deleted += gone.length;
      });
    }
    await this.removeStaleIncoming();
    return deleted;
  }

  /** Streams to a file of its own, hashing. */
  private async receive(source: Readable, path: string, limit: number, room: Room, announced: number | null): Promise<StoredBlob> {
    await this.demandPlace();
    await room.open(announced);
    await mkdir(dirname(path), { recursive: true });
    const hash = createHash('sha256');
    let size = 0;
    const file = await open(path, 'wx');
    try {
      // A refused sender must still be able to read why: the stream is left open.
      for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > limit) throw new DomainError('TOO_LARGE', { limit });
        await room.demand(chunk.length);
        hash.update(chunk);
        await file.writeFile(chunk);
        room.wrote(chunk.length);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { size, digest: hash.digest('hex') };
  }

  private async removeStaleIncoming(): Promise<void> {
    await this.demandPlace();
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

  /** Throws where another folder stands at the name of our data, or none: the rows are not of what lies there, and it may be the only copy of another's. */
  private async demandPlace(): Promise<void> {
    const now = await identityOf(this.config.dataDir);
    this.begun ??= now;
    if (now !== this.begun)
      throw new Error(`${this.config.dataDir} was moved away or replaced since we began: nothing is stored or deleted in what stands there now.`);
  }

  private pathOf(digest: string): string {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new DomainError('NOT_FOUND');
    return join(this.folder, digest.slice(0, 2), digest);
  }
}

const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(String((error as { code?: unknown }).code));

/** A folder told apart from its copies, and from what is put in its place. */
async function identityOf(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found && `${found.dev}:${found.ino}`;
}

async function lock(tx: Tx, digest: string): Promise<void> {
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
