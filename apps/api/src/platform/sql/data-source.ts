import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from '../../migrations/index.ts';
import { PreparedClient } from './prepared-client.ts';

/**
 * The one way a DataSource is made: by the api, the worker, migrate, and tests. There are no entities to synchronise: the
 * migrations are the schema and services speak SQL through `rows`.
 */
export function dataSourceOptions(url: string, poolSize: number): DataSourceOptions {
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
    extra: { idleTimeoutMillis: 30_000, Client: PreparedClient, pipeline: true },
  };
}

export async function openDataSource(url: string, poolSize = 16): Promise<DataSource> {
  return new DataSource(dataSourceOptions(url, poolSize)).initialize();
}
