import type { Client } from 'pg';

/** All rows of a Trainyard's database, as text, with what is needed to put them into one that the same migrations made. */
export interface Dump {
  /** The commit whose code made the home. */
  version: string;
  migrations: string[];
  /** The tables as that code made them, a line each: a migration that was changed afterwards does not make these. */
  schema: string[];
  tables: Table[];
}

interface Table {
  name: string;
  columns: { name: string; type: string }[];
  rows: (string | null)[][];
}

/** Who is signed in, and the book of migrations, which the migrations themselves write. */
const LEFT_OUT = ['migration', 'session'];
const AT_ONCE = 200;

/** Columns, keys, checks and indexes, a line each in a fixed order. */
export async function schemaOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(`
    SELECT line FROM (
      SELECT format('%I.%I %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' NOT NULL' END, ' ' || pg_get_expr(d.adbin, d.adrelid)) AS line
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c')
      UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE c.relnamespace = 'public'::regnamespace
    ) AS lines ORDER BY line COLLATE "C"`);
  return rows.map(({ line }) => line);
}

export async function readDump(client: Client, version: string): Promise<Dump> {
  const migrations = (await client.query<{ name: string }>('SELECT name FROM migration ORDER BY id')).rows.map(({ name }) => name);
  const { rows: columns } = await client.query<{ table: string; name: string; type: string }>(
    `
    SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> ALL ($1)
    ORDER BY c.relname, a.attnum`,
    [LEFT_OUT],
  );
  const tables: Table[] = [];
  for (const [name, own] of Map.groupBy(columns, ({ table }) => table)) {
    const list = own.map((column) => `${client.escapeIdentifier(column.name)}::text`).join(', ');
    const { rows } = await client.query<(string | null)[]>({ text: `SELECT ${list} FROM ${client.escapeIdentifier(name)} ORDER BY 1`, rowMode: 'array' });
    tables.push({ name, columns: own.map((column) => ({ name: column.name, type: column.type })), rows });
  }
  return { version, migrations, schema: await schemaOf(client), tables };
}

/** Puts the rows into a database that the dump's migrations made. Needs a superuser: keys are looked at by nobody meanwhile. */
export async function writeDump(client: Client, dump: Dump): Promise<void> {
  await client.query('BEGIN');
  await client.query('SET LOCAL session_replication_role = replica');
  for (const { name, columns, rows } of dump.tables) {
    // What a migration put there is in the dump too.
    await client.query(`DELETE FROM ${client.escapeIdentifier(name)}`);
    const list = columns.map((column) => client.escapeIdentifier(column.name)).join(', ');
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const some = rows.slice(at, at + AT_ONCE);
      const values = some.map((_, row) => `(${columns.map(({ type }, i) => `$${row * columns.length + i + 1}::text::${type}`).join(', ')})`).join(', ');
      await client.query(`INSERT INTO ${client.escapeIdentifier(name)} (${list}) OVERRIDING SYSTEM VALUE VALUES ${values}`, some.flat());
    }
  }
  // Numbers given by the database go on behind the highest.
  await client.query(
    `
    SELECT setval(pg_get_serial_sequence(format('%I.%I', table_schema, table_name), column_name), greatest(1, (xpath('/row/m/text()', query_to_xml(format('SELECT max(%I) AS m FROM %I.%I', column_name, table_schema, table_name), false, true, '')))[1]::text::bigint))
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> ALL ($1) AND pg_get_serial_sequence(format('%I.%I', table_schema, table_name), column_name) IS NOT NULL`,
    [LEFT_OUT],
  );
  await client.query('COMMIT');
}
