import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, isStale, PRODUCTS, ROOT, type ProductName } from './build.ts';
import type { DatabaseWatch } from './database-watch.ts';
import { ensureQueueRole } from './database.ts';
import { Home } from './home.ts';
import { storedFiles } from './home-database.ts';
import { EMBEDDED, keepIdentity } from './identity.ts';
import { keepInstallation, movePaths, startedFrom } from './installation.ts';
import { ensureRunnerToken } from './runner-token.ts';
import { writeAtomically } from './kept.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { freePorts, isPortFree } from './ports.ts';
import { codeOf, explainPlace, StartError } from './start-error.ts';
import { readable, stopLeftovers, Supervisor, type ServiceSpec } from './supervisor.ts';

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

/** PostgreSQL goes last: the others still write while they stop. */
const STOP_ORDER = [['runner', 'runner-2', 'runner-3'], ['api', 'worker'], ['postgres']];
const NEWER_DATABASE = 3;
const SOURCE_MAPS = `--import=${import.meta.resolve('./source-maps.mjs')}`;
/**
 * V8 and glibc size themselves by a machine with much memory: a young generation of some 50 MB, an arena per thread, and large blocks
 * kept for later double what the api holds after a burst, and gain nothing measurable. Sizes in MiB for V8, in bytes for glibc.
 */
const SERVER_FLAGS = [SOURCE_MAPS, '--max-semi-space-size=8', '--max-old-space-size=512'];
const ALLOCATOR = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '65536' };

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
    home.release();
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
  const secrets = home.secrets();

  const base: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    // Compiled code is kept between starts: a second start reads it instead of compiling anew.
    NODE_COMPILE_CACHE: join(home.path, 'compile-cache'),
    TRAINYARD_DATA_DIR: storedFiles(home.path),
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
  const [workerPort, ...runnerPorts] = (await freePorts(1 + (options.runners ?? 1))).map((port, i) => chosen[i] || String(port));
  const url = `http://${displayHost(options.host)}:${port}`;
  const node = { command: process.execPath, cwd: ROOT, stopSignal: 'SIGTERM' as const, stopMs: 10_000, readyMs: 60_000 };
  const startService = (spec: ServiceSpec, keepTrying: boolean): Promise<void> =>
    timed(spec.name, async () => ({ detail: 'ready', value: await supervisor.start(spec, keepTrying).catch((error: unknown) => Promise.reject(startFault(error))) }));
  // The first page needs only the api: it has the machine to itself until it serves.
  await startService({ ...node, name: 'api', args: [...SERVER_FLAGS, 'apps/api/dist/main.js'], env: appEnv, isReady: healthy(`${url}/health`) }, false);
  const workerReady = startService(
    {
      ...node,
      name: 'worker',
      args: [...SERVER_FLAGS, 'apps/api/dist/worker.js'],
      env: { ...appEnv, TRAINYARD_HEALTH_PORT: workerPort },
      isReady: healthy(`http://${displayHost(options.host)}:${workerPort}/health`),
    },
    true,
  );
  // It may fail before anybody waits for it below: a stop that is asked for at this moment ends it.
  workerReady.catch(() => undefined);
  // A runner reaches the queue and the api, never the application's tables.
  const { DATABASE_URL: _, ...runnerBase } = base;
  const runners = await Promise.all(
    runnerPorts.map(async (port, i) => {
      const name = i === 0 ? 'runner' : `runner-${i + 1}`;
      const dir = join(home.path, name);
      return { name, port, dir, token: await ensureRunnerToken(database.url, dir, name) };
    }),
  );
  const runnersReady = runners.map((runner, i) =>
    startService(
      {
        ...node,
        name: runner.name,
        args: ['apps/ml-runner/src/main.ts'],
        env: {
          ...runnerBase,
          TRAINYARD_API_URL: url,
          TRAINYARD_QUEUE_URL: queueUrl,
          TRAINYARD_RUNNER_DIR: runner.dir,
          TRAINYARD_RUNNER_TOKEN: runner.token,
          TRAINYARD_RUNNER_PORT: runner.port,
          TRAINYARD_DATASET_PATHS: process.env['TRAINYARD_DATASET_PATHS'] || join(home.path, 'datasets'),
          ...(i === 0 ? {} : { TRAINYARD_RUNNER_NAME: runner.name }),
        },
        isReady: healthy(`http://127.0.0.1:${runner.port}/health`),
        readyMs: 180_000,
      },
      true,
    ),
  );
  const everythingReady = Promise.all([workerReady, ...runnersReady]).then(() => undefined);
  // Whoever wants to know awaits it; an unhandled rejection must not end the start.
  everythingReady.catch(() => undefined);
  if (home.state.firstRunDue) {
    // Behind the start: a runner must look at the dataset before the demonstration run can be queued. A stop leaves it due.
    everythingReady
      .then(() => runProgram('seed', appEnv, ['--first-run']))
      .then(
        () => home.remember({ firstRunDue: false }),
        () => undefined,
      );
  }
  home.announce(url);
  const setUp = await askSetUp(url);
  return { url, databaseUrl: database.url, queueUrl, home: home.path, supervisor, watch: database.watch, signIn: setUp.demo, needsSetUp: setUp.needed, everythingReady, stop };
}

/** Like Promise.all, but waits for both also when one fails, so that nothing is still starting while all is being stopped. */
async function settleBoth<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

const displayHost = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host);

async function choosePort(port: number, host: string): Promise<number> {
  if (port === 0) return (await freePorts(1))[0] ?? 0;
  let free: boolean;
  try {
    free = await isPortFree(port, host);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EACCES') throw new StartError(`This user may not listen on port ${port} of ${host}: choose one above 1023, e.g. npm start -- --port 4000.`);
    throw new StartError(`${host} is not an address of this machine (${String(code)}): set TRAINYARD_HOST to one that is, e.g. 127.0.0.1.`);
  }
  if (!free)
    throw new StartError(`Port ${port} of ${host} is taken by another program: stop that one, or choose another port, e.g. npm start -- --port ${port + 1}.`);
  return port;
}

/** Which migrations the code holds: a database that has them by this code already need not be asked. */
function migrationsDigest(): string {
  const folder = join(ROOT, 'apps/api/src/migrations');
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  for (const name of readdirSync(folder).sort()) if (!name.endsWith('.spec.ts')) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

/** Brings the database to this code's schema, and then notes in it and in the home that they belong together. */
async function migrate(home: Home, env: NodeJS.ProcessEnv, database: OpenDatabase): Promise<string> {
  const { url, at, installation, standing } = database;
  const digest = migrationsDigest();
  const said = database.migratedBy === digest ? 'current' : await runProgram('migrate', env);
  // A copy has its original's datasets in its own folder; a moved home its own.
  if (standing.from !== null && standing.kind !== 'same') await movePaths(url, join(standing.from, 'datasets'), join(home.path, 'datasets'));
  await keepInstallation(url, { id: installation, migratedBy: digest, startedFrom: startedFrom(home.path) });
  keepIdentity(home.path, installation, at);
  return said.trim().split('\n').at(-1) ?? '';
}

/** What the database answered to a program of the api, as a sentence. */
function explainRefusal(step: string, text: string): StartError {
  if (/No space left|could not extend file/.test(text)) return explainPlace(text, 'the database') ?? new StartError(text);
  if (/^(permission denied|must be owner of)/.test(text)) return new StartError(`The role of DATABASE_URL lacks a right in its database (${text}): grant it, or name the role that owns Trainyard's tables.`);
  return new StartError(text.startsWith('The configuration is not usable') ? text : `The step "${step}" failed: ${text}`);
}

/** A service that does not come up has said why: its last words are the sentence. */
const startFault = (error: unknown): StartError => (error instanceof StartError ? error : new StartError(error instanceof Error ? error.message : String(error)));

/** Runs a program of the api to its end and answers what it printed. */
async function runProgram(name: 'migrate' | 'seed', env: NodeJS.ProcessEnv, args: string[] = []): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [SOURCE_MAPS, join(ROOT, PRODUCTS.api.out, `${name}.js`), ...args], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString('utf8')));
    child.once('error', fail);
    child.once('close', (code) => {
      const lines = errors.trim().split('\n').map(readable);
      // An uncaught error ends with its stack and Node's version: the line that names it says more.
      const last = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? '';
      if (code === 0) done(out);
      else if (code === NEWER_DATABASE) fail(new StartError(last));
      else fail(explainRefusal(name, last.replace(/^trainyard \w+: /, '') || `exit code ${code ?? 'unknown'}`));
    });
  });
}

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

const healthy = (url: string) => async (): Promise<boolean> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
};

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
