import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beganAt, folderIdentity } from '../machine/process-identity.ts';

const FILE = 'child.json';

interface Note {
  pid: number;
  started: string | null;
}

/** Remembers an attempt's child on disk, so that the next life of the runner can end it. */
export async function noteChild(workDir: string, pid: number): Promise<void> {
  const note: Note = { pid, started: beganAt(pid) };
  await writeFile(path.join(workDir, FILE), JSON.stringify(note));
}

/**
 * Kills the process group of a child that an earlier life of the runner left behind; true when there was one. It works in this very
 * folder: of a copied one the note came along, and the process is the original's.
 */
export async function killOrphan(workDir: string): Promise<boolean> {
  let note: Note;
  try {
    note = JSON.parse(await readFile(path.join(workDir, FILE), 'utf8')) as Note;
  } catch {
    return false;
  }
  if (note.started === null || beganAt(note.pid) !== note.started) return false;
  const folder = folderIdentity(workDir);
  if (folder === null || folderIdentity(`/proc/${note.pid}/cwd`) !== folder) return false;
  try {
    process.kill(-note.pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
