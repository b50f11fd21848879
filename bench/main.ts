import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../infra/local/build.ts';
import { duration, say } from '../infra/local/terminal.ts';
import { describeMachine } from './machine.ts';
import { isMet, table, type Measurement } from './measurement.ts';
import { BenchStage } from './stage.ts';

/** In the order they are run: what loads the api comes before its memory is read. */
const BENCHES: Record<string, () => Promise<{ run: (stage: BenchStage) => Promise<Measurement[]> }>> = {
  open: () => import('./board-open.ts'),
  move: () => import('./board-move.ts'),
  lists: () => import('./lists.ts'),
  backlog: () => import('./backlog.ts'),
  runs: () => import('./runs.ts'),
  reports: () => import('./reports.ts'),
  people: () => import('./people.ts'),
  events: () => import('./events.ts'),
  ingest: () => import('./metrics-ingest.ts'),
  junit: () => import('./junit.ts'),
  memory: () => import('./memory.ts'),
  queue: () => import('./queue-and-cancel.ts'),
  engines: () => import('./engines.ts'),
  keras: () => import('./keras.ts'),
  browser: () => import('./browser.ts'),
  start: () => import('./second-start.ts'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench "${unknown.join('", "')}". There are: ${Object.keys(BENCHES).join(', ')}.\n`);
  process.exit(1);
}

const machine = describeMachine();
const commit = ((): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
})();
say(
  `\n${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB; ${machine.system}; Node ${machine.node}; load before ${machine.load}; commit ${commit}`,
);

const stage = new BenchStage();
const results: Record<string, Measurement[]> = {};
const failures: string[] = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stage.close().then(() => process.exit(130)));
try {
  for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
    const began = performance.now();
    try {
      const bench = await BENCHES[name]?.();
      results[name] = (await bench?.run(stage)) ?? [];
      say(`\n${name} (${duration(performance.now() - began)})\n${table(results[name])}`);
    } catch (error) {
      failures.push(name);
      say(`\n${name} could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
} finally {
  await stage.close();
}

const all = Object.values(results).flat();
const bound = all.filter((one) => one.target !== null);
mkdirSync(join(ROOT, 'bench-results'), { recursive: true });
const file = join('bench-results', `${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.json`);
writeFileSync(join(ROOT, file), `${JSON.stringify({ at: new Date().toISOString(), commit, machine, results, failures }, null, 2)}\n`);
say(
  `\n${bound.filter(isMet).length} of ${bound.length} targets met${failures.length > 0 ? `; not measured: ${failures.join(', ')}` : ''}. Written to ${file}\n`,
);
process.exit(failures.length > 0 ? 1 : 0);
