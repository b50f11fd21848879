import type { ClientBase } from 'pg';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { dataSourceOptions } from './data-source.ts';

/** One transaction in which the schema is made and changed, on a plain connection of its own: COPY does not go with statements that are sent ahead. */
export class SchemaTransaction {
  private readonly executor: MigrationExecutor;

  private constructor(
    private readonly dataSource: DataSource,
    private readonly runner: QueryRunner,
    readonly client: ClientBase,
  ) {
    this.executor = new MigrationExecutor(dataSource, runner);
    this.executor.transaction = 'none';
  }

  static async begin(databaseUrl: string, applicationName: string): Promise<SchemaTransaction> {
    const options = { ...dataSourceOptions(databaseUrl, 1), applicationName, extra: { keepAlive: true } };
    const dataSource = await new DataSource(options).initialize();
    const runner = dataSource.createQueryRunner();
    const client = (await runner.connect()) as ClientBase;
    await runner.startTransaction();
    return new SchemaTransaction(dataSource, runner, client);
  }

  async undoAll(): Promise<void> {
    for (const _ of await this.executor.getExecutedMigrations()) await this.executor.undoLastMigration();
  }

  /** Runs the migrations that were not run yet: all, or those of these names. */
  async migrate(names?: readonly string[]): Promise<void> {
    for (const migration of await this.executor.getPendingMigrations()) {
      if (names?.includes(migration.name) ?? true) await this.executor.executeMigration(migration);
    }
  }

  async commit(): Promise<void> {
    await this.runner.commitTransaction();
    await this.runner.release();
    await this.dataSource.destroy();
  }

  /** Ends the connection, whatever is under way on it: the server takes everything back. */
  async abandon(): Promise<void> {
    await (this.client as ClientBase & { end(): Promise<void> }).end().catch(() => undefined);
    await this.dataSource.destroy().catch(() => undefined);
  }
}
