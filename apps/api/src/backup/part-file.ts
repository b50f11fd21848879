import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { BackupError, explained } from './backup-error.ts';

/** How often a writer shows that it lives, and how long nobody hears of it before it is taken for dead. */
const BEAT_MS = 1000;
const SILENCE_MS = 5000;

const beingWritten = (part: string): BackupError => new BackupError(`${part} is being written by another backup: wait for it, or name another file.`);
const partOf = (file: string): string => `${file}.part`;
const look = async (path: string): Promise<BigIntStats | null> => lstat(path, { bigint: true }).catch(() => null);
const isSame = (one: BigIntStats | null, other: BigIntStats | null): boolean =>
  one !== null && other !== null && one.dev === other.dev && one.ino === other.ino;

/** Refuses where `file` is there, or another backup is writing it. */
export async function demandFree(file: string): Promise<void> {
  if ((await look(file)) !== null) throw new BackupError(`${file} is there already: name another file.`);
  await leftBehind(partOf(file));
}

/**
 * The part that a killed backup has left behind; null when there is none. Refuses one that is being written: its writer touches it
 * every second, also from a container or machine whose processes cannot be seen from here.
 */
async function leftBehind(part: string): Promise<BigIntStats | null> {
  const seen = await look(part);
  if (seen === null) return null;
  const deadline = Math.min(Number(seen.mtimeMs), Date.now()) + SILENCE_MS;
  for (;;) {
    const now = await look(part);
    if (!isSame(now, seen) || now?.mtimeNs !== seen.mtimeNs) throw beingWritten(part);
    if (Date.now() >= deadline) return seen;
    await delay(BEAT_MS / 5);
  }
}

/** The part of `file`, for us alone. That of a backup that was killed makes room. */
async function openPart(file: string): Promise<FileHandle> {
  const part = partOf(file);
  const left = await leftBehind(part);
  if (left !== null && isSame(await look(part), left)) await rm(part);
  try {
    return await open(part, 'wx', 0o600);
  } catch (error) {
    throw (error as { code?: unknown }).code === 'EEXIST' ? beingWritten(part) : error;
  }
}

/** Lets `write` fill a file that appears under its name only when it is whole. Two never write one file: the second finds the part of the first. */
export async function intoFile<T>(file: string, write: (out: Writable) => Promise<T>): Promise<T> {
  const part = partOf(file);
  const handle = await openPart(file).catch((error: unknown) => Promise.reject(explained(error, part)));
  const ours = await handle.stat({ bigint: true });
  const beat = setInterval(() => void handle.utimes(new Date(), new Date()).catch(() => undefined), BEAT_MS);
  try {
    let written: T;
    try {
      written = await write(handle.createWriteStream({ flush: true }));
    } finally {
      clearInterval(beat);
      // The stream closes it at its end, but not after a failure.
      await handle.close().catch(() => undefined);
    }
    // Who was silent for too long (a machine asleep) was taken for dead, and the part is another's.
    if (!isSame(await look(part), ours)) throw new BackupError(`${part} was removed or replaced while it was written: no backup was made.`);
    await rename(part, file);
    return written;
  } catch (error) {
    if (isSame(await look(part), ours)) await rm(part, { force: true }).catch(() => undefined);
    throw explained(error, file);
  }
}
