import { spawn, type ChildProcess } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, isStale, ROOT, type ProductName } from '../local/build.ts';
import { StartError } from '../local/start-error.ts';
import { bold, duration, green, red, say } from '../local/terminal.ts';
import { findBrowser, HOW_TO_GET_A_BROWSER } from './browser.ts';
import { sumResults } from './results.ts';

const RESULTS = join(ROOT, 'test-results');
/** Who must have run tests: a project that silently has none any more is a failure. */
const EXPECTED = ['domain.unit', 'ui.unit', 'web.unit', 'api.integration', 'ml-runner.integration', 'infra.integration', 'web-e2e.integration'];

/** One for each core; one more took two minutes longer (16 min 32 s, 13 min 51 s), for what waits for leases and killed processes has a worker of its own. */
const AT_ONCE = Math.max(2, availableParallelism());

/** Hundreds of processes that specs start load the same modules, and one compiles them for all: in a folder that begins empty and goes at the end. */
const COMPILED = mkdtempSync(join(tmpdir(), 'trainyard-compiled-'));
process.on('exit', () => rmSync(COMPILED, { recursive: true, force: true }));

/** A part of the whole that can go on beside the others. */
interface Job {
  title: string;
  /** False when it failed. `say` writes into the job's own part of the output. */
  work: (say: (text: string) => void) => Promise<boolean>;
  /** Its failures are counted one by one, in Jest's results. */
  counted?: boolean;
}

const failed: Job[] = [];
const running = new Set<ChildProcess>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    // Each ends what it started, PostgreSQL and browsers too, and is waited for.
    setInterval(() => running.size === 0 && process.exit(130), 100);
  });
}

/** Runs a program of this repository; answers its exit status. */
async function run(args: string[], tell: (text: string) => void, workers = 1): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NX_DAEMON: 'false',
        NX_TUI: 'false',
        NX_NO_CLOUD: 'true',
        FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
        TRAINYARD_TEST_COMPILED: COMPILED,
        TRAINYARD_TEST_WORKERS: String(workers),
      },
    });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', tell);
    child.once('error', fail);
    child.once('close', (code) => {
      running.delete(child);
      done(code ?? 1);
    });
  });
}

/** What it says comes in one piece when it has ended: jobs go on side by side. */
async function perform(job: Job): Promise<void> {
  const began = performance.now();
  let said = '';
  const tell = (text: string): void => void (said += text);
  let ok: boolean;
  try {
    ok = await job.work(tell);
  } catch (error) {
    tell(error instanceof StartError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
    ok = false;
  }
  if (!ok) failed.push(job);
  if (said.trim() !== '') say(`\n${bold(job.title)}\n${said.trim()}`);
  say(`${ok ? green('✓') : red('✗')} ${job.title}, ${duration(performance.now() - began)}`);
}

/** All of them, in their order, `AT_ONCE` at a time. */
async function performAll(jobs: readonly Job[]): Promise<void> {
  const waiting = [...jobs];
  const worker = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await perform(job);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** A target of these projects, never from Nx's memory: a result of yesterday is no result. */
const target = (title: string, name: string, projects: string[], { counted = false, workers = 1 } = {}): Job => ({
  title,
  counted,
  work: async (tell) =>
    (await run(
      [
        'node_modules/nx/dist/bin/nx.js',
        'run-many',
        '--outputStyle=static',
        '--skip-nx-cache',
        '--parallel=1',
        `--targets=${name}`,
        `--projects=${projects.join(',')}`,
      ],
      tell,
      workers,
    )) === 0,
});

/** The committed contract is what the code says. */
async function schemaIsFresh(tell: (text: string) => void): Promise<boolean> {
  const printed = await new Promise<string>((done, fail) => {
    const child = spawn(process.execPath, ['apps/api/dist/print-schema.js'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => void (text += chunk.toString('utf8')));
    child.once('error', fail);
    child.once('close', (code) => (code === 0 ? done(text) : fail(new StartError(`print-schema ended with exit code ${code ?? 'unknown'}.`))));
  });
  if (printed === readFileSync(join(ROOT, 'schema.graphql'), 'utf8')) return true;
  const place = join(RESULTS, 'schema.graphql');
  writeFileSync(place, printed);
  tell('schema.graphql is not what the code says. Write it anew: node apps/api/dist/print-schema.js > schema.graphql\n');
  await run(['-e', `require('node:child_process').spawnSync('diff', ['-u', 'schema.graphql', ${JSON.stringify(place)}], { stdio: 'inherit' })`], tell);
  return false;
}

if (findBrowser() === null) {
  process.stderr.write(`${HOW_TO_GET_A_BROWSER}\n0 passed, 1 failed\n`);
  process.exit(1);
}

const began = performance.now();
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

await perform({
  title: 'Build',
  work: async (tell) => {
    for (const name of ['api', 'web'] satisfies ProductName[]) if (isStale(name)) await build(name);
    // Written once: whatever reads the typed documents may then go on side by side.
    return (await run(['apps/web/codegen.mjs'], tell)) === 0;
  },
});

// The longest first: nothing long is left for the end. What starts and stops whole Trainyards waits half of its time: two at once.
await performAll([
  target('What starts, stops and survives', 'integration', ['infra'], { counted: true, workers: 2 }),
  target('Training and the runner', 'integration', ['ml-runner'], { counted: true }),
  target('End to end in a real browser', 'integration', ['web-e2e'], { counted: true }),
  target('The api on PostgreSQL', 'integration', ['api'], { counted: true }),
  target('Screens and components', 'unit', ['web', 'ui'], { counted: true }),
  // One process for all projects: each would build the graph of the import fences anew.
  { title: 'Lint and import fences', work: async (tell) => (await run(['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'], tell)) === 0 },
  { title: 'Format', work: async (tell) => (await run(['node_modules/oxfmt/bin/oxfmt', '--check', '.'], tell)) === 0 },
  { title: 'Promises that nobody awaits', work: async (tell) => (await run(['node_modules/oxlint/bin/oxlint'], tell)) === 0 },
  target('Types', 'typecheck', ['api', 'ml-runner', 'web', 'web-e2e', 'domain', 'ui', 'infra', 'bench']),
  target('Rules', 'unit', ['domain'], { counted: true }),
  { title: 'The committed GraphQL schema', work: schemaIsFresh },
]);

const totals = sumResults(RESULTS, EXPECTED, globSync('{apps,libs,infra,bench}/**/*.spec.{ts,tsx}', { cwd: ROOT, exclude: ['**/node_modules', '**/dist*'] }));
// What failed for another reason than a test (lint, types, build, a Jest that ended badly) is a failure of its own.
const others = failed.filter((job) => job.counted !== true || totals.failed === 0).map((job) => job.title);
const failures = totals.failed + others.length;
say(`\nAll of it took ${duration(performance.now() - began)}.`);
for (const what of [...others, ...totals.failures]) say(`  ${red('✗')} ${what}`);
say(`${totals.passed} passed, ${failures} failed`);
process.exit(failures === 0 && totals.passed > 0 ? 0 : 1);
