import { DEFAULT_SCHEMA, runMigrations } from 'bullmq';
import { Client } from 'pg';

/** The database role of ml-runners: it reaches the queue's schema and nothing else. */
export const RUNNER_ROLE = 'trainyard_runner';

/** Brings the queue's own schema up to date and lets runners use it where their role exists. Safe to repeat. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'trainyard-migrate' });
  await client.connect();
  try {
    await runMigrations(client, DEFAULT_SCHEMA);
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [RUNNER_ROLE]);
    if (role.rowCount === 0) return;
    await client.query(`
      GRANT USAGE ON SCHEMA ${DEFAULT_SCHEMA} TO ${RUNNER_ROLE};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${DEFAULT_SCHEMA} TO ${RUNNER_ROLE};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${DEFAULT_SCHEMA} TO ${RUNNER_ROLE};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${DEFAULT_SCHEMA} TO ${RUNNER_ROLE};
      ALTER DEFAULT PRIVILEGES IN SCHEMA ${DEFAULT_SCHEMA} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${RUNNER_ROLE};
      ALTER DEFAULT PRIVILEGES IN SCHEMA ${DEFAULT_SCHEMA} GRANT USAGE, SELECT ON SEQUENCES TO ${RUNNER_ROLE};
      ALTER DEFAULT PRIVILEGES IN SCHEMA ${DEFAULT_SCHEMA} GRANT EXECUTE ON FUNCTIONS TO ${RUNNER_ROLE};
    `);
  } finally {
    await client.end();
  }
}
