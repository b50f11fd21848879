import { type Actor } from '@trainyard/domain';
import { rows, type Tx } from '../sql/database.ts';
import { built } from '../sql/prepared-client.ts';
import { allOf, askedOf } from './conditions.ts';
import type { ListDefinition } from './list.ts';
import { queryOf } from './reading.ts';
import { Statement } from './statement.ts';

/** What rows are counted by: a name in the answer, and SQL over the row. */
interface CountedBy {
  sql: string;
  /** Those that are wanted; null: all, of projects that are not archived, as in a list over all projects. */
  projectIds: readonly string[] | null;
}
export const BY_PROJECT = (projectIds: readonly string[]): CountedBy => ({ sql: 'p.id', projectIds });
export const IN_ALL: CountedBy = { sql: `'ALL'`, projectIds: null };

/**
 * How many rows each query finds, in one statement and by the list's own conditions: a number here and the list that its query opens
 * cannot differ. A group in which there is no row is not told.
 */
export async function countsOf<Name extends string>(
  tx: Tx,
  list: ListDefinition,
  actor: Actor,
  queries: Readonly<Record<Name, string>>,
  by: CountedBy,
  timeZone = 'UTC',
): Promise<Map<string, Record<Name, number>>> {
  const statement = new Statement(actor, { now: new Date(), timeZone }, null);
  const names = Object.keys(queries) as Name[];
  const readable = list.readable(statement);
  const within = by.projectIds === null ? 'p.archived_at IS NULL' : `p.id = ANY (${statement.param(by.projectIds, 'uuid[]')})`;
  const counted = names.map((name, i) => `(count(*) FILTER (WHERE ${allOf(askedOf(list, queryOf(list, queries[name]), statement))}))::int AS "c${i}"`);
  const found = await rows<Record<string, number> & { key: string }>(
    tx,
    built(`SELECT ${by.sql} AS key, ${counted.join(', ')} FROM ${list.table} ${list.joins} ${statement.joins} WHERE ${allOf([readable, within])} GROUP BY 1`),
    statement.parameters,
  );
  return new Map(found.map((row) => [row.key, Object.fromEntries(names.map((name, i) => [name, row[`c${i}`]])) as Record<Name, number>]));
}
