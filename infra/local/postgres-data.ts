import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readKept, writeAtomically } from './kept.ts';
import type { Owner } from './postgres-programs.ts';
import { identify, worksIn } from './process-identity.ts';
import { codeOf, explainPlace, StartError } from './start-error.ts';

export const SUPERUSER = 'postgres';

/** How the server was reached last time; kept in `<home>/postgres.json`, readable by the owner only. Both can be made anew. */
export interface Access {
  /** 0: none yet. */
  port: number;
  superuserPassword: string;
}

export const newPassword = (): string => randomBytes(24).toString('base64url');

export const dataDirOf = (home: string): string => join(home, 'postgres');
const accessFile = (home: string): string => join(home, 'postgres.json');

export const readAccess = (home: string): Access | null => readKept<Access>(accessFile(home), 'remove it; a new password is then made.');

export const keepAccess = (home: string, access: Access): void => writeAtomically(accessFile(home), JSON.stringify(access));

/** The major version that wrote a data directory; null when it holds none. */
export function writtenBy(dataDir: string): string | null {
  try {
    return readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Whether the home has, or says that it had, data of an embedded server: new ones are never made beside them. */
export const hasData = (home: string): boolean => existsSync(accessFile(home)) || (existsSync(dataDirOf(home)) && readdirSync(dataDirOf(home)).length > 0);

/** Where earlier versions put the data of a home that PostgreSQL's own user could not enter: named after the home's path. */
const formerDataDir = (home: string): string => join('/var/lib/trainyard', createHash('sha256').update(home).digest('hex').slice(0, 12), 'postgres');

/**
 * Brings data that an earlier version put outside the home into it, where it is certain that they are this home's. Answers where
 * they were, or null when there were none. Throws StartError where two sets of data claim one home, or one may be another home's.
 */
export function bringHome(home: string): string | null {
  const dataDir = dataDirOf(home);
  const said = (readAccess(home) as { dataDir?: string } | null)?.dataDir;
  const former = formerDataDir(home);
  const outside = [...new Set([former, ...(said?.startsWith('/var/lib/trainyard/') === true ? [said] : [])])].filter((place) =>
    existsSync(join(place, 'PG_VERSION')),
  );
  const [found] = outside;
  if (found === undefined) return null;
  if (writtenBy(dataDir) !== null || outside.length > 1) {
    const claims = [...(writtenBy(dataDir) === null ? [] : [dataDir]), ...outside].map((place) => `${place} (last used ${lastUsed(place)})`);
    throw new StartError(
      `Two sets of data claim ${home}: ${claims.join(' and ')}. Move away the one you do not want, e.g. mv ${claims[0]?.split(' ')[0] ?? ''} ${home}/not-wanted, and start again.`,
    );
  }
  if (found !== former) {
    throw new StartError(
      `The data of ${home} were made in ${found}, which belongs to where this home was then: if it was moved, and is no copy, bring them along with mv ${found} ${dataDir}, and start again.`,
    );
  }
  refuseLiving(found);
  try {
    renameSync(found, dataDir);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    // Another disk. What was there stays, under a name that claims nothing.
    const { uid, gid } = statSync(found);
    cpSync(found, `${dataDir}.new`, { recursive: true, verbatimSymlinks: true });
    give(`${dataDir}.new`, { uid, gid });
    renameSync(`${dataDir}.new`, dataDir);
    renameSync(found, `${found}.copied-home`);
  }
  return found;
}

const lastUsed = (dataDir: string): string =>
  statSync(join(dataDir, 'global', 'pg_control'), { throwIfNoEntry: false })
    ?.mtime.toISOString()
    .slice(0, 16)
    .replace('T', ' ') ?? 'never';

/** A folder and all in it for another user. */
function give(path: string, owner: Owner): void {
  lchownSync(path, owner.uid, owner.gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) give(inside, owner);
    else lchownSync(inside, owner.uid, owner.gid);
  }
}

/** Makes existing data usable by the server: as a copy made by root or by `cp -r` they belong to root and are open to all. */
export function settleOwner(dataDir: string, owner: Owner | null): void {
  if (owner !== null && statSync(dataDir).uid !== owner.uid) give(dataDir, owner);
  if ((statSync(dataDir).mode & 0o777) !== 0o700) chmodSync(dataDir, 0o700);
}

/**
 * Folders of the data that are empty most of the time. What copies files only (zip, an object store, rsync -m) loses them, and the
 * server does not start without: it never does anything with their absence but complain.
 */
const OFTEN_EMPTY = [
  'pg_commit_ts',
  'pg_dynshmem',
  'pg_logical/mappings',
  'pg_logical/snapshots',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat',
  'pg_stat_tmp',
  'pg_tblspc',
  'pg_twophase',
  'pg_wal/archive_status',
  'pg_wal/summaries',
];

export function bringBackFolders(dataDir: string, owner: Owner | null): void {
  for (const name of OFTEN_EMPTY) {
    const folder = join(dataDir, name);
    if (existsSync(folder)) continue;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (owner !== null) for (const path of [dirname(folder), folder]) if (path !== dataDir) chownSync(path, owner.uid, owner.gid);
  }
}

/** How to run a program of the server on its data: as their owner, in their folder. */
export interface Runner {
  programs: string;
  owner: Owner | null;
}

/**
 * The data by a name that their owner can use. Root starts the server in the folder of the data, and as another user it calls it by
 * that: no other user need be able to enter a home of root's.
 */
export const nameForServer = (dataDir: string, owner: Owner | null): string => (owner !== null && process.platform === 'linux' ? '/proc/self/cwd' : dataDir);

/**
 * Makes new data. An interrupted initdb leaves nothing that looks like data: they are made beside their final name, and beside what
 * the initdb of a killed start may still be writing.
 */
export async function initialise(dataDir: string, runner: Runner, password: string, volatile: boolean): Promise<void> {
  const begun = `${basename(dataDir)}.new-`;
  for (const left of readdirSync(dirname(dataDir)))
    if (left.startsWith(begun)) rmSync(join(dirname(dataDir), left), { recursive: true, force: true, maxRetries: 10 });
  const fresh = `${dataDir}.new-${randomBytes(4).toString('hex')}`;
  const passwordFile = `${fresh}.password`;
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (runner.owner !== null) for (const path of [fresh, passwordFile]) chownSync(path, runner.owner.uid, runner.owner.gid);
  const input = openSync(passwordFile, 'r');
  try {
    const args = [
      '--pgdata',
      nameForServer(fresh, runner.owner),
      '--username',
      SUPERUSER,
      '--pwfile',
      '/dev/stdin',
      '--auth',
      'scram-sha-256',
      '--encoding',
      'UTF8',
    ];
    // PostgreSQL's own locale: the same order and case on every machine, whatever locales that has.
    args.push('--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C');
    if (volatile) args.push('--no-sync');
    const { code, said } = await runOnData(runner, 'initdb', args, fresh, input);
    // The reason stands somewhere in the middle: behind it initdb tells how it clears up.
    if (code !== 0)
      throw (
        explainPlace(said, dataDir) ??
        new StartError(`PostgreSQL could not make its data in ${dataDir} (initdb ${code ?? 'killed'}): ${said.trim().split('\n').slice(-6).join(' ')}`)
      );
    renameSync(fresh, dataDir);
  } finally {
    closeSync(input);
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Gives the superuser a new password: whoever owns the files may, and needs no old one. The server must not be running. */
export async function renewPassword(dataDir: string, runner: Runner, password: string): Promise<void> {
  const script = `${dataDir}.password`;
  writeFileSync(script, `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'\n`, { mode: 0o600 });
  const input = openSync(script, 'r');
  try {
    const { code, said } = await runOnData(runner, 'postgres', ['--single', '-D', nameForServer(dataDir, runner.owner), 'postgres'], dataDir, input);
    if (code !== 0 || /^(ERROR|FATAL|PANIC):/m.test(said))
      throw (
        explainPlace(said, dataDir) ??
        new StartError(
          `The password of the data in ${dataDir} could not be renewed (postgres --single ${code ?? 'killed'}): ${said.trim().split('\n').slice(-3).join(' ')}`,
        )
      );
  } finally {
    closeSync(input);
    rmSync(script, { force: true });
  }
}

async function runOnData(
  { programs, owner }: Runner,
  program: 'initdb' | 'postgres',
  args: string[],
  cwd: string,
  input: number,
): Promise<{ code: number | null; said: string }> {
  return new Promise((done, fail) => {
    const child = spawn(join(programs, 'bin', program), args, { stdio: [input, 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' }, cwd, ...(owner ?? {}) });
    let said = '';
    const take = (chunk: Buffer): void => void (said += chunk.toString('utf8'));
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('error', fail);
    child.once('close', (code) => done({ code, said }));
  });
}

const lockOf = (dataDir: string): string => join(dataDir, 'postmaster.pid');
const lockHolder = (dataDir: string): number | null => (existsSync(lockOf(dataDir)) ? Number(readFileSync(lockOf(dataDir), 'utf8').split('\n')[0]) : null);

function refuseLiving(dataDir: string): void {
  const pid = lockHolder(dataDir);
  if (pid !== null && identify(pid).began !== '' && worksIn(pid, dataDir)) {
    throw new StartError(
      `A PostgreSQL that this start does not know (process ${pid}) serves the data in ${dataDir}: stop it (kill -INT ${pid}) and start again.`,
    );
  }
}

/**
 * Lets a server begin over a lock that no server of these data holds: of one that was killed and is reaped by nobody, of the original
 * of copied data, of a time when another process had that pid. PostgreSQL takes any living pid in it for a server's. A lock in its
 * parent's name, ours, is an old one to it; what is left in shared memory it looks at all the same.
 */
export function takeOverLock(dataDir: string): void {
  if (lockHolder(dataDir) === null) return;
  refuseLiving(dataDir);
  const [, ...rest] = readFileSync(lockOf(dataDir), 'utf8').split('\n');
  writeFileSync(lockOf(dataDir), [process.pid, ...rest].join('\n'));
}

/** Data whose server was killed, or was running while they were copied. */
export const wasCut = (dataDir: string): boolean => existsSync(lockOf(dataDir));
