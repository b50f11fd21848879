import pg from 'pg';

const HOST = '127.0.0.1';
/** A server that does not answer within this is not there. */
const CONNECT_MS = 10_000;

export const postgresUrl = (user: string, password: string, port: number, database: string): string =>
  `postgresql://${user}:${encodeURIComponent(password)}@${HOST}:${port}/${database}`;

/** The same server, another user or database. */
export function withDatabase(url: string, changes: { database?: string; user?: string; password?: string }): string {
  const changed = new URL(url);
  if (changes.database !== undefined) changed.pathname = `/${changes.database}`;
  // An address without a host (a socket, named by ?host=) cannot hold a user: there, and where one stands already, parameters say it.
  const inParameters = changed.hostname === '' || changed.searchParams.has('user');
  if (changes.user !== undefined) {
    if (inParameters) changed.searchParams.set('user', changes.user);
    else changed.username = changes.user;
  }
  if (changes.password !== undefined) {
    if (inParameters) changed.searchParams.set('password', changes.password);
    else changed.password = encodeURIComponent(changes.password);
  }
  return changed.href;
}

/** Runs `work` on one connection. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, application_name: 'trainyard-start' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
