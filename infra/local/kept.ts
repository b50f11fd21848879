import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { codeOf, StartError } from './start-error.ts';

/** Writes through a neighbour and a rename, so that a reader or a crash never sees half a file. Makes no folder: a home that was moved away is not begun anew. */
export function writeAtomically(file: string, text: string, mode: number = 0o600): void {
  const neighbour = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(neighbour, text, { mode });
    renameSync(neighbour, file);
  } catch (error) {
    try {
      rmSync(neighbour, { force: true });
    } catch {
      // What came first says more.
    }
    throw error;
  }
}

/** What a JSON file of the home holds; null when there is none. Throws StartError with `remedy` when it is damaged. */
export function readKept<T>(file: string, remedy: string): T | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new StartError(`${file} is damaged: ${remedy}`);
  }
}
