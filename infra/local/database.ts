import pg from 'pg';
import { postgresUrl, withClient, withDatabase } from './connection.ts';

const OWNER = 'trainyard';
/** BullMQ's own schema, where runners hear of work. */
const QUEUE_SCHEMA = 'bullmq';

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

/** Changes the password of a role that is there. */
export const setPassword = (adminUrl: string, role: string, password: string): Promise<void> =>
  withClient(adminUrl, (client) => setRole(client, role, password));

async function setRole(client: pg.Client, role: string, password: string): Promise<void> {
  const there = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  await client.query(`${there.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${quoted(role)} LOGIN PASSWORD ${literal(password)}`);
}

/** One role per installation: a server may hold several, and none may change the password of another's runners. */
export const queueRole = (installation: string): string => `trainyard_runner_${installation.replaceAll('-', '').slice(0, 12)}`;

/**
 * Makes the role of this installation's runners, gives it the queue's schema and nothing else, and answers its URL. `grantorUrl` must
 * be able to make roles (a superuser, or one with CREATEROLE); rejects with PostgreSQL's reason when it is not. The role
 * `trainyard_runner` of earlier versions is left as it is: another installation's runners, or some on other machines, may use it.
 */
export async function ensureQueueRole(grantorUrl: string, ownerUrl: string, installation: string, password: string): Promise<string> {
  const role = queueRole(installation);
  await withClient(grantorUrl, (client) => setRole(client, role, password));
  await withClient(ownerUrl, (client) =>
    client.query(`
    GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ${role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO ${role};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO ${role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${QUEUE_SCHEMA} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${QUEUE_SCHEMA} GRANT USAGE, SELECT ON SEQUENCES TO ${role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${QUEUE_SCHEMA} GRANT EXECUTE ON FUNCTIONS TO ${role};
  `),
  );
  const url = withDatabase(ownerUrl, { user: role, password });
  // The server's own rules (pg_hba.conf) may let roles in by other ways than a password only.
  await withClient(url, (client) => client.query('SELECT 1'));
  return url;
}
