import pg from 'pg';
import { postgresUrl, withClient, withDatabase } from './postgres.ts';

const OWNER = 'trainyard';
const RUNNER = 'trainyard_runner';

const quoted = pg.escapeIdentifier;
const literal = pg.escapeLiteral;

/** Makes the application's database and its owner on an embedded server when missing, and answers the owner's URL. */
export async function ensureDatabase(adminUrl: string, port: number, password: string): Promise<string> {
  await withClient(adminUrl, async (client) => {
    await setRole(client, OWNER, password);
    const there = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [OWNER]);
    if (there.rowCount === 0) await client.query(`CREATE DATABASE ${quoted(OWNER)} OWNER ${quoted(OWNER)}`);
  });
  return postgresUrl(OWNER, password, port, OWNER);
}

async function setRole(client: pg.Client, role: string, password: string): Promise<void> {
  const there = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  await client.query(`${there.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${quoted(role)} LOGIN PASSWORD ${literal(password)}`);
}

/**
 * Makes the role of runners and answers its URL. Migrating then gives it the queue's schema and nothing else. `grantorUrl` must
 * be able to make roles (a superuser, or one with CREATEROLE); rejects with PostgreSQL's reason when it is not.
 */
export async function ensureQueueRole(grantorUrl: string, ownerUrl: string, password: string): Promise<string> {
  await withClient(grantorUrl, (client) => setRole(client, RUNNER, password));
  return withDatabase(ownerUrl, { user: RUNNER, password });
}
