import { hostname } from 'node:os';
import { withClient } from './connection.ts';

/** The one row of the table `installation`: who the database is. */
export interface Installation {
  id: string;
  /** Digest of the code whose migrations were last applied. */
  migratedBy: string | null;
  /** Machine and home of the last start. */
  startedFrom: string | null;
}

/** What a database holds, seen before anything is changed in it. */
export type Contents =
  | { kind: 'empty' }
  /** Some of its tables, in words. */
  | { kind: 'foreign'; tables: string }
  /** Trainyard's, of a version before installations had an identity. */
  | { kind: 'unnamed' }
  | { kind: 'named'; installation: Installation };

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
      const { rows } = await client.query<Installation>('SELECT id, migrated_by AS "migratedBy", started_from AS "startedFrom" FROM installation');
      return rows[0] === undefined ? { kind: 'unnamed' } : { kind: 'named', installation: rows[0] };
    }
    // A first migration that was interrupted leaves only its own book of migrations.
    if (tables.length === 1 && book?.length === 0) return { kind: 'empty' };
    const more = tables.length > NAMED_TABLES ? ` and ${tables.length - NAMED_TABLES} more` : '';
    return { kind: 'foreign', tables: `${tables.slice(0, NAMED_TABLES).map(({ name }) => name).join(', ')}${more}` };
  });
}

/** Where a start happens, in words for those who find the database later. */
export const startedFrom = (home: string): string => `${hostname()}:${home}`;

/** Notes in the database who it is, which code migrated it and from where it was started. */
export async function keepInstallation(url: string, installation: Installation): Promise<void> {
  await withClient(url, (client) =>
    client.query('UPDATE installation SET id = $1, migrated_by = $2, started_from = $3', [installation.id, installation.migratedBy, installation.startedFrom]),
  );
}

/** A home that moved takes its folder of datasets along: those registered by path in it are looked for there. */
export async function movePaths(url: string, from: string, to: string): Promise<void> {
  await withClient(url, (client) => client.query(`UPDATE dataset_file SET path = $2 || substr(path, length($1) + 1) WHERE starts_with(path, $1 || '/')`, [from, to]));
}
