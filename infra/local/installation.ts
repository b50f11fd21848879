import { hostname } from 'node:os';
import type { Client } from 'pg';
import { withClient } from './connection.ts';

/** The one row of the table `installation`: who the database is. */
export interface Installation {
  id: string;
  /** Digest of the code whose migrations were last applied. */
  migratedBy: string | null;
  /** Machine and home of the last start. */
  startedFrom: string | null;
}

/**
 * Whether these rows were written in this very database, told by what its server calls it. Rows of a pg_dump are not: `of` is the
 * database they came from where that is still on this server, else null. 'unknown': of a version that did not note it.
 */
export type Origin = 'unknown' | 'here' | { copied: true; of: string | null };

/** What a database holds, seen before anything is changed in it. */
export type Contents =
  | { kind: 'empty' }
  /** Some of its tables, in words. */
  | { kind: 'foreign'; tables: string }
  /** Trainyard's, of a version before installations had an identity. */
  | { kind: 'unnamed' }
  | { kind: 'named'; installation: Installation; origin: Origin };

/** The first migration there ever was: who has it is a Trainyard. */
const FIRST_MIGRATION = 'PeopleBoardActivity1764000000001';
const NAMED_TABLES = 3;

/** Looks at a database and changes nothing. */
export async function lookAt(url: string): Promise<Contents> {
  return withClient(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(`
      SELECT relname AS name FROM pg_class
      WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
      ORDER BY relname`);
    const has = (name: string): boolean => tables.some((table) => table.name === name);
    if (tables.length === 0) return { kind: 'empty' };
    const book = has('migration') ? (await client.query<{ name: string | null }>(`SELECT to_jsonb(migration) ->> 'name' AS name FROM migration`)).rows : null;
    if (book?.some(({ name }) => name === FIRST_MIGRATION) === true) {
      if (!has('installation')) return { kind: 'unnamed' };
      const { rows } = await client.query<Installation & { database: string | null }>(
        `SELECT id, migrated_by AS "migratedBy", started_from AS "startedFrom", to_jsonb(installation) ->> 'database' AS database FROM installation`,
      );
      if (rows[0] === undefined) return { kind: 'unnamed' };
      const { database, ...installation } = rows[0];
      return { kind: 'named', installation, origin: await originOf(client, database) };
    }
    // A first migration that was interrupted leaves only its own book of migrations.
    if (tables.length === 1 && book?.length === 0) return { kind: 'empty' };
    const more = tables.length > NAMED_TABLES ? ` and ${tables.length - NAMED_TABLES} more` : '';
    return {
      kind: 'foreign',
      tables: `${tables
        .slice(0, NAMED_TABLES)
        .map(({ name }) => name)
        .join(', ')}${more}`,
    };
  });
}

/** What a server calls itself: no two have one number, unless one is a copy of the other's files. Empty where the role may not ask. */
async function serverNumber(client: Client): Promise<string> {
  const { rows } = await client.query<{ may: boolean }>(`SELECT has_function_privilege('pg_control_system()', 'EXECUTE') AS may`);
  if (rows[0]?.may !== true) return '';
  return (await client.query<{ number: string }>('SELECT system_identifier AS number FROM pg_control_system()')).rows[0]?.number ?? '';
}

/** The server's number and that of the database on it, which a renamed one keeps and a copied one does not. */
async function databaseNumber(client: Client): Promise<string> {
  const { rows } = await client.query<{ oid: string }>('SELECT oid FROM pg_database WHERE datname = current_database()');
  return `${await serverNumber(client)}/${rows[0]?.oid ?? ''}`;
}

async function originOf(client: Client, noted: string | null): Promise<Origin> {
  if (noted === null) return 'unknown';
  if (noted === (await databaseNumber(client))) return 'here';
  const [server = '', oid] = noted.split('/');
  if (server === '' || server !== (await serverNumber(client))) return { copied: true, of: null };
  const { rows } = await client.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE oid = $1', [oid]);
  return { copied: true, of: rows[0]?.name ?? null };
}

/** Where a start happens, in words for those who find the database later. */
export const startedFrom = (home: string): string => `${hostname()}:${home}`;

/** Notes in the database who it is, which code migrated it and from where it was started. */
export async function keepInstallation(url: string, { id, migratedBy, startedFrom }: Installation): Promise<void> {
  await withClient(url, async (client) =>
    client.query('UPDATE installation SET id = $1, migrated_by = $2, started_from = $3, database = $4', [
      id,
      migratedBy,
      startedFrom,
      await databaseNumber(client),
    ]),
  );
}
