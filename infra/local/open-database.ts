import { postgresUrl } from './connection.ts';
import { DatabaseWatch } from './database-watch.ts';
import { ensureDatabase, setPassword } from './database.ts';
import { connectionsNeeded, demandRights, fittingPool, lookAtServer, lookAtTheirs, type Their } from './external.ts';
import type { Home } from './home.ts';
import { EMBEDDED, judgeEmbedded, judgeExternal, recognise, type Standing, type Verdict } from './identity.ts';
import { lookAt, type Contents } from './installation.ts';
import { hasData, keepAccess, newPassword, SUPERUSER } from './postgres-data.ts';
import { startPostgres, type PreparedPostgres } from './postgres.ts';
import { StartError } from './start-error.ts';
import type { Supervisor } from './supervisor.ts';

/** The application's database, known to be this home's and not yet changed. */
export interface OpenDatabase {
  url: string;
  /** Of a user who may make roles, where we have one. */
  adminUrl: string;
  /** 'embedded', or host:port/name. */
  at: string;
  /** What it is, in a few words. */
  detail: string;
  installation: string;
  /** Nothing was ever in it. */
  isEmpty: boolean;
  /** Digest of the code that migrated it last; null when it was not, or nobody noted it. */
  migratedBy: string | null;
  standing: Standing;
  /** Connections that api and worker may each hold. */
  pool: number;
  /** Of a database of DATABASE_URL; null for the embedded one, which the supervisor watches. */
  watch: DatabaseWatch | null;
}

interface Options {
  databaseUrl?: string;
  volatile?: boolean;
  postgresSettings?: Record<string, string>;
  runners?: number;
  env?: NodeJS.ProcessEnv;
}

const POOL = 16;
/** More than Trainyard itself: a person with psql, a backup. */
const SPARE_CONNECTIONS = 20;

/** The pool that a person asked for, or the usual one; what is no number the api refuses in its own words. */
function askedPool(options: Options): number {
  const asked = Number(options.env?.['TRAINYARD_POOL_SIZE'] ?? process.env['TRAINYARD_POOL_SIZE'] ?? POOL);
  return Number.isInteger(asked) && asked > 0 ? asked : POOL;
}

/**
 * Opens the database of DATABASE_URL, or starts the embedded server, and makes sure that it and the home belong together. Nothing is
 * made beside data that are there. Throws StartError for what a person must mend.
 */
export async function openDatabase(home: Home, supervisor: Supervisor, options: Options, onNote: (text: string) => void): Promise<OpenDatabase> {
  const standing = recognise(home.path);
  if (standing.kind === 'moved') onNote(`This home was at ${standing.from ?? ''} before.`);
  return options.databaseUrl === undefined
    ? openEmbedded(home, supervisor, standing, options, onNote)
    : openExternal(home, standing, { ...options, databaseUrl: options.databaseUrl }, onNote);
}

async function openEmbedded(home: Home, supervisor: Supervisor, standing: Standing, options: Options, onNote: (text: string) => void): Promise<OpenDatabase> {
  const { known } = standing;
  const usedElsewhere = known === null ? home.state.seeded && !hasData(home.path) : known.database !== EMBEDDED;
  if (usedElsewhere) {
    const where = known === null ? 'a PostgreSQL of your own' : `the PostgreSQL at ${known.database}`;
    throw new StartError(`${home.path} keeps its data in ${where}: set DATABASE_URL to it again, or set TRAINYARD_HOME to another folder to start afresh.`);
  }
  const wasUsed = known !== null || home.state.seeded;
  const pool = askedPool(options);
  const needed = connectionsNeeded(pool, options.runners ?? 1) + SPARE_CONNECTIONS;
  const prepared = await startPostgres(supervisor, {
    home: home.path,
    volatile: options.volatile ?? false,
    settings: { ...(needed > 100 ? { max_connections: String(needed) } : {}), ...options.postgresSettings },
  });
  if (prepared.broughtFrom !== null) onNote(`The data of this home were in ${prepared.broughtFrom}; they now lie in it.`);
  const url = await ensureDatabase(prepared.adminUrl, prepared.port, home.secrets().ownerPassword);
  const contents = await lookAt(url);
  const verdict = allowed(judgeEmbedded(home.path, standing, contents, wasUsed));
  if (standing.kind === 'copied') {
    onNote(`This home is a copy of ${standing.from ?? ''}, which is still there: it goes on by itself, on its own data, and shares nothing with it.`);
    if (prepared.cut)
      onNote('It was copied while its database was running, which can damage it: where that matters, make copies with npm run backup and npm run restore.');
  }
  const opened = verdict.renewPasswords ? await renewPasswords(home, prepared) : { url, adminUrl: prepared.adminUrl };
  return {
    ...opened,
    at: EMBEDDED,
    detail: `${prepared.version}, ${prepared.created ? 'new data' : 'data kept'}, port ${prepared.port}`,
    installation: verdict.installation,
    isEmpty: contents.kind === 'empty',
    migratedBy: migratedBy(contents),
    standing,
    pool,
    watch: null,
  };
}

/** What opens the original must not open its copy, nor the other way round: one of them may get the port of the other. */
async function renewPasswords(home: Home, { adminUrl, port }: PreparedPostgres): Promise<{ url: string; adminUrl: string }> {
  const superuserPassword = newPassword();
  await setPassword(adminUrl, SUPERUSER, superuserPassword);
  keepAccess(home.path, { port, superuserPassword });
  const renewed = postgresUrl(SUPERUSER, superuserPassword, port, 'postgres');
  return { adminUrl: renewed, url: await ensureDatabase(renewed, port, home.renewPasswords().ownerPassword) };
}

async function openExternal(home: Home, standing: Standing, options: Options & { databaseUrl: string }, onNote: (text: string) => void): Promise<OpenDatabase> {
  const url = options.databaseUrl;
  const their = await lookAtServer(url);
  const { at } = their;
  const contents = await lookAtTheirs(url);
  const verdict = allowed(judgeExternal(home.path, standing, contents, at, hasData(home.path)));
  if (contents.kind !== 'named') await demandRights(url, their);
  const before = contents.kind === 'named' ? contents.installation.startedFrom : null;
  const watch = await DatabaseWatch.open(url, before === null ? 'of another home' : `started from ${before}`);
  // Only where the database is ours to use: another home that has it holds connections too, and nobody shall make room for both.
  const pool = externalPool(their, options, onNote, watch);
  if (verdict.renewPasswords) home.renewPasswords();
  if (standing.known === null && before !== null) {
    const isCopy = contents.kind === 'named' && typeof contents.origin === 'object';
    const what = isCopy
      ? `The database ${at} is a copy of the one that was last started from ${before} and goes on by itself`
      : `This home is new to the database ${at}, which was last started from ${before}`;
    onNote(`${what}: its uploads, checkpoints and models lie there, in the folder blobs.`);
  }
  return {
    url,
    adminUrl: url,
    at,
    detail: `${their.version} at ${at}, from DATABASE_URL`,
    installation: verdict.installation,
    isEmpty: contents.kind === 'empty',
    migratedBy: migratedBy(contents),
    standing,
    pool,
    watch,
  };
}

function externalPool({ free }: Their, options: Options, onNote: (text: string) => void, watch: DatabaseWatch): number {
  const asked = askedPool(options);
  const runners = options.runners ?? 1;
  try {
    const pool = fittingPool(asked, runners, free);
    if (pool < asked)
      onNote(
        `PostgreSQL leaves ${free} connections: api and worker use ${pool} each instead of ${asked}. For full speed allow ${connectionsNeeded(asked, runners)} (max_connections).`,
      );
    return pool;
  } catch (error) {
    watch.close();
    throw error;
  }
}

function allowed(verdict: Verdict): Extract<Verdict, { ok: true }> {
  if (!verdict.ok) throw new StartError(verdict.reason);
  return verdict;
}

const migratedBy = (contents: Contents): string | null => (contents.kind === 'named' ? contents.installation.migratedBy : null);
