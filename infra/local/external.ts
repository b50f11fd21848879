import pg from 'pg';
import { withClient } from './connection.ts';
import { lookAt, type Contents } from './installation.ts';
import { codeOf, StartError } from './start-error.ts';

/** A PostgreSQL that is not ours, as far as a start must know it. */
export interface Their {
  version: string;
  /** host:port/name, or the folder of the socket instead of a host. */
  at: string;
  role: string;
  /** Connections that the server, the database and the role still leave us. */
  free: number;
}

const OLDEST_POSTGRES = 15;

/** Looks at the server of DATABASE_URL and changes nothing. Throws StartError, one sentence with the remedy, where it cannot be used. */
export async function lookAtServer(url: string): Promise<Their> {
  const place = placeOf(url);
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ version: string; role: string; free: number; schema: string | null }>(`
      SELECT current_setting('server_version') AS version, current_user AS role, current_schema() AS schema,
        least(
          current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
            - coalesce(current_setting('reserved_connections', true)::int, 0) - others.count,
          nullif(rolconnlimit, -1), nullif(datconnlimit, -1)
        )::int AS free
      FROM pg_roles, pg_database, (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()) AS others
      WHERE rolname = current_user AND datname = current_database()`);
    const [found] = rows;
    if (found === undefined || parseInt(found.version) < OLDEST_POSTGRES) {
      throw new StartError(`The PostgreSQL of DATABASE_URL is ${found?.version ?? 'unknown'}: Trainyard needs ${OLDEST_POSTGRES} or newer.`);
    }
    if (found.schema === null) {
      throw new StartError(
        `The role ${found.role} of DATABASE_URL may use no schema in ${place.at}: run there, as the owner of the database, GRANT USAGE, CREATE ON SCHEMA public TO ${quoted(found.role)};`,
      );
    }
    return { version: found.version, at: place.at, role: found.role, free: found.free };
  }).catch((error: unknown) => {
    throw explainServer(error, place);
  });
}

/** What the database of DATABASE_URL holds. Throws StartError where the role may not see it. */
export async function lookAtTheirs(url: string): Promise<Contents> {
  return lookAt(url).catch((error: unknown) => {
    throw explainServer(error, placeOf(url));
  });
}

/** Where an address leads, without its password. Throws StartError when it is no address. */
export function placeOf(url: string): { at: string; role: string; database: string } {
  try {
    const { host, port, user = '', database } = new pg.Client({ connectionString: url });
    return { at: `${host}:${port}/${database ?? user}`, role: user, database: database ?? user };
  } catch {
    throw new StartError(
      'DATABASE_URL cannot be read: it must look like postgresql://user:password@host:5432/trainyard, with special characters of the password as %xx (an @ is %40, a # is %23).',
    );
  }
}

const quoted = pg.escapeIdentifier;

function explainServer(error: unknown, { at, role, database }: { at: string; role: string; database: string }): StartError {
  if (error instanceof StartError) return error;
  const code = codeOf(error) ?? '';
  const text = error instanceof Error ? error.message : String(error);
  const because = (why: string): StartError => new StartError(`The PostgreSQL of DATABASE_URL cannot be used: ${text || code}. ${why}`);
  if (code === '3D000') return because(`Make it, as a user who may: CREATE DATABASE ${quoted(database)} OWNER ${quoted(role)};`);
  if (code === '28P01') return because(`Put the password of ${role} into DATABASE_URL (an @ in it is %40).`);
  if (code === '28000') return because(`Name a role that is there and that its pg_hba.conf lets in from this machine.`);
  if (code === '42501') return because(`Grant the right to ${role}, or name a role that has it.`);
  if (code === '53300') return because('Raise its max_connections, or end what holds its connections.');
  if (code.startsWith('57P')) return because('Start again when it is up.');
  if (code === 'ENOENT') return because(`No server listens there: ?host= must name the folder of its socket, e.g. /var/run/postgresql.`);
  if (code === 'ENOTFOUND') return because(`Is ${at} its address? An @, # or / in the password must be written as %40, %23 or %2F.`);
  if (['ECONNREFUSED', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code) || /timeout/i.test(text))
    return because(`Is it running, and is ${at} its address?`);
  return because('See its log for more.');
}

/** Before tables are made or changed: whether the role may. Throws StartError with the GRANT that is missing. */
export async function demandRights(url: string, { at, role }: Their): Promise<void> {
  const missing = await withClient(url, async (client) => {
    const { rows } = await client.query<{ schema: string; database: string; inSchema: boolean; inDatabase: boolean; owner: string | null }>(`
      SELECT current_schema() AS schema, current_database() AS database,
        has_schema_privilege(current_schema(), 'CREATE') AS "inSchema",
        (has_database_privilege(current_database(), 'CREATE') OR to_regnamespace('bullmq') IS NOT NULL) AS "inDatabase",
        (SELECT min(relowner::regrole::text) FROM pg_class WHERE relname = 'migration' AND relnamespace = current_schema()::regnamespace AND NOT pg_has_role(relowner, 'USAGE')) AS owner`);
    const [rights] = rows;
    if (rights === undefined) return null;
    if (rights.owner !== null) return `GRANT ${rights.owner} TO ${quoted(role)};`;
    const grants = [
      ...(rights.inSchema ? [] : [`GRANT CREATE ON SCHEMA ${quoted(rights.schema)} TO ${quoted(role)};`]),
      ...(rights.inDatabase ? [] : [`GRANT CREATE ON DATABASE ${quoted(rights.database)} TO ${quoted(role)};`]),
    ];
    return grants.length === 0 ? null : grants.join(' ');
  });
  if (missing !== null)
    throw new StartError(
      `The role ${role} of DATABASE_URL may not make or change Trainyard's tables in ${at}: run there, as the owner of the database, ${missing}`,
    );
}

/** What api and worker hold at most with `pool` each: that pool, three for the queue and one that listens; a runner two times three; the start two. */
export const connectionsNeeded = (pool: number, runners: number): number => 2 * (pool + 4) + runners * 6 + 2;
const SMALLEST_POOL = 2;

/** The pool that fits into `free` connections, `asked` at most. Throws StartError where not even the smallest does. */
export function fittingPool(asked: number, runners: number, free: number): number {
  const fits = Math.floor((free - connectionsNeeded(0, runners)) / 2);
  if (fits >= SMALLEST_POOL) return Math.min(asked, fits);
  throw new StartError(
    `PostgreSQL leaves ${Math.max(free, 0)} connections and Trainyard needs at least ${connectionsNeeded(SMALLEST_POOL, runners)}, ${connectionsNeeded(asked, runners)} for full speed: raise max_connections (and a limit of the role or database), or end what holds them.`,
  );
}
