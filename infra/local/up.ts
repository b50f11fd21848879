import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './build.ts';
import { StartError } from './start-error.ts';
import { bold, clock, dim, duration, green, red, row, say, yellow } from './terminal.ts';
import { startTrainyard, type Trainyard, type TrainyardOptions } from './trainyard.ts';

const HELP = `npm start [-- options]

  --empty       seed nothing: the first visitor makes the administrator
  --port <n>    port of the web app (PORT; 4000 unless told; 0 chooses a free one)
  --help        this

Environment: DATABASE_URL (a PostgreSQL 15 or newer instead of the embedded one), TRAINYARD_QUEUE_URL (with it: the runner's
restricted role), TRAINYARD_HOME (.trainyard), TRAINYARD_HOST (127.0.0.1), TRAINYARD_DATASET_PATHS, NO_COLOR.`;

function readOptions(): TrainyardOptions {
  let values: { empty?: boolean; port?: string; help?: boolean };
  try {
    ({ values } = parseArgs({ options: { empty: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } } }));
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}. The options are: --empty, --port <n>, --help.`);
  }
  if (values.help === true) {
    say(HELP);
    process.exit(0);
  }
  const asked = values.port ?? process.env['PORT'] ?? process.env['TRAINYARD_PORT'] ?? '4000';
  const port = Number(asked);
  if (!/^\d+$/.test(asked) || port > 65_535) throw new StartError(`"${asked}" is not a port: give a whole number from 0 to 65535.`);
  const databaseUrl = process.env['DATABASE_URL'];
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\/./.test(databaseUrl)) throw new StartError('DATABASE_URL must begin with postgresql://, e.g. postgresql://user:password@host:5432/trainyard.');
  return {
    home: resolve(ROOT, process.env['TRAINYARD_HOME'] ?? '.trainyard'),
    port,
    host: process.env['TRAINYARD_HOST'] ?? '127.0.0.1',
    empty: values.empty ?? false,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(process.env['TRAINYARD_QUEUE_URL'] === undefined ? {} : { queueUrl: process.env['TRAINYARD_QUEUE_URL'] }),
  };
}

function fail(error: unknown): never {
  say();
  if (error instanceof StartError) process.stderr.write(`${red('Trainyard did not start.')} ${error.message}\n`);
  else process.stderr.write(`${red('Trainyard did not start.')} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

const began = performance.now();
let trainyard: Trainyard | null = null;
let stopping = false;
const starting = new AbortController();
let stopAsked = 0;

/** Ctrl-C reaches npm, the bootstrap and us, and both pass it on: what comes within a second is one request. */
const askToStop = (): void => {
  const now = Date.now();
  if (stopAsked !== 0 && now - stopAsked > 1000) {
    say(yellow('  Stopping is under way; a moment.'));
    return;
  }
  if (stopAsked !== 0) return;
  stopAsked = now;
  if (trainyard === null) starting.abort();
  else void stopAll();
};

async function stopAll(): Promise<void> {
  if (stopping || trainyard === null) return;
  stopping = true;
  const from = performance.now();
  say(`\n  Stopping ...`);
  await trainyard.stop();
  say(`  Stopped in ${duration(performance.now() - from)}. The data is kept.`);
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, askToStop);
// The bootstrap that holds the other end of this channel was killed.
process.on('disconnect', askToStop);

/** The same complaint over and over is one line. */
const COMPLAINT_MS = 30_000;
const complained = new Map<string, number>();

function report(running: Trainyard): void {
  const { supervisor } = running;
  const logs = relative(process.cwd(), supervisor.logFile('x')).replace(/x\.log$/, '');
  supervisor.on('crashed', ({ name, how, lastLines, restartMs }) => {
    if (stopping) return;
    say(`  ${dim(clock())} ${red(name)} ${how}; starting it again in ${duration(restartMs)}. Its log: ${logs}${name}.log`);
    if (how.includes('exit code')) for (const line of lastLines.slice(-3)) say(`           ${dim(line.slice(0, 200))}`);
  });
  supervisor.on('restarted', ({ name, afterMs }) => {
    if (!stopping) say(`  ${dim(clock())} ${green(name)} is back after ${duration(afterMs)}.`);
  });
  supervisor.on('complained', ({ name, text }) => {
    const last = complained.get(`${name} ${text}`) ?? 0;
    if (stopping || Date.now() - last < COMPLAINT_MS) return;
    complained.set(`${name} ${text}`, Date.now());
    say(`  ${dim(clock())} ${yellow(name)} ${text.slice(0, 300)}`);
  });
}

try {
  const options = readOptions();
  say(`\n  ${bold('Trainyard')}\n`);
  const running = await startTrainyard(
    { ...options, abort: starting.signal },
    (step) => say(row(green('✓'), step.name, step.detail, step.ms)),
    (note) => say(`  ${yellow('!')} ${note}`),
  );
  trainyard = running;
  report(running);
  say(`\n  Ready in ${duration(performance.now() - began)}.\n`);
  say(`  Open      ${bold(running.url)}`);
  if (running.signIn !== null) say(`  Sign in   ${bold(running.signIn.email)}  password  ${bold(running.signIn.password)}`);
  else if (running.needsSetUp) say('  Sign in   nobody has an account yet: the first page makes the administrator');
  else say('  Sign in   with your account');
  say(`  Logs      ${relative(process.cwd(), running.supervisor.logFile('*'))}`);
  say(`  Stop      Ctrl-C\n`);
  if (stopAsked !== 0) void stopAll();
  running.everythingReady.catch((error: unknown) => {
    if (!stopping) say(`  ${red('Not everything came up:')} ${error instanceof Error ? error.message : String(error)}`);
  });
} catch (error) {
  if (starting.signal.aborted) {
    say('\n  Stopped before it was up.');
    process.exit(0);
  }
  fail(error);
}
