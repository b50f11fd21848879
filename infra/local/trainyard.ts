import { join } from 'node:path';
import { runProgram } from './api-program.ts';
import { build, isStale, PRODUCTS, ROOT, type ProductName } from './build.ts';
import type { DatabaseWatch } from './database-watch.ts';
import { ensureQueueRole } from './database.ts';
import { Home } from './home.ts';
import { storedFiles } from './home-database.ts';
import { EMBEDDED } from './identity.ts';
import { writeAtomically } from './kept.ts';
import { stopLeftovers } from './leftovers.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { ownRunners } from './own-runners.ts';
import { choosePort, displayHost, freePorts } from './ports.ts';
import { migrate } from './schema.ts';
import { ALLOCATOR, apiService, runnerService, STOP_ORDER, workerService } from './services.ts';
import { explainPlace, StartError } from './start-error.ts';
import { Supervisor, type ServiceSpec } from './supervisor.ts';

export interface TrainyardOptions {
  /** Folder of everything that is kept. */
  home: string;
  /** 0 chooses a free one. */
  port: number;
  host: string;
  /** Seed nothing: the first visitor makes the administrator. */
  empty: boolean;
  /** A PostgreSQL to use instead of the embedded one. */
  databaseUrl?: string;
  /** With databaseUrl: the runner's own, restricted way into the queue. */
  queueUrl?: string;
  /** For tests: an embedded database without fsync. */
  volatile?: boolean;
  /** Settings of the embedded server, by their postgresql.conf names. */
  postgresSettings?: Record<string, string>;
  /** Added to the environment of api, worker and runner. */
  env?: NodeJS.ProcessEnv;
  /** How many runners; 1 unless told. */
  runners?: number;
  /** Aborted: what was begun is stopped again and the start ends with a StartError. */
  abort?: AbortSignal;
}

/** One finished step of a start. */
export interface Step {
  name: string;
  detail: string;
  ms: number;
}

export interface SignIn {
  email: string;
  password: string;
}

export interface Trainyard {
  url: string;
  databaseUrl: string;
  queueUrl: string;
  home: string;
  supervisor: Supervisor;
  /** Of a database of DATABASE_URL; null for the embedded one. */
  watch: DatabaseWatch | null;
  /** Resolves when the home was moved away or replaced: what is stored from then on would be missed later. Stop. */
  homeLost: Promise<void>;
  /** How to sign in to the demonstration workspace while its password is the one it was made with; else null. */
  signIn: SignIn | null;
  /** Nobody has an account yet: the first visitor makes the administrator. */
  needsSetUp: boolean;
  /** Resolves when the worker and the runners are at work too; rejects with what one said that could not start. */
  everythingReady: Promise<void>;
  stop: () => Promise<void>;
}

export type OnStep = (step: Step) => void;
export type OnNote = (text: string) => void;

/**
 * Builds what is stale, starts PostgreSQL, api, worker and runner, and resolves when the first page can be opened.
 * Everything is stopped again when a step fails. Throws StartError for what a person must mend.
 */
export async function startTrainyard(options: TrainyardOptions, onStep: OnStep = () => undefined, onNote: OnNote = () => undefined): Promise<Trainyard> {
  const home = await Home.open(options.home);
  const supervisor = new Supervisor(home.path);
  const held: { watch: DatabaseWatch | null } = { watch: null };
  const stop = async (): Promise<void> => {
    await supervisor.stopAll(STOP_ORDER);
    held.watch?.close();
    home.release(onNote);
  };
  options.abort?.addEventListener('abort', () => supervisor.abandon());
  try {
    const leftovers = await stopLeftovers(home.path);
    if (leftovers.length > 0) onNote(`Stopped what an earlier start that was killed had left running: ${leftovers.join(', ')}.`);
    return await start(options, home, supervisor, held, stop, onStep, onNote);
  } catch (error) {
    await stop();
    if (error instanceof StartError) throw error;
    throw explainPlace(error, home.path) ?? error;
  }
}

async function start(
  options: TrainyardOptions,
  home: Home,
  supervisor: Supervisor,
  held: { watch: DatabaseWatch | null },
  stop: () => Promise<void>,
  onStep: OnStep,
  onNote: OnNote,
): Promise<Trainyard> {
  const timed = async <T>(name: string, work: () => Promise<{ detail: string; value: T }>): Promise<T> => {
    if (options.abort?.aborted === true) throw new StartError('It was asked to stop.');
    home.demandHere();
    const began = performance.now();
    const { detail, value } = await work();
    onStep({ name, detail, ms: performance.now() - began });
    return value;
  };
  const port = await choosePort(options.port, options.host);

  // The builds and the database have nothing to do with each other.
  const buildAll = async (): Promise<void> => {
    for (const name of Object.keys(PRODUCTS) as ProductName[]) {
      await timed(`build ${name}`, async () => {
        const stale = isStale(name);
        if (stale) await build(name);
        return { detail: stale ? 'built' : 'up to date', value: undefined };
      });
    }
  };
  const open = async (): Promise<OpenDatabase> =>
    timed('PostgreSQL', async () => {
      const database = await openDatabase(home, supervisor, options, onNote);
      held.watch = database.watch;
      return { detail: database.detail, value: database };
    });
  const [database] = await settleBoth(open(), buildAll());
  endRestore(home, database.isEmpty);
  const secrets = home.secrets();

  const base: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    // Compiled code is kept between starts: a second start reads it instead of compiling anew.
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] || join(home.path, 'compile-cache'),
    TRAINYARD_DATA_DIR: storedFiles(home.path),
    TRAINYARD_SECRETS_KEY_FILE: process.env['TRAINYARD_SECRETS_KEY_FILE'] || home.secretsKeyFile(),
    ...(secrets.runnerToken === undefined ? {} : { TRAINYARD_RUNNER_TOKEN: process.env['TRAINYARD_RUNNER_TOKEN'] || secrets.runnerToken }),
    ...options.env,
  };
  const appEnv: NodeJS.ProcessEnv = {
    ...base,
    ...ALLOCATOR,
    DATABASE_URL: database.url,
    TRAINYARD_POOL_SIZE: String(database.pool),
    TRAINYARD_HOST: options.host,
    TRAINYARD_PORT: String(port),
    TRAINYARD_WEB_DIR: join(ROOT, PRODUCTS.web.out),
  };

  await timed('schema', async () => ({ detail: await migrate(home, appEnv, database), value: undefined }));
  const queueUrl = await openQueue(options, home, database, secrets.queuePassword, onNote);
  if (!home.state.seeded) {
    if (options.empty) home.remember({ seeded: true });
    else {
      await timed('demonstration', async () => {
        const said = (await runProgram('seed', appEnv)).trim().split('\n').at(-1) ?? '';
        const made = said.startsWith('made ');
        home.remember({ seeded: true, firstRunDue: made });
        return { detail: made ? 'workspace made' : said, value: undefined };
      });
    }
  }

  // Whoever scrapes metrics chooses where; any free port does for us.
  const chosen = [base['TRAINYARD_HEALTH_PORT'], base['TRAINYARD_RUNNER_PORT']];
  const runners = ownRunners(home.path, options.runners ?? 1, database.standing.kind === 'copied');
  const [workerPort = '0', ...runnerPorts] = (await freePorts(1 + runners.length)).map((port, i) => chosen[i] || String(port));
  const url = `http://${displayHost(options.host)}:${port}`;
  const startService = (spec: ServiceSpec, keepTrying: boolean): Promise<void> =>
    timed(spec.name, async () => ({
      detail: 'ready',
      value: await supervisor.start(spec, keepTrying).catch((error: unknown) => Promise.reject(startFault(error))),
    }));
  // The first page needs only the api: it has the machine to itself until it serves.
  await startService(apiService(url, runners, appEnv), false);
  const workerReady = startService(workerService(options.host, workerPort, appEnv), true);
  const { DATABASE_URL: _, ...runnerEnv } = base;
  const runnersReady = runners.map((runner, i) => startService(runnerService(runner, runnerPorts[i] ?? '0', { url, queueUrl }, home.path, runnerEnv), true));
  const everythingReady = Promise.all([workerReady, ...runnersReady]).then(() => undefined);
  // Whoever wants to know awaits it; an unhandled rejection must not end the start.
  everythingReady.catch(() => undefined);
  if (home.state.firstRunDue) {
    // Behind the start: a runner must look at the dataset before the demonstration run can be queued. A stop leaves it due.
    everythingReady
      .then(() => runProgram('seed', appEnv, ['--first-run']))
      .then(() => home.remember({ firstRunDue: false }))
      .catch(() => undefined);
  }
  home.announce(url);
  const setUp = await askSetUp(url);
  if (await isDiskShort(url))
    onNote(`The disk of ${home.path} is nearly full: files are refused, so that room is left for the database (TRAINYARD_DISK_RESERVE_BYTES). Free some.`);
  return {
    url,
    databaseUrl: database.url,
    queueUrl,
    home: home.path,
    supervisor,
    watch: database.watch,
    homeLost: home.lost,
    signIn: setUp.demo,
    needsSetUp: setUp.needed,
    everythingReady,
    stop,
  };
}

/** What a restore that was killed has left: all of it where its one transaction was committed; else nothing, and nothing is begun in its place. */
function endRestore(home: Home, isEmpty: boolean): void {
  if (!home.state.restoring) return;
  if (isEmpty)
    throw new StartError(
      `A restore into ${home.path} did not come to its end, and nothing of it counts: run it again (npm run restore), or set TRAINYARD_HOME to another folder to start afresh.`,
    );
  home.remember({ seeded: true, restoring: false });
}

/** Like Promise.all, but waits for both also when one fails, so that nothing is still starting while all is being stopped. */
async function settleBoth<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

/** A service that does not come up has said why: its last words are the sentence. */
const startFault = (error: unknown): StartError =>
  error instanceof StartError ? error : new StartError(error instanceof Error ? error.message : String(error));

/** The way of the runners into the queue. Those on other machines go it too: it is kept for the operator, with its password. */
async function openQueue(options: TrainyardOptions, home: Home, database: OpenDatabase, password: string, onNote: OnNote): Promise<string> {
  if (options.queueUrl !== undefined) return options.queueUrl;
  try {
    const url = await ensureQueueRole(database.adminUrl, database.url, database.installation, password);
    writeAtomically(join(home.path, 'queue.json'), JSON.stringify({ url }));
    return url;
  } catch (error) {
    if (database.at === EMBEDDED) throw error;
    const why = error instanceof Error ? error.message : String(error);
    onNote(
      `The runner uses DATABASE_URL for the queue, because no role of its own could be made (${why}). Set TRAINYARD_QUEUE_URL to a role that reaches only the schema "bullmq".`,
    );
    return database.url;
  }
}

async function isDiskShort(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health`);
  return ((await answer.json()) as { disk: string }).disk === 'short';
}

interface SetUp {
  needed: boolean;
  demo: SignIn | null;
}

async function askSetUp(url: string): Promise<SetUp> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-trainyard-csrf': '1' },
    body: JSON.stringify({ query: '{ setup { needed demo { email password } } }' }),
  });
  const body = (await answer.json()) as { data?: { setup: SetUp } };
  if (body.data === undefined) throw new Error(`The api does not answer as it should: ${JSON.stringify(body)}`);
  return body.data.setup;
}
