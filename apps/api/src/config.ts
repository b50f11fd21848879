import { AUDIT_DAYS_MIN } from '@trainyard/domain';
import { BlockList } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { DEFAULT_LIMITS, type Limits } from './platform/http/limits.ts';

const count = (usually: number) => z.coerce.number().int().min(1).max(1_000_000).default(usually);
/** Several, with commas between. */
const several = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  );

/** Networks as CIDR, such as 10.0.0.0/8. */
const networks = several.transform((all, context): BlockList => {
  const list = new BlockList();
  for (const one of all) {
    const [address = '', prefix = ''] = one.split('/');
    try {
      list.addSubnet(address, /^\d+$/.test(prefix) ? Number(prefix) : NaN, address.includes(':') ? 'ipv6' : 'ipv4');
    } catch {
      context.addIssue(`${one} is no network such as 10.0.0.0/8`);
    }
  }
  return list;
});

/** The runners that a start brings along: a list in JSON. */
const ownRunners = z
  .string()
  .default('[]')
  .transform((json, context): unknown => {
    try {
      return JSON.parse(json);
    } catch {
      context.addIssue('must be JSON');
      return z.NEVER;
    }
  })
  .pipe(z.array(z.object({ name: z.string().min(1), token: z.string().min(16) })));
export type OwnRunner = z.output<typeof ownRunners>[number];

const schema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'),
  TRAINYARD_HOST: z.string().default('127.0.0.1'),
  TRAINYARD_PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  /** The worker's own port for health and metrics. */
  TRAINYARD_HEALTH_PORT: z.coerce.number().int().min(0).max(65535).default(0),
  /** Where uploads, checkpoints and models lie. */
  TRAINYARD_DATA_DIR: z.string().min(1),
  /** The keys that seal secrets, one a line, of 32 bytes in base64; the first seals. Else secrets.key in the data folder. */
  TRAINYARD_SECRETS_KEY_FILE: z.string().optional(),
  /** Private networks that webhooks may be sent to all the same. */
  TRAINYARD_WEBHOOK_ALLOW_PRIVATE: networks,
  /** The built web app; without it only the api is served. */
  TRAINYARD_WEB_DIR: z.string().optional(),
  /** The address people use; https makes the cookie Secure. */
  TRAINYARD_PUBLIC_URL: z.url().optional(),
  /** Further names this server is reached by, such as those a proxy uses for it. */
  TRAINYARD_ALLOWED_HOSTS: several,
  /** Addresses or networks (10.0.0.0/8) of proxies on other machines, whose word about who asks is taken. */
  TRAINYARD_TRUSTED_PROXIES: several,
  /** A secret that any number of runners may share, for fleets that are made by a program; without one each has its own. */
  TRAINYARD_RUNNER_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  /** Each has a token of its own, which the api must know. */
  TRAINYARD_OWN_RUNNERS: ownRunners,
  /** Who presents it may read /metrics; without one only the machine itself may. */
  TRAINYARD_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  TRAINYARD_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  TRAINYARD_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(16),
  /** After so long a statement of a request is given up, and a transaction that nothing is sent in. */
  TRAINYARD_STATEMENT_SECONDS: z.coerce.number().int().min(1).max(3_600).default(30),
  TRAINYARD_LEASE_SECONDS: z.coerce.number().int().min(2).max(600).default(15),
  /** Before a run that lost two claims is tried a third time; each further pause is five times as long. */
  TRAINYARD_RETRY_SECONDS: z.coerce.number().min(0).max(600).default(5),
  /** A session that nobody uses ends after so many days; every session after 30. */
  TRAINYARD_SESSION_IDLE_DAYS: z.coerce.number().int().min(1).max(30).default(14),
  /** How long lines of the audit trail are kept. */
  TRAINYARD_AUDIT_DAYS: z.coerce.number().int().min(AUDIT_DAYS_MIN).default(365),
  TRAINYARD_UPLOAD_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(1024 ** 3),
  /** Of one person, on their way and not yet in a dataset. */
  TRAINYARD_UPLOAD_PENDING_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(4 * 1024 ** 3),
  /** Kept free on the disk of stored files, for the database; unset: 2 GiB, or a twentieth of a small disk. 0: nothing. */
  TRAINYARD_DISK_RESERVE_BYTES: z.coerce.number().int().min(0).optional(),
  // What each limit is for: platform/limits.ts.
  TRAINYARD_CONNECTIONS_PER_ADDRESS: count(DEFAULT_LIMITS.connectionsPerAddress),
  TRAINYARD_SOCKETS_PER_PERSON: count(DEFAULT_LIMITS.socketsPerPerson),
  TRAINYARD_SOCKETS_PER_ADDRESS: count(DEFAULT_LIMITS.socketsPerAddress),
  TRAINYARD_SUBSCRIPTIONS_PER_SOCKET: count(DEFAULT_LIMITS.subscriptionsPerSocket),
  TRAINYARD_SUBSCRIPTIONS_PER_PERSON: count(DEFAULT_LIMITS.subscriptionsPerPerson),
  TRAINYARD_SOCKET_IDLE_SECONDS: count(DEFAULT_LIMITS.socketIdleSeconds),
  // Node's server takes no more for the head of a request.
  TRAINYARD_WAIT_SECONDS: z.coerce.number().int().min(1).max(300).default(DEFAULT_LIMITS.waitSeconds),
  TRAINYARD_REQUESTS_PER_PERSON: count(DEFAULT_LIMITS.requestsPerPerson),
  TRAINYARD_UPLOADS_PER_PERSON: count(DEFAULT_LIMITS.uploadsPerPerson),
  TRAINYARD_STRANGERS_PER_MINUTE: count(DEFAULT_LIMITS.strangersPerMinute),
});

export interface Config {
  databaseUrl: string;
  host: string;
  port: number;
  healthPort: number;
  dataDir: string;
  secretsKeyFile: string;
  webhookAllowPrivate: BlockList;
  webDir: string | null;
  publicUrl: string | null;
  allowedHosts: string[];
  trustedProxies: string[];
  runnerToken: string | null;
  ownRunners: OwnRunner[];
  metricsToken: string | null;
  logLevel: string;
  poolSize: number;
  statementSeconds: number;
  leaseSeconds: number;
  retrySeconds: number;
  sessionIdleDays: number;
  auditDays: number;
  uploadMaxBytes: number;
  uploadPendingBytes: number;
  /** null: by the size of the disk. */
  diskReserveBytes: number | null;
  limits: Limits;
}

/** Reads the environment once; throws one Error that names every variable at fault. An empty variable is one that is not set. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not usable. ${faults.join('; ')}.`);
  }
  const value = parsed.data;
  return {
    databaseUrl: value.DATABASE_URL,
    host: value.TRAINYARD_HOST,
    port: value.TRAINYARD_PORT,
    healthPort: value.TRAINYARD_HEALTH_PORT,
    dataDir: value.TRAINYARD_DATA_DIR,
    secretsKeyFile: secretsKeyFileOf(value.TRAINYARD_DATA_DIR, value.TRAINYARD_SECRETS_KEY_FILE),
    webhookAllowPrivate: value.TRAINYARD_WEBHOOK_ALLOW_PRIVATE,
    webDir: value.TRAINYARD_WEB_DIR ?? null,
    publicUrl: value.TRAINYARD_PUBLIC_URL ?? null,
    allowedHosts: value.TRAINYARD_ALLOWED_HOSTS,
    trustedProxies: value.TRAINYARD_TRUSTED_PROXIES,
    runnerToken: value.TRAINYARD_RUNNER_TOKEN ?? null,
    ownRunners: value.TRAINYARD_OWN_RUNNERS,
    metricsToken: value.TRAINYARD_METRICS_TOKEN ?? null,
    logLevel: value.TRAINYARD_LOG_LEVEL,
    poolSize: value.TRAINYARD_POOL_SIZE,
    statementSeconds: value.TRAINYARD_STATEMENT_SECONDS,
    leaseSeconds: value.TRAINYARD_LEASE_SECONDS,
    retrySeconds: value.TRAINYARD_RETRY_SECONDS,
    sessionIdleDays: value.TRAINYARD_SESSION_IDLE_DAYS,
    auditDays: value.TRAINYARD_AUDIT_DAYS,
    uploadMaxBytes: value.TRAINYARD_UPLOAD_MAX_BYTES,
    uploadPendingBytes: value.TRAINYARD_UPLOAD_PENDING_BYTES,
    diskReserveBytes: value.TRAINYARD_DISK_RESERVE_BYTES ?? null,
    limits: {
      connectionsPerAddress: value.TRAINYARD_CONNECTIONS_PER_ADDRESS,
      socketsPerPerson: value.TRAINYARD_SOCKETS_PER_PERSON,
      socketsPerAddress: value.TRAINYARD_SOCKETS_PER_ADDRESS,
      subscriptionsPerSocket: value.TRAINYARD_SUBSCRIPTIONS_PER_SOCKET,
      subscriptionsPerPerson: value.TRAINYARD_SUBSCRIPTIONS_PER_PERSON,
      socketIdleSeconds: value.TRAINYARD_SOCKET_IDLE_SECONDS,
      waitSeconds: value.TRAINYARD_WAIT_SECONDS,
      requestsPerPerson: value.TRAINYARD_REQUESTS_PER_PERSON,
      uploadsPerPerson: value.TRAINYARD_UPLOADS_PER_PERSON,
      strangersPerMinute: value.TRAINYARD_STRANGERS_PER_MINUTE,
    },
  };
}

/** Injection token of the Config. */
export const CONFIG = Symbol('Config');

/** Where the keys that seal secrets are, as the environment says it. */
export const secretsKeyFileOf = (dataDir: string, said: string | undefined): string => said ?? join(dataDir, 'secrets.key');
