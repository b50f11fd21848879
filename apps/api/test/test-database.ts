import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** The migrated database every test database is a copy of. */
export const TEMPLATE = 'trainyard_template';

/** A database of its own for one spec file, with all migrations applied and nothing in it. */
export interface TestDatabase {
  url: string;
  /** Drops it, whoever is still connected. */
  drop: () => Promise<void>;
}

/** The server the test run started (see global-setup.mjs), as its superuser. */
export function serverUrl(): string {
  const url = process.env['TRAINYARD_TEST_PG_URL'];
  if (url === undefined)
    throw new Error('TRAINYARD_TEST_PG_URL is not set: run the tests with jest.config.mjs of apps/api, whose globalSetup starts PostgreSQL.');
  return url;
}

/** The same server, another database. */
export function databaseUrl(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

export async function onServer<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Copies the template: some tens of milliseconds, however many migrations there are. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = serverUrl();
  const name = `test_${process.env['JEST_WORKER_ID'] ?? '0'}_${randomBytes(6).toString('hex')}`;
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`));
  return {
    url: databaseUrl(server, name),
    drop: async () => {
      await onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}
