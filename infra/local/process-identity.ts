import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from a later one that got the same pid by the moment it began. */
export interface ProcessIdentity {
  pid: number;
  /** Opaque; equal only for the same process of the same boot. Empty when the process is gone. */
  began: string;
}

/** When process `pid` began, or '' when there is none. A zombie counts as gone. */
function beganAt(pid: number): string {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The command's name may hold spaces and parentheses: fields are counted behind the last ')'.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return '';
      return `${bootId()}:${fields[19] ?? ''}`;
    } catch {
      return '';
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** Where a pid means something: another boot or another container counts its processes anew. */
export function pidSpace(): string {
  try {
    return `${bootId()}:${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/** Whether the process began since this machine did: only then can what it led still be there. */
export const isOfThisBoot = (identity: ProcessIdentity): boolean => process.platform !== 'linux' || identity.began.startsWith(`${bootId()}:`);

/**
 * A folder told apart from its copies: a renamed or moved one keeps this, a copied one gets another. Opaque; empty when there is
 * no such folder.
 */
export function folderIdentity(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.dev}:${stat.ino}`;
}

/** Tells, each time it is asked, whether the folder of this name still is the one that stands there now: moved away or replaced, it is not ours to write to. */
export function sameFolder(path: string): () => boolean {
  const identity = folderIdentity(path);
  return () => folderIdentity(path) === identity;
}

/** Whether process `pid` has `folder` as its working directory, as a PostgreSQL server has its data. False when we may not know. */
export function worksIn(pid: number, folder: string): boolean {
  const wanted = folderIdentity(folder);
  if (wanted === '') return false;
  try {
    if (process.platform === 'linux') return folderIdentity(`/proc/${pid}/cwd`) === wanted;
    const listed = execFileSync('lsof', ['-a', '-p', String(pid), '-d', 'cwd', '-Fn'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return listed.split('\n').some((line) => line.startsWith('n') && folderIdentity(line.slice(1)) === wanted);
  } catch {
    return false;
  }
}

/** What process `pid` was started with: its arguments and its environment, as `NAME=value`. Empty when we may not know. */
export function startedWith(pid: number): string[] {
  try {
    if (process.platform === 'linux') return ['cmdline', 'environ'].flatMap((what) => readFileSync(`/proc/${pid}/${what}`, 'utf8').split('\0'));
    return execFileSync('ps', ['eww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .split(' ');
  } catch {
    return [];
  }
}

export function identify(pid: number): ProcessIdentity {
  return { pid, began: beganAt(pid) };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identity.began !== '' && beganAt(identity.pid) === identity.began;
}

/** Sends a signal to the whole process group led by `pid` when it leads one, else to `pid` alone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch {
      // Not a group leader, or already gone.
    }
  }
}

/** Waits until the process is gone. False when it is still there after `timeoutMs`. */
export async function waitForExit(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(identity)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
