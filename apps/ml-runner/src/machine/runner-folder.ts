import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beganAt, bootId, folderIdentity } from './process-identity.ts';
import { hasCode } from './system-error.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Another living runner uses the folder. */
export class FolderInUse extends Error {
  constructor(dir: string, pid: number) {
    super(`Another runner (process ${pid}) uses ${dir}. Give each runner a TRAINYARD_RUNNER_DIR of its own.`);
    this.name = 'FolderInUse';
  }
}

/** Who has the folder: a process by the moment it began, and which folder it took, for a copy brings this along. */
interface Holder {
  pid: number;
  began: string | null;
  boot: string;
  folder: string | null;
}

/** What an attempt has still to tell the api, and what it works on. */
export const spoolFolder = (dir: string): string => path.join(dir, 'spool');
export const attemptsFolder = (dir: string): string => path.join(dir, 'attempts');
/** Short-lived work of this life; emptied when a runner takes the folder. */
export const temporaryFolder = (dir: string): string => path.join(dir, 'tmp');

/** Makes the folder this process's own, so that no runner mistakes a living one's spool for its own past. Returns the release. */
export async function lockFolder(dir: string): Promise<() => Promise<void>> {
  // Datasets and logs of private projects lie here.
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, 'runner.pid');
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(JSON.stringify(holderOf(dir)));
      await handle.close();
      await rm(temporaryFolder(dir), { recursive: true, force: true });
      await mkdir(temporaryFolder(dir));
      return () => rm(file, { force: true });
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    const holder = holderIn(await readFile(file, 'utf8').catch(() => ''));
    if (holder !== null && holder.pid !== process.pid && (await holds(holder, dir))) throw new FolderInUse(dir, holder.pid);
    await rm(file, { force: true });
  }
}

/**
 * Who works in this folder, from start to start. A copy of the folder is another runner's, or the api would take both for one: the file
 * names the folder's inode, which lasts over restarts as the number of its disk may not.
 */
export async function instanceOf(dir: string): Promise<string> {
  const file = path.join(dir, 'instance');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  });
  const here = String((await stat(dir, { bigint: true })).ino);
  const [known = '', inode] = text.split(' ');
  if (UUID.test(known) && inode === here) return known;
  // Earlier versions named no folder.
  const instance = UUID.test(known) && inode === undefined ? known : randomUUID();
  await writeFile(`${file}.new`, `${instance} ${here}`);
  await rename(`${file}.new`, file);
  return instance;
}

const holderOf = (dir: string): Holder => ({ pid: process.pid, began: beganAt(process.pid), boot: bootId(), folder: folderIdentity(dir) });

/** Earlier versions wrote the number alone. Null where nobody can be read out of it. */
function holderIn(text: string): Pick<Holder, 'pid'> | Holder | null {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null && 'pid' in read) return read as Holder;
    return typeof read === 'number' ? { pid: read } : null;
  } catch {
    return null;
  }
}

async function holds(holder: Pick<Holder, 'pid'> | Holder, dir: string): Promise<boolean> {
  const { pid } = holder;
  if (!Number.isInteger(pid) || pid <= 0 || !isThere(pid)) return false;
  if (!('folder' in holder)) return isRunner(pid);
  if (holder.folder !== folderIdentity(dir)) return false;
  // Where nothing tells when a process began, one that is there counts.
  return holder.began === null || (holder.boot === bootId() && holder.began === beganAt(pid));
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** A process id may have been given to another program since: on Linux its command line tells. */
async function isRunner(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes('ml-runner') || command.includes('local/runner.mjs');
}
