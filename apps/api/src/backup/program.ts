import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { secretsKeyFileOf } from '../config.ts';
import { BackupError, explained } from './backup-error.ts';
import { demandFree } from './part-file.ts';
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

/**
 * Reads arguments and environment, runs the work, and ends with what it came to. Who finds or makes the database for it starts it with a
 * channel and without the environment's word: it is told there where the data is, once what it was told otherwise is found good.
 * So everything is looked at before a database is opened or made, and a passphrase that comes through a pipe is read once.
 */
export async function run(name: 'backup' | 'restore', work: (task: Task) => Promise<{ missing: string[] }>): Promise<void> {
  const progress = new Progress();
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort(signal));
  // Whoever opened the database for us is gone.
  process.on('disconnect', () => interrupt.abort('SIGTERM'));
  const interrupted = new Promise<never>((_, fail) => interrupt.signal.addEventListener('abort', () => fail(new Error('interrupted'))));
  interrupted.catch(() => undefined);
  let code = 0;
  let hasLooked = false;
  try {
    const { check, ...said } = await Promise.race([looked(name), interrupted]);
    hasLooked = true;
    const { missing } = check
      ? { missing: [] }
      : await work({ ...said, where: await Promise.race([place(), interrupted]), progress, signal: interrupt.signal });
    if (missing.length > 0) code = EXIT_INCOMPLETE;
  } catch (error) {
    code = interrupt.signal.aborted ? EXIT_INTERRUPTED : 1;
    progress.say(interrupt.signal.aborted ? INTERRUPTED[name] : sentence(error));
    if (interrupt.signal.aborted && !hasLooked) dieOf(interrupt.signal.reason as NodeJS.Signals);
  }
  // A pipe nobody reads from or writes to any more must not keep us.
  process.exit(code);
}

/** An orderly exit would wait for a file that is being opened: for a pipe that nobody writes to, for ever. */
function dieOf(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

const INTERRUPTED = { backup: 'Interrupted: no backup was made.', restore: 'Interrupted: nothing was restored.' };

function sentence(error: unknown): string {
  const known = explained(error, 'what it reads or writes');
  if (known instanceof BackupError) return known.message;
  if (!(known instanceof Error)) return String(known);
  // A fault of ours is one line too, with the place for whoever mends it.
  return `${known.message}. This should not happen (${
    known.stack
      ?.split('\n')
      .find((line) => line.startsWith('    at '))
      ?.trim() ?? 'nobody knows where'
  }).`;
}

/** `check`: what was told is all that is looked at, and nothing is done. */
async function looked(name: 'backup' | 'restore'): Promise<Pick<Task, 'file' | 'passphrase'> & { check: boolean }> {
  const said = await told(name);
  await demandFile(name, said.file);
  return said;
}

async function told(name: 'backup' | 'restore'): Promise<Pick<Task, 'file' | 'passphrase'> & { check: boolean }> {
  const { values, positionals } = readArguments(name);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new BackupError(`Name one file: npm run ${name} -- FILE ("-" is standard ${name === 'backup' ? 'output' : 'input'}).`);
  if (name === 'backup' && values.encrypt !== true && values['passphrase-file'] !== undefined)
    throw new BackupError('--passphrase-file is for a backup that is encrypted: add --encrypt.');
  const phrase = await passphraseOf(values['passphrase-file']);
  if (name === 'backup' && values.encrypt === true && phrase === null) {
    throw new BackupError('To encrypt, set TRAINYARD_BACKUP_PASSPHRASE, or name a file that holds the passphrase with --passphrase-file.');
  }
  const seals = name === 'restore' || values.encrypt === true;
  if (name === 'backup' && seals && (phrase ?? '').length < SHORTEST_PASSPHRASE)
    throw new BackupError(`The passphrase must have at least ${SHORTEST_PASSPHRASE} characters.`);
  return { file, passphrase: seals ? phrase : null, check: values.check ?? false };
}

async function place(): Promise<BackupSource> {
  const databaseUrl = process.env['DATABASE_URL'];
  const dataDir = process.env['TRAINYARD_DATA_DIR'];
  if (databaseUrl !== undefined && dataDir !== undefined)
    return { databaseUrl, dataDir, secretsKeyFile: secretsKeyFileOf(dataDir, process.env['TRAINYARD_SECRETS_KEY_FILE']) };
  if (process.send === undefined) throw new BackupError('DATABASE_URL and TRAINYARD_DATA_DIR must say where the data is.');
  const answer = new Promise<BackupSource>((resolve) => void process.once('message', (said: BackupSource) => resolve(said)));
  process.send('ACCEPTED');
  return answer;
}

/** A backup's file must not be there yet, and its folder must; a restore's must be one that can be read. */
async function demandFile(name: 'backup' | 'restore', file: string): Promise<void> {
  if (file === '-') return;
  try {
    if (name === 'restore') {
      if ((await stat(file)).isDirectory()) throw new BackupError(`${file} is a folder: name a file.`);
      await access(file, constants.R_OK);
      return;
    }
    await demandFree(file);
    await access(dirname(file), constants.W_OK).catch((error: unknown) => Promise.reject(explained(error, dirname(file))));
  } catch (error) {
    throw explained(error, file);
  }
}

function readArguments(name: 'backup' | 'restore') {
  try {
    const read = parseArgs({
      allowPositionals: true,
      options: { encrypt: { type: 'boolean' }, 'passphrase-file': { type: 'string' }, check: { type: 'boolean' } },
    });
    if (name === 'restore' && read.values.encrypt !== undefined) throw new Error("Unknown option '--encrypt'");
    return read;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
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
