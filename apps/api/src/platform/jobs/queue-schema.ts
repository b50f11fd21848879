import { DEFAULT_SCHEMA, runMigrations } from 'bullmq';
import { Client } from 'pg';

/** Brings the queue's own schema up to date. Safe to repeat. Who starts Trainyard lets runners use it (infra/local/database.ts). */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'trainyard-migrate' });
  await client.connect();
  try {
    await runMigrations(client, DEFAULT_SCHEMA);
  } finally {
    await client.end();
  }
}
