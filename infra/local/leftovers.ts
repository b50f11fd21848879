import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './kept.ts';
import {
  folderIdentity,
  identify,
  isAlive,
  isOfThisBoot,
  sameFolder,
  signalGroup,
  startedWith,
  waitForExit,
  type ProcessIdentity,
} from './process-identity.ts';
import { codeOf, explainPlace, StartError } from './start-error.ts';

/** A process that a start keeps running. */
export interface Running extends ProcessIdentity {
  name: string;
  stopSignal: NodeJS.Signals;
}

interface Recorded extends Running {
  /** The folder it was started for: see folderIdentity. Records of earlier versions lack it. */
  home?: string;
}

const recordFile = (home: string): string => join(home, 'processes.json');

/** Notes what runs for the folder `home`, so that the next start finds it should this one be killed. */
export function keepRecord(home: string, running: Running[]): void {
  const folder = folderIdentity(home);
  writeAtomically(recordFile(home), JSON.stringify(running.map((one): Recorded => ({ ...one, home: folder }))));
}

export const dropRecord = (home: string): void => rmSync(recordFile(home), { force: true });

/**
 * Stops what an earlier start of `home` that was itself killed has left running. Returns their names. Throws StartError where this
 * user may not: they are another's, and go on writing.
 * Left alone: a pid that meanwhile belongs to another process (see ProcessIdentity), and the processes of another home, of which
 * this one is a copy with a copy of its record.
 */
export async function stopLeftovers(home: string): Promise<string[]> {
  const isHere = sameFolder(home);
  const recorded = readRecord(home).filter((one) => isOf(one, home));
  const alive = recorded.filter(isAlive);
  const stop = async (one: Recorded): Promise<void> => {
    try {
      process.kill(one.pid, one.stopSignal);
    } catch (error) {
      // Else it ended in between.
      if (codeOf(error) === 'EPERM') return;
    }
    if (!(await waitForExit(one, 10_000))) signalGroup(one.pid, 'SIGKILL');
    await waitForExit(one, 5000);
  };
  // PostgreSQL last: the others may still be writing.
  await Promise.all(alive.filter((one) => one.name !== 'postgres').map(stop));
  const left = alive.filter((one) => one.name !== 'postgres' && isAlive(one));
  if (left.length === 0) await Promise.all(alive.filter((one) => one.name === 'postgres').map(stop));
  const unstopped = alive.filter(isAlive);
  if (unstopped.length > 0) {
    const who = unstopped.map(({ name, pid }) => `${name} (process ${pid})`).join(', ');
    throw new StartError(
      `An earlier start of ${home} by another user was killed and has left running: ${who}. Stop them as that user or as root (kill ${unstopped.map(({ pid }) => pid).join(' ')}), and start again.`,
    );
  }
  for (const one of recorded) if (one.name !== 'postgres' && !isAlive(one) && isOfThisBoot(one)) signalGroupIfOrphaned(one);
  // Stopping takes its time, in which the home may have been moved away.
  if (isHere()) dropRecord(home);
  return alive.map((one) => one.name);
}

/** A record that cannot be read is not none: what it names may run. One that is damaged names nothing. */
function readRecord(home: string): Recorded[] {
  let text: string;
  try {
    text = readFileSync(recordFile(home), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw explainPlace(error, recordFile(home)) ?? error;
  }
  try {
    return JSON.parse(text) as Recorded[];
  } catch {
    return [];
  }
}

/** Whether a recorded process was started for the folder `home` itself. What earlier versions recorded says so by how it was started. */
function isOf(one: Recorded, home: string): boolean {
  if (one.home !== undefined) return one.home === folderIdentity(home);
  const said = startedWith(one.pid);
  return said.includes(`TRAINYARD_DATA_DIR=${join(home, 'blobs')}`) || said.includes(join(home, 'postgres'));
}

/** A dead leader's group may still hold its children (a training process): a group id is not reused while members live. */
function signalGroupIfOrphaned(leader: Recorded): void {
  if (identify(leader.pid).began !== '') return;
  try {
    process.kill(-leader.pid, 'SIGKILL');
  } catch {
    // No such group.
  }
}
