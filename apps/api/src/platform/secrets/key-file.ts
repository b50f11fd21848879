import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export const keyLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The lines of a key file; none where there is no file. */
export function readKeyLines(file: string): string[] {
  try {
    return keyLines(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Adds the keys that a file does not hold yet, after those that it does: what was sealed opens, and what seals stays. Only its owner can read it. */
export function addKeyLines(file: string, keys: readonly string[]): void {
  const known = readKeyLines(file);
  const all = [...new Set([...known, ...keys])];
  if (all.length === known.length) return;
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.${randomUUID()}`;
  const open = openSync(fresh, 'wx', 0o600);
  try {
    writeSync(open, `${all.join('\n')}\n`);
    fsyncSync(open);
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  } finally {
    closeSync(open);
  }
}
