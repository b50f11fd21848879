import type { Actor } from '@trainyard/domain';
import { rows, type Database } from '../sql/database.ts';
import { built } from '../sql/prepared-client.ts';
import { allOf, askedOf } from './conditions.ts';
import type { ListDefinition } from './list.ts';
import { inTurn, queryOf, timeZoneOf } from './reading.ts';
import { Statement } from './statement.ts';

/** What rows are counted by: a name in the answer, and SQL over the row. */
interface CountedBy {
  sql: string;
  /** Those that are wanted; null: all, of projects that are not archived, as in a list over all projects. */
  projectIds: readonly string[] | null;
  /** More that a row must fulfil. */
  where?: (statement: Statement) => string;
  /** What is summed up besides, as SQL. */
  sum?: string;
}
export const BY_PROJECT = (projectIds: readonly string[]): CountedBy => ({ sql: 'p.id', projectIds });
/** All together: under this key. */
const TOGETHER = 'ALL';
const IN_ALL = (projectIds: readonly string[] | null = null): CountedBy => ({ sql: `'${TOGETHER}'`, projectIds });

/**
 * How many rows each query finds, in one statement and by the list's own conditions: a number here and the list that its query opens
 * cannot differ. A group in which there is no row is not told. It takes a turn of the lists, for it looks through as much as they do.
 */
export async function countsOf<Name extends string>(
  database: Database,
  list: ListDefinition,
  actor: Actor,
  queries: Readonly<Record<Name, string>>,
  by: CountedBy,
  timeZone: string | null = null,
): Promise<Map<string, Record<Name, number> & { sum: number }>> {
  const statement = new Statement(actor, { now: new Date(), timeZone: timeZoneOf(timeZone) }, null);
  const names = Object.keys(queries) as Name[];
  const readable = list.readable(statement);
  const within = by.projectIds === null ? 'p.archived_at IS NULL' : `p.id = ANY (${statement.param(by.projectIds, 'uuid[]')})`;
  const all = [readable, within, ...(by.where ? [by.where(statement)] : [])];
  const counted = names.map((name, i) => `(count(*) FILTER (WHERE ${allOf(askedOf(list, queryOf(list, queries[name]), statement))}))::int AS "c${i}"`);
  const sql = `SELECT ${[`${by.sql} AS key`, `${by.sum ?? '0'} AS sum`, ...counted].join(', ')} FROM ${list.table} ${list.joins} ${statement.joins} WHERE ${allOf(all)} GROUP BY 1`;
  const found = await inTurn(database, actor, (tx) => rows<Record<string, number> & { key: string; sum: number }>(tx, built(sql), statement.parameters));
  return new Map(
    found.map((row) => [row.key, { ...(Object.fromEntries(names.map((name, i) => [name, row[`c${i}`]])) as Record<Name, number>), sum: row.sum }]),
  );
}

/** The same of all rows together. */
export async function countsOfAll<Name extends string>(
  database: Database,
  list: ListDefinition,
  actor: Actor,
  queries: Readonly<Record<Name, string>>,
  projectIds: readonly string[] | null = null,
  timeZone: string | null = null,
): Promise<Record<Name, number>> {
  const found = await countsOf(database, list, actor, queries, IN_ALL(projectIds), timeZone);
  return found.get(TOGETHER) ?? (Object.fromEntries(Object.keys(queries).map((name) => [name, 0])) as Record<Name, number>);
}
