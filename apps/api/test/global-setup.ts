import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, isStale, ROOT } from '../../../infra/local/build.ts';
import { startTestPostgres, type TestPostgres } from '../../../infra/local/test-postgres.ts';
import { databaseUrl, onServer, TEMPLATE } from './test-database.ts';

declare global {
  var trainyardTestPostgres: TestPostgres | undefined;
}

/**
 * Once per `jest`: starts PostgreSQL, unless TRAINYARD_TEST_PG_URL names one already running, and migrates the template
 * database with the very program `npm start` uses.
 */
export default async function setUp(): Promise<void> {
  if (process.env['TRAINYARD_TEST_PG_URL'] === undefined) {
    globalThis.trainyardTestPostgres = await startTestPostgres();
    process.env['TRAINYARD_TEST_PG_URL'] = globalThis.trainyardTestPostgres.url;
  }
  const server = process.env['TRAINYARD_TEST_PG_URL'];
  if (isStale('api')) await build('api');
  await onServer(server, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
  });
  execFileSync(process.execPath, [join(ROOT, 'apps/api/dist/migrate.js')], {
    env: { ...process.env, DATABASE_URL: databaseUrl(server, TEMPLATE), TRAINYARD_DATA_DIR: tmpdir(), TRAINYARD_RUNNER_TOKEN: 'not-used-by-migrations', NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
