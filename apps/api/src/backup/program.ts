import { constants } from 'node:fs';
import { access, lstat, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { BackupError, explained } from './backup-error.ts';
import { Progress } from './progress.ts';
import type { BackupSource } from './take-backup.ts';

/** The backup was made or restored, but files the database names were not to be had. */
const EXIT_INCOMPLETE = 2;
const EXIT_INTERRUPTED = 130;
const SHORTEST_PASSPHRASE = 12;

export interface Task {
  /** `-` is standard output or input. */
  file: string;
  passphrase: string | null;
  where: BackupSource;
  progress: Progress;
  signal: AbortSignal;
}

/** Reads arguments and environment, runs the work, and ends with what it came to. */
export async function run(name: 'backup' | 'restore', work: (task: Task) => Promise<{ missing: string[] }>): Promise<void> {
  const progress = new Progress();
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  let code = 0;
  try {
    const { check, ...said } = await told(name);
    await demandFile(name, said.file);
    const { missing } = check ? { missing: [] } : await work({ ...said, where: place(), progress, signal: interrupt.signal });
    if (missing.length > 0) code = EXIT_INCOMPLETE;
  } catch (error) {
    code = interrupt.signal.aborted ? EXIT_INTERRUPTED : 1;
    progress.say(interrupt.signal.aborted ? INTERRUPTED[name] : sentence(error));
  }
  // A pipe nobody reads from or writes to any more must not keep us.
  process.exit(code);
}

const INTERRUPTED = { backup: 'Interrupted: no backup was made.', restore: 'Interrupted: nothing was restored.' };

function sentence(error: unknown): string {
  const known = explained(error, 'what it reads or writes');
  if (known instanceof BackupError) return known.message;
  if (!(known instanceof Error)) return String(known);
  // A fault of ours is one line too, with the place for whoever mends it.
  return `${known.message}. This should not happen (${known.stack?.split('\n').find((line) => line.startsWith('    at '))?.trim() ?? 'nobody knows where'}).`;
}

/** `check`: what was told is all that is looked at, and nothing is done. For whoever starts a database for the rest. */
async function told(name: 'backup' | 'restore'): Promise<Pick<Task, 'file' | 'passphrase'> & { check: boolean }> {
  const { values, positionals } = readArguments(name);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new BackupError(`Name one file: npm run ${name} -- FILE ("-" is standard ${name === 'backup' ? 'output' : 'input'}).`);
  if (name === 'backup' && values.encrypt !== true && values['passphrase-file'] !== undefined) throw new BackupError('--passphrase-file is for a backup that is encrypted: add --encrypt.');
  const phrase = await passphraseOf(values['passphrase-file']);
  if (name === 'backup' && values.encrypt === true && phrase === null) {
    throw new BackupError('To encrypt, set TRAINYARD_BACKUP_PASSPHRASE, or name a file that holds the passphrase with --passphrase-file.');
  }
  const seals = name === 'restore' || values.encrypt === true;
  if (name === 'backup' && seals && (phrase ?? '').length < SHORTEST_PASSPHRASE) throw new BackupError(`The passphrase must have at least ${SHORTEST_PASSPHRASE} characters.`);
  return { file, passphrase: seals ? phrase : null, check: values.check ?? false };
}

function place(): BackupSource {
  const databaseUrl = process.env['DATABASE_URL'];
  const dataDir = process.env['TRAINYARD_DATA_DIR'];
  if (databaseUrl === undefined || dataDir === undefined) throw new BackupError('DATABASE_URL and TRAINYARD_DATA_DIR must say where the data is.');
  return { databaseUrl, dataDir };
}

const partOf = (file: string): string => `${file}.part`;
const isThere = async (path: string): Promise<boolean> => (await lstat(path).catch(() => null)) !== null;

/** A backup's file must not be there yet, and its folder must; a restore's must be one that can be read. */
async function demandFile(name: 'backup' | 'restore', file: string): Promise<void> {
  if (file === '-') return;
  try {
    if (name === 'restore') {
      if ((await stat(file)).isDirectory()) throw new BackupError(`${file} is a folder: name a file.`);
      await access(file, constants.R_OK);
      return;
    }
    if (await isThere(file)) throw new BackupError(`${file} is there already: name another file.`);
    if (await isThere(partOf(file))) throw new BackupError(`${partOf(file)} is there: another backup is writing it, or one was killed; then remove it.`);
    await access(dirname(file), constants.W_OK).catch((error: unknown) => Promise.reject(explained(error, dirname(file))));
  } catch (error) {
    throw explained(error, file);
  }
}

function readArguments(name: 'backup' | 'restore') {
  try {
    const read = parseArgs({ allowPositionals: true, options: { encrypt: { type: 'boolean' }, 'passphrase-file': { type: 'string' }, check: { type: 'boolean' } } });
    if (name === 'restore' && read.values.encrypt !== undefined) throw new Error("Unknown option '--encrypt'");
    return read;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. ')[0] ?? '' : String(error);
    throw new BackupError(`${why}. The options are: ${name === 'backup' ? '--encrypt, ' : ''}--passphrase-file <file>, --check, --help.`);
  }
}

/** Never from the command line, which every user of the machine can read. */
async function passphraseOf(file: string | undefined): Promise<string | null> {
  if (file === undefined) return process.env['TRAINYARD_BACKUP_PASSPHRASE'] || null;
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    throw explained(error, file);
  }
}

/** Lets `write` fill a file that appears under its name only when it is whole. Two never write one file: the second finds the part of the first. */
export async function intoFile<T>(file: string, write: (out: Writable) => Promise<T>): Promise<T> {
  const part = partOf(file);
  const handle = await open(part, 'wx', 0o600).catch((error: unknown) => Promise.reject(explained(error, part)));
  try {
    let written: T;
    try {
      written = await write(handle.createWriteStream({ flush: true }));
    } finally {
      // The stream closes it at its end, but not after a failure.
      await handle.close().catch(() => undefined);
    }
    await rename(part, file);
    return written;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw explained(error, file);
  }
}
