import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './build.ts';
import { placeOf } from './external.ts';
import { StartError } from './start-error.ts';
import type { TrainyardOptions } from './trainyard.ts';

/** Everything `npm start` can be told; a spec holds it to the variables that the programs read. */
export const HELP = `npm start [-- options]

  --empty       seed nothing: the first visitor makes the administrator
  --port <n>    port of the web app (PORT or TRAINYARD_PORT; 4000 unless told; 0 chooses a free one)
  --help        this

Where things are
  TRAINYARD_HOME                  folder of data and logs (.trainyard)
  TRAINYARD_HOST                  address to listen on (127.0.0.1; 0.0.0.0 for other machines too)
  TRAINYARD_PUBLIC_URL            the address people use behind a proxy, e.g. https://trainyard.example.org
  TRAINYARD_ALLOWED_HOSTS         further names the server is reached by, "," between
  TRAINYARD_TRUSTED_PROXIES       addresses or networks of proxies on other machines, "," between
  TRAINYARD_DATASET_PATHS         folders, ":" between, whose files may be registered as datasets (<home>/datasets)
  TRAINYARD_SECRETS_KEY_FILE      the keys that seal secrets (<home>/secrets.key)
  TRAINYARD_WEBHOOK_ALLOW_PRIVATE private networks webhooks may be sent to, e.g. 10.0.0.0/8, "," between

Database
  DATABASE_URL                    a PostgreSQL 15 or newer instead of the embedded one
  TRAINYARD_QUEUE_URL             with it: the runner's own role, which reaches only the schema bullmq (made by itself where it may be)
  TRAINYARD_POOL_SIZE             connections of the api, and of the worker (16)
  TRAINYARD_STATEMENT_SECONDS     one statement, or a transaction that idles, before it is ended (30)

Limits
  TRAINYARD_UPLOAD_MAX_BYTES      one file (1 GiB)
  TRAINYARD_UPLOAD_PENDING_BYTES  one person's uploads that are in no dataset yet (4 GiB)
  TRAINYARD_DISK_RESERVE_BYTES    kept free on the disk of files, for the database: below, files are refused
                                  (2 GiB, or a twentieth of a small disk; 0: nothing is kept)
  TRAINYARD_LEASE_SECONDS         silence after which a runner's work is taken back (15)
  TRAINYARD_RETRY_SECONDS         pause before the third try of a run that lost two runners (5)
  TRAINYARD_SESSION_IDLE_DAYS     days after which a sign-in that nobody uses ends (14)
  TRAINYARD_AUDIT_DAYS            days the audit trail is kept (365)
  TRAINYARD_CONNECTIONS_PER_ADDRESS, TRAINYARD_SOCKETS_PER_ADDRESS
                                  at once from one address (2000, 1000)
  TRAINYARD_SOCKETS_PER_PERSON    at once of one person (60)
  TRAINYARD_SUBSCRIPTIONS_PER_SOCKET, TRAINYARD_SUBSCRIPTIONS_PER_PERSON
                                  at once (50, 300)
  TRAINYARD_SOCKET_IDLE_SECONDS   after which a socket that follows nothing is closed (120)
  TRAINYARD_WAIT_SECONDS          within which the next piece of a request must come (15)
  TRAINYARD_REQUESTS_PER_PERSON   requests at once of one person's browsers, and of each
                                  token; more wait (12)
  TRAINYARD_UPLOADS_PER_PERSON    files that one person sends at once (20)
  TRAINYARD_STRANGERS_PER_MINUTE  requests from one address by people not signed in (600)

Runner
  TRAINYARD_RUNNER_NAME           its name (the machine's)
  TRAINYARD_RUNNER_TOKEN          one secret for all runners, as earlier versions had (each runner has a token of its own)
  TRAINYARD_RUNNER_CONCURRENCY    runs at once (1)
  TRAINYARD_RUNNER_MEMORY_MIB     most memory of one run
  TRAINYARD_RUNNER_WALL_SECONDS   longest run (7 days)
  TRAINYARD_RUNNER_SPOOL_MIB      kept on disk for one run while the api is away (256)
  TRAINYARD_RUNNER_CACHE_MIB      dataset files kept (20480)

Watching
  TRAINYARD_HEALTH_PORT           worker's port for /health and /metrics (a free one)
  TRAINYARD_RUNNER_PORT           runner's port for /health and /metrics (a free one)
  TRAINYARD_METRICS_TOKEN         lets a Prometheus on another machine read /metrics
  TRAINYARD_LOG_LEVEL             trace, debug, info, warn, error or silent (info)
  NO_COLOR                        no colours

Backup (npm run backup, npm run restore)
  TRAINYARD_BACKUP_PASSPHRASE     opens and closes an encrypted one`;

/** The folder of everything that is kept. An empty variable is one that is not set. */
export const homePath = (env: NodeJS.ProcessEnv): string => resolve(ROOT, env['TRAINYARD_HOME'] || '.trainyard');

/** What the command line and the environment ask for; null for --help. Throws StartError, one sentence, for what cannot be. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): TrainyardOptions | null {
  let values: { empty?: boolean; port?: string; help?: boolean };
  try {
    ({ values } = parseArgs({ args, options: { empty: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } } }));
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}. The options are: --empty, --port <n>, --help.`);
  }
  if (values.help === true) return null;
  const asked = values.port ?? (env['PORT'] || env['TRAINYARD_PORT'] || '4000');
  const port = Number(asked);
  if (!/^\d+$/.test(asked) || port > 65_535) throw new StartError(`"${asked}" is not a port: give a whole number from 0 to 65535.`);
  const databaseUrl = postgresAddress('DATABASE_URL', env);
  const queueUrl = postgresAddress('TRAINYARD_QUEUE_URL', env);
  checkPublicUrl(env['TRAINYARD_PUBLIC_URL']);
  return {
    home: homePath(env),
    port,
    host: env['TRAINYARD_HOST'] || '127.0.0.1',
    empty: values.empty ?? false,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(queueUrl === undefined ? {} : { queueUrl }),
  };
}

/** An address of a PostgreSQL, as pg reads it. Throws StartError where the variable holds something else. */
export function postgresAddress(name: 'DATABASE_URL' | 'TRAINYARD_QUEUE_URL', env: NodeJS.ProcessEnv): string | undefined {
  const url = env[name];
  if (url === undefined || url === '') return undefined;
  if (/^rediss?:\/\//.test(url)) throw new StartError(`${name} names a Redis, and Trainyard's queue is on PostgreSQL only: unset it, or name a PostgreSQL.`);
  if (!/^postgres(ql)?:\/\/./.test(url)) throw new StartError(`${name} must begin with postgresql://, e.g. postgresql://user:password@host:5432/trainyard.`);
  const address = withoutEmptyHost(url);
  if (name === 'DATABASE_URL') placeOf(address);
  return address;
}

/** `user:password@/name?host=/socket` is an address to PostgreSQL's own programs and none to the rest of the world: parameters say the same. */
function withoutEmptyHost(url: string): string {
  const [, user, password, rest] = /^postgres(?:ql)?:\/\/([^:@/]*)(?::([^@/]*))?@(\/.*)$/.exec(url) ?? [];
  if (user === undefined || rest === undefined) return url;
  const login = [
    ['user', user],
    ['password', password],
  ]
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name ?? ''}=${value}`]))
    .join('&');
  return `postgresql://${rest}${rest.includes('?') ? '&' : '?'}${login}`;
}

/** Addresses within the page are absolute: Trainyard has a host of its own. */
function checkPublicUrl(url: string | undefined): void {
  if (url === undefined || url === '') return;
  const example = 'e.g. https://trainyard.example.org';
  if (!URL.canParse(url) || !['http:', 'https:'].includes(new URL(url).protocol))
    throw new StartError(`TRAINYARD_PUBLIC_URL "${url}" is not an address: give the one people use, with http:// or https://, ${example}.`);
  const { pathname, search, hash, username } = new URL(url);
  if (pathname !== '/' || search !== '' || hash !== '' || username !== '') {
    throw new StartError(`TRAINYARD_PUBLIC_URL "${url}" has more than a host: Trainyard cannot live below a path, give it a name of its own, ${example}.`);
  }
}
