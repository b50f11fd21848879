import { statSync } from 'node:fs';
import { join } from 'node:path';
import { postgresUrl, withClient, withDatabase } from './connection.ts';
import type { DatabaseWatch } from './database-watch.ts';
import { Home } from './home.ts';
import { keepIdentity, recognise } from './identity.ts';
import { lookAtTheirs } from './external.ts';
import { lookAt } from './installation.ts';
import { stopLeftovers } from './leftovers.ts';
import { openDatabase } from './open-database.ts';
import { dataDirOf, hasData, readAccess, SUPERUSER } from './postgres-data.ts';
import { StartError } from './start-error.ts';
import { Supervisor } from './supervisor.ts';

/** The database of a home, for a command beside the start. */
export interface HomeDatabase {
  url: string;
  /** 'embedded', or host:port/name. */
  at: string;
  /** Stops what was started for it. */
  close: () => Promise<void>;
}

const note = (text: string): void => void process.stderr.write(`${text}\n`);

/** The database of a home that is used, whether its Trainyard runs or not. */
export async function openUsed(path: string, databaseUrl: string | undefined): Promise<HomeDatabase> {
  if (databaseUrl !== undefined) {
    await demandTogether(path, databaseUrl);
    return { url: databaseUrl, at: databaseUrl, close: async () => undefined };
  }
  if (!hasData(path)) {
    throw new StartError(`${path} holds no data of its own: say where they are with TRAINYARD_HOME, and with DATABASE_URL where Trainyard is started with it.`);
  }
  const url = await runningServer(path);
  return url === null ? openHeld(await Home.open(path), undefined) : { url, at: 'embedded', close: async () => undefined };
}

/** The database of a home that is ours alone; the embedded server is started and stopped again. Lets go of the home at the end. */
export async function openHeld(home: Home, databaseUrl: string | undefined): Promise<HomeDatabase> {
  const supervisor = new Supervisor(home.path);
  let watch: DatabaseWatch | null = null;
  const close = async (): Promise<void> => {
    watch?.close();
    await supervisor.stopAll([['postgres']]);
    home.release(note);
  };
  try {
    await stopLeftovers(home.path);
    const database = await openDatabase(home, supervisor, databaseUrl === undefined ? {} : { databaseUrl }, note);
    watch = database.watch;
    return { url: database.url, at: database.at, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Makes the home that of the installation its database has become. */
export async function settle(home: Home, { url, at }: HomeDatabase): Promise<void> {
  const contents = await lookAt(url);
  home.demandHere();
  if (contents.kind === 'named') keepIdentity(home.path, contents.installation.id, at);
}

/** Files of one Trainyard and rows of another are no backup. */
async function demandTogether(path: string, databaseUrl: string): Promise<void> {
  const { known } = recognise(path);
  const contents = await lookAtTheirs(databaseUrl);
  if (known !== null && contents.kind === 'named' && contents.installation.id !== known.installation) {
    throw new StartError(`The database of DATABASE_URL is not that of ${path}: name the home and the database that belong together.`);
  }
}

/** The URL of the server that runs on this home's data; null when none does. */
async function runningServer(path: string): Promise<string | null> {
  const access = readAccess(path);
  if (access === null || access.port === 0) return null;
  const admin = postgresUrl(SUPERUSER, access.superuserPassword, access.port, 'postgres');
  try {
    const ours = await withClient(admin, async (client) => {
      const { rows } = await client.query<{ pid: number; dir: string }>(`SELECT pg_backend_pid() AS pid, current_setting('data_directory') AS dir`);
      const { pid, dir } = rows[0] ?? { pid: 0, dir: '' };
      // Started by root the server knows its data only as the folder it works in. A copied home names the port and password of its original.
      return isSame(dir === '/proc/self/cwd' ? `/proc/${pid}/cwd` : dir, dataDirOf(path));
    });
    return ours ? withDatabase(admin, { database: 'trainyard' }) : null;
  } catch {
    return null;
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/** Where api and worker keep stored files. */
export const storedFiles = (home: string): string => join(home, 'blobs');
