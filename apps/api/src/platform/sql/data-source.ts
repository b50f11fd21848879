import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from '../../migrations/index.ts';
import { PreparedClient, StatementNames } from './prepared-client.ts';

/**
 * The one way a DataSource is made: by the api, the worker, migrate, and tests. There are no entities to synchronise: the
 * migrations are the schema and services speak SQL through `rows`. A statement, and a transaction that does nothing, is ended by the
 * server after `patienceSeconds`; 0 is never, for migrating and restoring, which take what they take.
 */
export function dataSourceOptions(url: string, poolSize: number, patienceSeconds = 0): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize,
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    entities: [],
    synchronize: false,
    logging: false,
    applicationName: 'trainyard',
    extra: {
      idleTimeoutMillis: 30_000,
      Client: PreparedClient,
      names: new StatementNames(),
      pipeline: true,
      statement_timeout: patienceSeconds * 1_000,
      idle_in_transaction_session_timeout: patienceSeconds * 1_000,
    },
  };
}

export async function openDataSource(url: string, poolSize: number, patienceSeconds = 0): Promise<DataSource> {
  return new DataSource(dataSourceOptions(url, poolSize, patienceSeconds)).initialize();
}
