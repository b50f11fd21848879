import pg, { type ClientBase } from 'pg';
import { migrations } from '../migrations/index.ts';
import { SchemaTransaction } from '../platform/sql/schema-transaction.ts';
import { ADVISORY_LOCKS } from '../platform/sql/advisory-locks.ts';
import type { Manifest } from './archive-format.ts';
import { BackupError } from './backup-error.ts';
import { PLAIN_TEXT, tableNames } from './rows.ts';

const quoted = pg.escapeIdentifier;

/** One transaction in which the schema is made, filled and brought up to date: all of it counts or nothing does. */
export class RestoreTransaction {
  readonly client: ClientBase;

  private constructor(private readonly schema: SchemaTransaction) {
    this.client = schema.client;
  }

  static async begin(databaseUrl: string): Promise<RestoreTransaction> {
    const schema = await SchemaTransaction.begin(databaseUrl, 'trainyard-restore');
    const { client } = schema;
    client.on('error', () => undefined);
    await client.query(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.migration})`);
    await client.query(PLAIN_TEXT);
    return new RestoreTransaction(schema);
  }

  /** Refuses a database that holds anything of a Trainyard's but an empty schema, or that one is at work on. */
  async demandEmpty(): Promise<void> {
    const { rows: others } = await this.client.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name IN ('trainyard', 'trainyard-wakeups', 'trainyard-queue') LIMIT 1`,
    );
    if (others.length > 0) throw new BackupError('A Trainyard is running on this database: stop it, and restore into a new home or an empty database.');
    const there = await tableNames(this.client);
    for (const table of ['organisation', 'app_user', 'activity']) {
      if (!there.includes(table)) continue;
      const { rows } = await this.client.query(`SELECT 1 FROM public.${table} LIMIT 1`);
      if (rows.length > 0)
        throw new BackupError('This Trainyard has data already: restore into a new home (TRAINYARD_HOME) or an empty database (DATABASE_URL).');
    }
  }

  /** Makes the schema as it was when the backup was made. */
  async makeSchema({ migrations: made }: Manifest): Promise<void> {
    const unknown = made.filter((name) => !migrations.some((known) => known.name === name));
    if (unknown.length > 0) throw new BackupError(`The backup was made by a newer Trainyard (${unknown.join(', ')}): update this copy and restore again.`);
    // An empty Trainyard of another version may have been here.
    await this.schema.undoAll();
    await this.schema.migrate(made);
  }

  /**
   * Takes away what would refuse rows that come in any order, and answers the way to put it back: what refers to what is then
   * checked for all rows at once. The owner of the tables may do this; switching constraints off is for superusers only.
   */
  async openTables(tables: readonly string[]): Promise<() => Promise<void>> {
    const { rows } = await this.client.query<{ table: string; name: string; definition: string }>(
      /* sql */ `
      SELECT t.relname AS table, c.conname AS name, pg_get_constraintdef(c.oid) AS definition FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
      WHERE c.contype = 'f' AND c.conparentid = 0 AND t.relnamespace = 'public'::regnamespace AND t.relname = ANY ($1)`,
      [tables],
    );
    for (const { table, name } of rows) await this.client.query(`ALTER TABLE public.${quoted(table)} DROP CONSTRAINT ${quoted(name)}`);
    for (const table of tables) await this.client.query(`ALTER TABLE public.${quoted(table)} DISABLE TRIGGER USER`);
    // Rows that migrations made are in the backup too.
    for (const table of tables) await this.client.query(`DELETE FROM public.${quoted(table)}`);
    return async () => {
      for (const table of tables) await this.client.query(`ALTER TABLE public.${quoted(table)} ENABLE TRIGGER USER`);
      for (const { table, name, definition } of rows)
        await this.client.query(`ALTER TABLE public.${quoted(table)} ADD CONSTRAINT ${quoted(name)} ${definition}`);
    };
  }

  async setSequences(sequences: Manifest['sequences']): Promise<void> {
    for (const { name, value, called } of sequences)
      await this.client.query('SELECT setval($1::regclass, $2::bigint, $3)', [`public.${quoted(name)}`, value, called]);
  }

  /** Brings schema and data from the backup's version to this code's. */
  async migrateForward(): Promise<void> {
    await this.schema.migrate();
  }

  async commit(): Promise<void> {
    await this.schema.commit();
  }

  /** Ends the connection, whatever is under way on it: the server takes everything back. */
  async abandon(): Promise<void> {
    await this.schema.abandon();
  }
}
