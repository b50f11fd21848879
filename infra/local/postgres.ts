import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { postgresUrl } from './connection.ts';
import { freePorts, isPortFree } from './ports.ts';
import {
  bringBackFolders,
  bringHome,
  dataDirOf,
  hasData,
  initialise,
  keepAccess,
  nameForServer,
  newPassword,
  readAccess,
  renewPassword,
  settleOwner,
  SUPERUSER,
  takeOverLock,
  wasCut,
  writtenBy,
  type Access,
  type Runner,
} from './postgres-data.ts';
import { serverOwner, serverPrograms, versionOf } from './postgres-programs.ts';
import { codeOf, explainPlace, StartError } from './start-error.ts';
import type { ServiceSpec, Supervisor } from './supervisor.ts';

/** A server that is ready to be started. */
export interface PreparedPostgres {
  service: ServiceSpec;
  port: number;
  /** Connection URL of the superuser `postgres`. */
  adminUrl: string;
  version: string;
  /** True when the data directory was made just now. */
  created: boolean;
  /** Its server did not stop in order, or was running while the data were copied: it recovers as after a power cut. */
  cut: boolean;
  /** Where an earlier version had put the data that now lie in the home; null when they lay there already. */
  broughtFrom: string | null;
}

export interface PostgresOptions {
  home: string;
  /** Extra server settings (postgresql.conf names). */
  settings?: Record<string, string>;
  /** For tests: no fsync anywhere; the data does not survive a power cut. */
  volatile?: boolean;
}

const HOST = '127.0.0.1';
/** A port may be taken between the look and the server's own try. */
const TRIES = 3;
/** PostgreSQL's codes of a refused password and of a role that is not there. */
const REFUSED = ['28P01', '28000'];

/** The server asked for a password that is not the one we kept. */
class PasswordRefused extends Error {}

/**
 * Makes the data directory on first use, chooses a free port (the one of last time when it is still free) and says how to run
 * the server. The data are those in the home, whatever is written elsewhere. Throws StartError for what a person must mend.
 */
export async function preparePostgres(options: PostgresOptions, renew: boolean = false): Promise<PreparedPostgres> {
  const { home, volatile = false } = options;
  try {
    mkdirSync(home, { recursive: true });
    const dataDir = dataDirOf(home);
    const broughtFrom = bringHome(home);
    const owner = serverOwner(dataDir);
    const runner: Runner = { programs: serverPrograms(owner), owner };
    const version = versionOf(runner.programs);
    const wrote = writtenBy(dataDir);
    if (wrote !== null && wrote !== version.split('.')[0]) {
      throw new StartError(
        `${dataDir} was written by PostgreSQL ${wrote} and this Trainyard brings ${version}: use the Trainyard that wrote it, or set TRAINYARD_HOME to another folder.`,
      );
    }
    if (wrote === null && hasData(home)) {
      throw new StartError(`The data of ${home} are gone: ${dataDir} held them. Put them back, or set TRAINYARD_HOME to another folder to start afresh.`);
    }
    const cut = wrote !== null && wasCut(dataDir);
    let access: Access = readAccess(home) ?? { port: 0, superuserPassword: '' };
    if (wrote === null) {
      access = { ...access, superuserPassword: newPassword() };
      await initialise(dataDir, runner, access.superuserPassword, volatile);
    } else {
      settleOwner(dataDir, owner);
      bringBackFolders(dataDir, owner);
      takeOverLock(dataDir);
      if (renew || access.superuserPassword === '') {
        access = { ...access, superuserPassword: newPassword() };
        await renewPassword(dataDir, runner, access.superuserPassword);
      }
    }
    const port = access.port !== 0 && (await isPortFree(access.port, HOST)) ? access.port : ((await freePorts(1))[0] ?? 0);
    access = { port, superuserPassword: access.superuserPassword };
    keepAccess(home, access);
    return {
      service: serviceOf(access, dataDir, runner, options),
      port,
      adminUrl: postgresUrl(SUPERUSER, access.superuserPassword, port, 'postgres'),
      version,
      created: wrote === null,
      cut,
      broughtFrom,
    };
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw explainPlace(error, home) ?? error;
  }
}

/** Prepares and starts the server. Tries again with another port where somebody took it first, and with a new password where the kept one is not the data's. */
export async function startPostgres(supervisor: Supervisor, options: PostgresOptions): Promise<PreparedPostgres> {
  let first: PreparedPostgres | null = null;
  let renew = false;
  for (let tries = 1; ; tries++) {
    const prepared = await preparePostgres(options, renew);
    first ??= prepared;
    try {
      await supervisor.start(prepared.service);
      return { ...prepared, created: first.created, cut: first.cut, broughtFrom: first.broughtFrom };
    } catch (error) {
      renew = error instanceof PasswordRefused;
      const mayHelp = renew || /could not bind|Address already in use/.test(error instanceof Error ? error.message : '');
      if (!mayHelp || tries === TRIES) throw explainPlace(error, options.home) ?? new StartError(error instanceof Error ? error.message : String(error));
    }
  }
}

function serviceOf(access: Access, dataDir: string, { programs, owner }: Runner, options: PostgresOptions): ServiceSpec {
  // Another server may take the port in the same moment, even one with the same password (of a copy of this home): ours says this name.
  const name = `trainyard-${randomUUID().slice(0, 8)}`;
  const settings: Record<string, string> = {
    cluster_name: name,
    listen_addresses: HOST,
    unix_socket_directories: '',
    // Statements here are short: compiling them costs more than it gains.
    jit: 'off',
    max_connections: '100',
    log_line_prefix: '%m [%p] %q%u@%d ',
    ...(options.volatile === true ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' } : {}),
    ...options.settings,
  };
  const url = postgresUrl(SUPERUSER, access.superuserPassword, access.port, 'postgres');
  return {
    name: 'postgres',
    command: join(programs, 'bin', 'postgres'),
    args: ['-D', nameForServer(dataDir, owner), '-p', String(access.port), ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    env: { ...process.env, LC_ALL: 'C' },
    cwd: dataDir,
    ...(owner ?? {}),
    // "Fast": open transactions are rolled back, a checkpoint is written.
    stopSignal: 'SIGINT',
    stopMs: 20_000,
    isReady: () => answers(url, name),
    readyMs: 60_000,
  };
}

/** Whether the server of this name answers a query. Throws PasswordRefused when it does not know our password. */
async function answers(url: string, name: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ cluster_name: string }>('SHOW cluster_name');
    return rows[0]?.cluster_name === name;
  } catch (error) {
    if (REFUSED.includes(codeOf(error) ?? '')) throw new PasswordRefused('The password that was kept is not the one of the data.');
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
