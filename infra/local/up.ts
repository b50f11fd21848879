import { appendFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { HELP, readOptions } from './options.ts';
import { explainFault, StartError } from './start-error.ts';
import { bold, clock, dim, duration, green, red, row, say, yellow } from './terminal.ts';
import { startTrainyard, type Trainyard } from './trainyard.ts';

/** One sentence, always. A fault of ours is one too. */
function fail(error: unknown, home: string | null): never {
  say();
  process.stderr.write(`${red('Trainyard did not start.')} ${error instanceof StartError ? error.message : logFault(error, home)}\n`);
  process.exit(1);
}

/** Where it happened stands in a log, as long as one can be written. */
function logFault(error: unknown, home: string | null): string {
  try {
    if (home === null) throw new Error('no home yet');
    const log = join(home, 'logs', 'start.log');
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    appendFileSync(log, `${new Date().toISOString()} ${stack ?? message}\n`);
    return `${message}. This should not happen; details are in ${log}.`;
  } catch {
    return explainFault(error);
  }
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

async function stopAll(exitCode: number = 0): Promise<void> {
  if (stopping || trainyard === null) return;
  stopping = true;
  const from = performance.now();
  say(`\n  Stopping ...`);
  await trainyard.stop();
  say(`  Stopped in ${duration(performance.now() - from)}. The data is kept.`);
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, askToStop);
// The bootstrap that holds the other end of this channel was killed.
process.on('disconnect', askToStop);

/** The same complaint over and over is one line. */
const COMPLAINT_MS = 30_000;
/** Without the database all complain, a moment before it is known to be away and one after: that it is away says it all. */
const AWAY_MS = 5000;
const complained = new Map<string, number>();
/** When PostgreSQL, ours or theirs, was last away. */
let lastAway = 0;

function report(running: Trainyard): void {
  const { supervisor, watch } = running;
  const logs = relative(process.cwd(), supervisor.logFile('x')).replace(/x\.log$/, '');
  supervisor.on('crashed', ({ name, how, lastLines, restartMs }) => {
    if (stopping) return;
    if (name === 'postgres') lastAway = Date.now();
    say(`  ${dim(clock())} ${red(name)} ${how}; starting it again in ${duration(restartMs)}. Its log: ${logs}${name}.log`);
    if (how.includes('exit code')) for (const line of lastLines.slice(-3)) say(`           ${dim(line.slice(0, 200))}`);
  });
  supervisor.on('restarted', ({ name, afterMs }) => {
    if (name === 'postgres') lastAway = Date.now();
    if (!stopping) say(`  ${dim(clock())} ${green(name)} is back after ${duration(afterMs)}.`);
  });
  watch?.on('away', ({ why }) => {
    if (!stopping) say(`  ${dim(clock())} ${red('The database is away')} (${why}): Trainyard waits for it.`);
  });
  watch?.on('back', ({ afterMs }) => {
    if (!stopping) say(`  ${dim(clock())} ${green('The database is back')} after ${duration(afterMs)}.`);
  });
  const isAway = (): boolean => Date.now() - Math.max(lastAway, watch?.lastAway ?? 0) < AWAY_MS;
  supervisor.on('complained', ({ name, text }) => {
    const last = complained.get(`${name} ${text}`) ?? 0;
    if (stopping || Date.now() - last < COMPLAINT_MS) return;
    complained.set(`${name} ${text}`, Date.now());
    const when = clock();
    setTimeout(() => {
      if (!stopping && !isAway()) say(`  ${dim(when)} ${yellow(name)} ${text.slice(0, 300)}`);
    }, AWAY_MS / 5).unref();
  });
}

let home: string | null = null;
try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === null) {
    say(HELP);
    process.exit(0);
  }
  home = options.home;
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
  void running.homeLost.then(() => {
    if (!stopping)
      say(
        `  ${red(`${running.home} was moved away or replaced while Trainyard ran in it`)}: Trainyard stops, so that nothing is stored beside the data. Start it where they are now (TRAINYARD_HOME).`,
      );
    void stopAll(1);
  });
  running.everythingReady.catch((error: unknown) => {
    if (!stopping) say(`  ${red('Not everything came up:')} ${error instanceof Error ? error.message : String(error)}`);
  });
} catch (error) {
  if (starting.signal.aborted) {
    say('\n  Stopped before it was up.');
    process.exit(0);
  }
  fail(error, home);
}
