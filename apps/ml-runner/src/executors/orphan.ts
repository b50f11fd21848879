import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FILE = 'child.json';

interface Note {
  pid: number;
  /** Start time as the kernel counts it: a process id alone may belong to somebody else by now. */
  started: string | null;
}

/** Remembers an attempt's child on disk, so that the next life of the runner can end it. */
export async function noteChild(workDir: string, pid: number): Promise<void> {
  const note: Note = { pid, started: startTime(pid) };
  await writeFile(path.join(workDir, FILE), JSON.stringify(note));
}

/** Kills the process group of a child that an earlier life of the runner left behind; true when there was one. */
export async function killOrphan(workDir: string): Promise<boolean> {
  let note: Note;
  try {
    note = JSON.parse(await readFile(path.join(workDir, FILE), 'utf8')) as Note;
  } catch {
    return false;
  }
  if (note.started === null || startTime(note.pid) !== note.started) return false;
  try {
    process.kill(-note.pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

/** Field 22 of /proc/<pid>/stat, counted after the command name, which may itself contain spaces and brackets. */
function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
