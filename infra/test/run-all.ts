import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, isStale, ROOT, type ProductName } from '../local/build.ts';
import { StartError } from '../local/start-error.ts';
import { bold, duration, green, red, say } from '../local/terminal.ts';
import { startTestPostgres, type TestPostgres } from '../local/test-postgres.ts';
import { findBrowser, HOW_TO_GET_A_BROWSER } from './browser.ts';
import { sumResults } from './results.ts';

const RESULTS = join(ROOT, 'test-results');
/** Who must have run tests: a project that silently has none any more is a failure. */
const EXPECTED = ['domain.unit', 'ui.unit', 'web.unit', 'api.integration', 'ml-runner.integration', 'infra.integration', 'web-e2e.integration'];

const failures: string[] = [];
let postgres: TestPostgres | null = null;
let running: ReturnType<typeof spawn> | null = null;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    running?.kill(signal);
    void (postgres?.stop() ?? Promise.resolve()).then(() => process.exit(130));
  });
}

/** Runs a program of this repository with our terminal; answers its exit status. */
async function run(args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((done, fail) => {
    running = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...env },
    });
    running.once('error', fail);
    running.once('close', (code) => done(code ?? 1));
  });
}

async function step(title: string, work: () => Promise<boolean>): Promise<void> {
  say(`\n${bold(title)}`);
  const began = performance.now();
  let ok: boolean;
  try {
    ok = await work();
  } catch (error) {
    say(error instanceof StartError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
    ok = false;
  }
  if (!ok) failures.push(title);
  say(`${ok ? green('✓') : red('✗')} ${title}, ${duration(performance.now() - began)}`);
}

const nx = (targets: string[], parallel: number, projects: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<number> =>
  run(
    ['node_modules/nx/dist/bin/nx.js', 'run-many', '--outputStyle=static', '--skip-nx-cache', `--parallel=${parallel}`, ...targets.map((target) => `--targets=${target}`), ...(projects.length > 0 ? [`--projects=${projects.join(',')}`] : [])],
    env,
  );

/** The committed contract is what the code says. */
async function schemaIsFresh(): Promise<boolean> {
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
  say('schema.graphql is not what the code says. Write it anew: node apps/api/dist/print-schema.js > schema.graphql');
  await run(['-e', `require('node:child_process').spawnSync('diff', ['-u', 'schema.graphql', ${JSON.stringify(place)}], { stdio: 'inherit' })`]);
  return false;
}

if (findBrowser() === null) {
  process.stderr.write(`${HOW_TO_GET_A_BROWSER}\n0 passed, 1 failed\n`);
  process.exit(1);
}

const began = performance.now();
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

await step('Build', async () => {
  for (const name of ['api', 'web'] satisfies ProductName[]) if (isStale(name)) await build(name);
  return true;
});
await step('The committed GraphQL schema', schemaIsFresh);
await step('Types', async () => (await nx(['typecheck'], 2)) === 0);
await step('Lint and import fences', async () => (await nx(['lint'], 2)) === 0);
await step('Unit and component tests', async () => (await nx(['unit'], 1)) === 0);
await step('Integration tests on PostgreSQL, the runner, and what must survive', async () => {
  postgres = await startTestPostgres();
  const status = await nx(['integration'], 1, ['api', 'ml-runner', 'infra'], { TRAINYARD_TEST_PG_URL: postgres.url });
  await postgres.stop();
  postgres = null;
  return status === 0;
});
await step('End to end in a real browser', async () => (await nx(['integration'], 1, ['web-e2e'])) === 0);

const totals = sumResults(RESULTS, EXPECTED);
// A step that failed for another reason than a test (lint, types, build) is a failure of its own.
const others = failures.filter((title) => !/test|browser|runner/i.test(title) || totals.failed === 0);
const failed = totals.failed + others.length;
say(`\nAll of it took ${duration(performance.now() - began)}.`);
for (const what of [...others, ...totals.failures]) say(`  ${red('✗')} ${what}`);
say(`${totals.passed} passed, ${failed} failed`);
process.exit(failed === 0 && totals.passed > 0 ? 0 : 1);
