import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import type { TableShape, TableSum } from './archive-format.ts';

const quoted = pg.escapeIdentifier;
const listed = (names: readonly string[]): string => names.map(quoted).join(', ');

/** The same text for the same value, whatever the server and the role are set to. */
export const PLAIN_TEXT = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
  SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL client_encoding = 'UTF8'; SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL search_path = public`;

/** The tables of ours there are, with their columns. */
export async function shapesOf(client: ClientBase, tables: readonly string[]): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    /* sql */ `
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname = ANY ($1)
    GROUP BY c.relname ORDER BY c.relname`,
    [tables],
  );
  return rows;
}

/** All tables of the schema `public`, ours or not. */
export async function tableNames(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname`,
  );
  return rows.map(({ name }) => name);
}

/** By the primary key, or by a unique one of which nulls are part, text by its bytes: the same order on every server. */
async function orderOf(client: ClientBase, table: TableShape): Promise<string> {
  const { rows } = await client.query<{ name: string; text: boolean }>(
    /* sql */ `
    SELECT a.attname AS name, a.attcollation <> 0 AS text FROM pg_index i
    JOIN unnest(i.indkey) WITH ORDINALITY k (attnum, place) ON true JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
    WHERE i.indexrelid = (
      SELECT u.indexrelid FROM pg_index u WHERE u.indrelid = ('public.' || quote_ident($1))::regclass
        AND (u.indisprimary OR u.indisunique AND u.indnullsnotdistinct AND u.indpred IS NULL AND u.indexprs IS NULL) ORDER BY u.indisprimary DESC, u.indexrelid LIMIT 1
    ) ORDER BY k.place`,
    [table.name],
  );
  if (rows.length === 0) throw new Error(`${table.name} has no key to order its rows by`);
  return rows.map(({ name, text }) => (text ? `${quoted(name)} COLLATE "C"` : quoted(name))).join(', ');
}

/** Reads all rows of a table in order, hands them on in pieces of about `pieceBytes`, and sums them up. */
export async function copyOut(client: ClientBase, table: TableShape, pieceBytes: number, onPiece: (bytes: Buffer) => Promise<void> | void): Promise<TableSum> {
  const order = await orderOf(client, table);
  const stream = client.query(to(`COPY (SELECT ${listed(table.columns)} FROM public.${quoted(table.name)} ORDER BY ${order}) TO STDOUT`));
  const hash = createHash('sha256');
  let held: Buffer[] = [];
  let size = 0;
  let bytes = 0;
  const pass = async (): Promise<void> => {
    if (size === 0) return;
    const piece = Buffer.concat(held);
    held = [];
    size = 0;
    await onPiece(piece);
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    held.push(chunk);
    size += chunk.length;
    bytes += chunk.length;
    if (size >= pieceBytes) await pass();
  }
  await pass();
  return { name: table.name, rows: stream.rowCount, bytes, sha256: hash.digest('hex') };
}

/** A COPY into a table that takes piece after piece. */
export class CopyIn {
  private readonly stream;
  private readonly done: Promise<void>;
  private failure: Error | null = null;

  constructor(client: ClientBase, table: TableShape) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.done = promise;
    promise.catch(() => undefined);
    this.stream = client.query(from(`COPY public.${quoted(table.name)} (${listed(table.columns)}) FROM STDIN`));
    this.stream.on('finish', resolve);
    this.stream.on('error', (error) => {
      // At once: the stream has no connection any more, and whoever writes to it would learn that instead of the reason.
      this.failure ??= error;
      reject(error);
    });
  }

  async write(bytes: Buffer): Promise<void> {
    if (this.failure) throw this.failure;
    await Promise.race([new Promise<void>((resolve) => this.stream.write(bytes, () => resolve())), this.done]);
    if (this.failure) throw this.failure;
  }

  async end(): Promise<void> {
    if (this.failure) throw this.failure;
    this.stream.end();
    await this.done;
  }
}
