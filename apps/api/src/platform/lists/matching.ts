import type { Actor } from '@trainyard/domain';
import { databaseNow, rows, type Tx } from '../sql/database.ts';
import { built } from '../sql/prepared-client.ts';
import { whereOf } from './conditions.ts';
import type { ListDefinition } from './list.ts';
import { queryOf, timeZoneOf, type ListRequest } from './reading.ts';
import { Statement } from './statement.ts';

/**
 * Ids of what a query finds, as `tx` sees it: for decisions, where a page is for people. It takes no turn of the lists.
 * @param among where only some are asked about
 */
export async function matching(
  tx: Tx,
  list: ListDefinition,
  actor: Actor,
  { query, timeZone, projectId }: ListRequest,
  { ids, most, also = () => null }: { ids?: readonly string[]; most: number; also?: (statement: Statement) => string | null },
): Promise<string[]> {
  const statement = new Statement(actor, { now: await databaseNow(tx), timeZone: timeZoneOf(timeZone) }, projectId);
  const where = [whereOf(list, queryOf(list, query), statement), also(statement)].filter((one) => one !== null);
  if (ids) where.push(`${list.key} = ANY (${statement.param(ids, 'uuid[]')})`);
  const sql = `SELECT ${list.key} AS id FROM ${list.table} ${list.joins} ${statement.joins} WHERE ${where.map((one) => `(${one})`).join(' AND ')} ORDER BY ${list.key} LIMIT ${most}`;
  return (await rows<{ id: string }>(tx, built(sql), statement.parameters)).map(({ id }) => id);
}
