import { EMPTY_QUERY, isTimeZone, parse, print, type Actor, type Query } from '@trainyard/domain';
import { DomainError } from '../domain-error.ts';
import { READABLE_PROJECT, readableBy } from '../authorize.ts';
import { GIVEN_UP, row, rows, sqlState, type Database, type Tx } from '../sql/database.ts';
import { built } from '../sql/prepared-client.ts';
import { whereOf } from './conditions.ts';
import { cursorIn, cursorText, digestOf } from './cursor.ts';
import { listTurns } from './list-turns.ts';
import type { ListDefinition } from './list.ts';
import { afterSql, areValuesOf, orderKeys, orderSql } from './order.ts';
import { notOurs, pageSize, type PageInfo } from './page.types.ts';
import { Statement } from './statement.ts';

/** Nobody reads further than that; counting on would cost the more, the less it says. */
export const COUNT_MAX = 1_000;
/** A list that takes longer is given up. */
const SECONDS_MAX = 5;

/** What somebody asks of a list. */
export interface ListRequest {
  query: string | null;
  /** Of the IANA database; null: UTC. */
  timeZone: string | null;
  projectId: string | null;
}

/** One page of a list: which one, and what of each row. */
export interface PageRequest extends ListRequest {
  first: number;
  after: string | null;
}

export interface Page<Row> {
  nodes: Row[];
  totalCount: number;
  totalCountIsCapped: boolean;
  pageInfo: PageInfo;
}

/** Letters of a name of a zone that is looked at. */
export const TIME_ZONE_MAX = 60;

/** The query of a request, or BAD_INPUT that says where the text is wrong. */
export function queryOf(list: Pick<ListDefinition, 'fields'>, text: string | null): Query {
  if (text === null) return EMPTY_QUERY;
  const parsed = parse(text, list.fields);
  if (parsed.ok) return parsed.query;
  const [error] = parsed.errors;
  if (!error) throw new Error('a text that is no query says why');
  const { problem, start, end, params } = error;
  // What the parser tells of `field` is the field of the query: the field of the request is the query itself.
  const { field, ...rest } = params;
  throw new DomainError('BAD_INPUT', {
    ...rest,
    ...(field !== undefined && { of: field }),
    field: 'query',
    reason: `QUERY_${problem}`,
    start,
    end,
    count: parsed.errors.length,
  });
}

export function timeZoneOf(zone: string | null): string {
  if (zone === null) return 'UTC';
  if (zone.length > TIME_ZONE_MAX || !isTimeZone(zone)) throw new DomainError('BAD_INPUT', { field: 'timeZone', reason: 'UNKNOWN' });
  return zone;
}

/** Throws NOT_FOUND unless there is such a project that the caller may know of. */
export async function demandReadable(tx: Tx, actor: Actor, projectId: string | null): Promise<void> {
  if (projectId === null) return;
  const found = await row(tx, `SELECT p.id FROM project p WHERE p.id = $3 AND ${READABLE_PROJECT(1)}`, [...readableBy(actor), projectId]);
  if (!found) throw new DomainError('NOT_FOUND');
}

/**
 * A page of a list in one statement.
 * @param columns what of each row, over the table of the list and `sources`, which are joined with it
 */
export function pageOf<Row extends object>(
  database: Database,
  list: ListDefinition,
  actor: Actor,
  asked: PageRequest,
  told: { columns: string; sources: string },
): Promise<Page<Row>> {
  // What is written for the query takes time, too.
  return listTurns(database).within(actor, () => readPage(database, list, actor, asked, told));
}

async function readPage<Row extends object>(
  database: Database,
  list: ListDefinition,
  actor: Actor,
  { query: text, timeZone, projectId, first, after }: PageRequest,
  { columns, sources }: { columns: string; sources: string },
): Promise<Page<Row>> {
  const limit = pageSize(first);
  const query = queryOf(list, text);
  const zone = timeZoneOf(timeZone);
  const digest = digestOf([list.name, projectId, print(query, list.fields), zone]);
  const cursor = after ? cursorIn(after, digest) : null;
  const now = cursor?.now ?? Date.now();
  const statement = new Statement(actor, { now: new Date(now), timeZone: zone }, projectId);
  const where = whereOf(list, query, statement);
  const counting = statement.joins;
  const keys = orderKeys(list, query.sort, statement);
  if (cursor && !areValuesOf(keys, cursor.keys)) throw notOurs();
  const beyond = cursor ? ` AND (${afterSql(keys, cursor.keys, statement)})` : '';
  const names = keys.map((_, i) => `hit.k${i}`);
  // A page that is not full is all there is: what fits little is looked for once.
  const total = cursor
    ? 'NULL::int'
    : `CASE WHEN (SELECT count(*) FROM hit) <= ${limit} THEN (SELECT count(*)::int FROM hit)
        ELSE (SELECT count(*)::int FROM (SELECT FROM ${list.table} ${list.joins} ${counting} WHERE ${where} LIMIT ${COUNT_MAX + 1}) counted) END`;
  const sql = /* sql */ `
    WITH hit AS MATERIALIZED (
      SELECT ${keys.map((key, i) => `${key.sql} AS k${i}`).join(', ')} FROM ${list.table} ${list.joins} ${statement.joins}
      WHERE ${where}${beyond} ORDER BY ${orderSql(keys)} LIMIT ${statement.param(limit + 1, 'int')})
    SELECT ${total} AS "counted", ${names.map((name, i) => `${name}::text AS "key${i}"`).join(', ')}, ${columns}
    FROM hit JOIN ${list.table} ON ${list.key} = ${names.at(-1)} ${sources} ORDER BY ${orderSql(keys, names)}`;

  const found = await withinTime(database, async (tx) => {
    await demandReadable(tx, actor, projectId);
    return rows<Row & { counted: number | null } & Record<string, unknown>>(tx, built(sql), statement.parameters);
  });
  const counted = cursor?.counted ?? found[0]?.counted ?? 0;
  const nodes = found.slice(0, limit);
  const last = nodes.at(-1);
  return {
    nodes,
    totalCount: Math.min(counted, COUNT_MAX),
    totalCountIsCapped: counted > COUNT_MAX,
    pageInfo: {
      endCursor: last ? cursorText({ digest, now, counted, keys: keys.map((_, i) => last[`key${i}`] as string | null) }) : null,
      hasNextPage: found.length > limit,
    },
  };
}

/**
 * Something of all rows that a list finds, such as groups of them, in one statement.
 * @param write it, over the table of the list with its joins, where `where` holds
 */
export function gathered<Row extends object>(
  database: Database,
  list: ListDefinition,
  actor: Actor,
  { query, timeZone, projectId }: ListRequest,
  write: (from: string, where: string, statement: Statement) => string,
): Promise<Row[]> {
  const statement = new Statement(actor, { now: new Date(), timeZone: timeZoneOf(timeZone) }, projectId);
  const where = whereOf(list, queryOf(list, query), statement);
  const sql = write(`${list.table} ${list.joins} ${statement.joins}`, where, statement);
  return inTurn(database, actor, async (tx) => {
    await demandReadable(tx, actor, projectId);
    return rows<Row>(tx, built(sql), statement.parameters);
  });
}

/** Reads that look through much, in a turn of the lists of whoever asks. Not within another such turn: it would wait for itself. */
export const inTurn = <T>(database: Database, actor: Actor, read: (tx: Tx) => Promise<T>): Promise<T> =>
  listTurns(database).within(actor, () => withinTime(database, read));

/** Reads that are given up where they take too long. */
export async function withinTime<T>(database: Database, read: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await database.transaction(async (tx) => {
      const [, result] = await Promise.all([tx.query(`SET LOCAL statement_timeout = '${SECONDS_MAX}s'`), read(tx)]);
      return result;
    });
  } catch (error) {
    if (sqlState(error) === GIVEN_UP) throw new DomainError('QUERY_TOO_SLOW', { seconds: SECONDS_MAX });
    throw error;
  }
}
