import { messageOf } from '@trainyard/domain';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants, mkdir, readdir, readlink, realpath, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DatasetSource, ErrorCode, ErrorParams } from '@trainyard/domain';
import type { LocalDataset } from '../job/child-job.ts';
import { ApiAway, ApiRefusal, type ApiClient } from '../link/api-client.ts';
import { untilAnswered } from '../link/retry.ts';
import { isDiskFull } from '../machine/system-error.ts';
import { pathReason } from './byte-stream.ts';

/** A dataset's files cannot be had; `code` and `params` are for the screen, the message for a log. */
export class DatasetUnavailable extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  constructor(code: ErrorCode, params: ErrorParams, message: string) {
    super(message);
    this.name = 'DatasetUnavailable';
    this.code = code;
    this.params = params;
  }
}

/** A file asked for within this time, in milliseconds, may not have been opened by its child yet: it is not evicted. */
const SETTLED_MS = 10 * 60_000;

/** Blobs by digest on this machine's disk, and files that people registered by path. */
export class DatasetFiles {
  private readonly api: ApiClient;
  private readonly folder: string;
  private readonly allowed: string[];
  private readonly cacheBytes: number;
  private readonly fetching = new Map<string, Promise<string>>();

  constructor(options: { api: ApiClient; dir: string; datasetPaths: string[]; cacheMiB: number }) {
    this.api = options.api;
    this.folder = path.join(options.dir, 'cache');
    this.allowed = options.datasetPaths;
    this.cacheBytes = options.cacheMiB * 1024 * 1024;
  }

  /** Makes a dataset's bytes lie on this disk. Waits while the api is away; throws DatasetUnavailable. */
  async localise(source: DatasetSource, signal: AbortSignal): Promise<LocalDataset> {
    if (source.source === 'SYNTHETIC') return { kind: 'SYNTHETIC', synthetic: source.synthetic, samples: source.samples, seed: source.seed };
    if (source.kind === 'SYNTHETIC') throw new DatasetUnavailable('DATASET_MALFORMED', {}, 'A synthetic dataset has no files.');
    const files: { role: (typeof source.files)[number]['role']; path: string }[] = [];
    if (source.source === 'PATH') {
      for (const file of source.files) files.push({ role: file.role, path: await this.permitted(file.path) });
    } else {
      for (const file of source.files) files.push({ role: file.role, path: await this.blob(file.digest, signal) });
    }
    return { kind: source.kind, files, ...(source.table && { table: source.table }) };
  }

  /** A blob's file in the cache, fetched when it is not there; its content has the digest it is named by. */
  async blob(digest: string, signal: AbortSignal): Promise<string> {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new DatasetUnavailable('DIGEST_MISMATCH', {}, `"${digest}" is not a sha256 digest.`);
    const file = path.join(this.folder, digest);
    for (;;) {
      try {
        await access(file);
        const now = new Date();
        await utimes(file, now, now);
        return file;
      } catch {
        // Not there yet.
      }
      const running = this.fetching.get(digest);
      // Somebody else's fetch may be cancelled with their attempt: then it is our turn.
      if (running !== undefined) await running.catch(() => undefined);
      else {
        const mine = this.fetch(digest, file, signal).finally(() => this.fetching.delete(digest));
        this.fetching.set(digest, mine);
        return mine;
      }
      signal.throwIfAborted();
    }
  }

  /** Symlinks are resolved on both sides first, so that none leads out of the permitted folders. */
  private async permitted(asked: string): Promise<string> {
    const forbidden = () =>
      new DatasetUnavailable(
        'DATASET_PATH_FORBIDDEN',
        { path: asked },
        `${asked} is not in a folder this runner may read datasets from (TRAINYARD_DATASET_PATHS: ${this.allowed.join(':') || 'none'}).`,
      );
    const unreadable = (error: unknown) => {
      const { code = '', message } = error as NodeJS.ErrnoException;
      return new DatasetUnavailable('DATASET_PATH_UNREADABLE', { path: asked, reason: pathReason(code) }, `${asked} cannot be read: ${message}`);
    };
    if (!path.isAbsolute(asked)) throw forbidden();
    const folders = await Promise.all(this.allowed.map((folder) => realpath(folder).catch(() => null)));
    const inside = (file: string) =>
      folders.some((folder) => folder !== null && (file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)));
    let real: string;
    try {
      real = await realpath(asked);
    } catch (error) {
      // Whether a file outside the permitted folders exists is not for the asker to learn, and neither by a link that leads there.
      throw inside(await destination(path.resolve(asked))) ? unreadable(error) : forbidden();
    }
    if (!inside(real)) throw forbidden();
    try {
      if (!(await stat(real)).isFile()) throw Object.assign(new Error('it is not a file'), { code: 'EISDIR' });
      await access(real, constants.R_OK);
    } catch (error) {
      throw unreadable(error);
    }
    return real;
  }

  private async fetch(digest: string, file: string, signal: AbortSignal): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    const part = `${file}.part`;
    for (let mismatches = 0; ;) {
      await untilAnswered(() => this.download(digest, part, signal), { signal });
      if ((await sha256(part)) === digest) break;
      await rm(part, { force: true });
      mismatches += 1;
      if (mismatches > 1) throw new DatasetUnavailable('DIGEST_MISMATCH', { digest }, `The api sent other bytes than those with digest ${digest}, twice.`);
    }
    await rename(part, file);
    await this.evict(file);
    return file;
  }

  /** Goes on where an earlier try broke off. */
  private async download(digest: string, part: string, signal: AbortSignal): Promise<void> {
    const have = await stat(part).then(
      (found) => found.size,
      () => 0,
    );
    let reply: Awaited<ReturnType<ApiClient['blob']>>;
    try {
      reply = await this.api.blob(digest, have, signal);
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.status === 401) throw error instanceof ApiRefusal ? new ApiAway(error.message, { cause: error }) : error;
      throw new DatasetUnavailable('NOT_FOUND', { digest }, `The api does not have the bytes with digest ${digest}: ${error.message}`);
    }
    try {
      await pipeline(reply.bytes, createWriteStream(part, { flags: reply.offset > 0 ? 'a' : 'w' }), { signal });
    } catch (error) {
      if (signal.aborted) throw error;
      if (isDiskFull(error)) {
        throw new DatasetUnavailable('STORAGE_FULL', {}, `The runner's disk is full (${this.folder}): free some space or lower TRAINYARD_RUNNER_CACHE_MIB.`);
      }
      throw new ApiAway(`The download of ${digest} broke off: ${messageOf(error)}`, { cause: error });
    }
  }

  /** Keeps the cache under its size by removing what was used longest ago; a reader that has a file open keeps it. */
  private async evict(keep: string): Promise<void> {
    const files: { file: string; size: number; usedAt: number }[] = [];
    for (const name of await readdir(this.folder)) {
      const file = path.join(this.folder, name);
      const found = await stat(file).catch(() => null);
      if (found?.isFile()) files.push({ file, size: found.size, usedAt: found.mtimeMs });
    }
    let total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { file, size, usedAt } of files.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= this.cacheBytes || usedAt > Date.now() - SETTLED_MS) return;
      if (file === keep || this.fetching.has(path.basename(file, '.part'))) continue;
      await rm(file, { force: true });
      total -= size;
    }
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Links followed by `destination`, as many as the system itself follows. */
const MAX_LINKS = 40;

/** Where a path leads, links and all, although there is nothing at its end. */
async function destination(file: string, followed = 0): Promise<string> {
  const folder = path.dirname(file);
  if (folder === file) return file;
  const there = path.join(await destination(folder, followed), path.basename(file));
  const link = followed < MAX_LINKS ? await readlink(there).catch(() => null) : null;
  return link === null ? there : destination(path.resolve(path.dirname(there), link), followed + 1);
}
