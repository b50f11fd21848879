import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, isStale, ROOT } from '../../../infra/local/build.ts';
import { startTestPostgres } from '../../../infra/local/test-postgres.ts';
import { databaseUrl, onServer, TEMPLATE } from './test-database.ts';

/**
 * Once per `jest`: starts PostgreSQL, unless TRAINYARD_TEST_PG_URL names one already running, and migrates the template
 * database with the very program `npm start` uses, unless TRAINYARD_TEST_TEMPLATE says that it is there already. Plain
 * JavaScript, because Jest would compile TypeScript here to CommonJS.
 */
export default async function setUp() {
  if (process.env.TRAINYARD_TEST_PG_URL === undefined) {
    globalThis.trainyardTestPostgres = await startTestPostgres();
    process.env.TRAINYARD_TEST_PG_URL = globalThis.trainyardTestPostgres.url;
  }
  if (process.env.TRAINYARD_TEST_TEMPLATE === 'ready') return;
  try {
    await migrateTemplate(process.env.TRAINYARD_TEST_PG_URL);
  } catch (error) {
    await globalThis.trainyardTestPostgres?.stop();
    throw error;
  }
}

/** @param {string} server the superuser's connection URL */
async function migrateTemplate(server) {
  if (isStale('api')) await build('api');
  await onServer(server, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
  });
  execFileSync(process.execPath, [join(ROOT, 'apps/api/dist/migrate.js')], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl(server, TEMPLATE),
      TRAINYARD_DATA_DIR: tmpdir(),
      TRAINYARD_RUNNER_TOKEN: 'not-used-by-migrations',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
