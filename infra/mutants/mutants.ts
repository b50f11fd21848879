import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../local/build.ts';
import { bold, dim, duration, red, say } from '../local/terminal.ts';
import { startTestPostgres } from '../local/test-postgres.ts';
import { mutateDomain } from './domain.ts';
import { applyFault, FAULT_KINDS } from './fault.ts';
import { FAULTS } from './faults/all.ts';
import { percent, printScores, scores, type Outcome } from './report.ts';
import { LONGEST_MS, projectOf, runSpecs, type SpecRun } from './run-specs.ts';
import { Scratch } from './scratch.ts';
import { TABLE_KINDS, tableMutants } from './tables.ts';

/** Of each kind, in percent. */
const GOAL = 90;

const HELP = `npm run mutants -- [options] [words]

Breaks the code on purpose, one fault at a time in a copy, and says which faults no spec notices.

  --domain      libs/domain alone: what StrykerJS changes, and the tables that it leaves alone
  --tables      those tables alone
  --faults      the deliberate faults of apps/api and apps/ml-runner alone
  --changed     only what differs from main
  --list        says what would be tried, and tries nothing
  --workers N   how many are tried at once (2, or as many as there are cores)
  words         only what has one of these words in its file, kind or sentence

Ends with exit code 1 when less than ${GOAL} % of a kind is noticed. All of it stands in mutant-results/report.json.`;

const { values: asked, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    domain: { type: 'boolean' },
    tables: { type: 'boolean' },
    faults: { type: 'boolean' },
    changed: { type: 'boolean' },
    list: { type: 'boolean' },
    workers: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (asked.help) {
  say(HELP);
  process.exit(0);
}
const everything = !asked.domain && !asked.tables && !asked.faults;
const workers = Number(asked.workers ?? Math.min(2, availableParallelism()));

/** A change to try: a file with other content, and the specs that must notice. */
interface Trial extends Omit<Outcome, 'noticed' | 'by'> {
  content: () => string;
  project: string;
  specs: { specs: readonly string[] } | { relatedTo: string };
}

const git = (...args: string[]): string[] => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);
const source = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const changed = asked.changed ? new Set([...git('diff', '--name-only', git('merge-base', 'main', 'HEAD')[0] ?? 'HEAD'), ...git('ls-files', '--others', '--exclude-standard')]) : null;
const isWanted = (...said: string[]): boolean => words.length === 0 || words.some((word) => said.some((text) => text.toLowerCase().includes(word.toLowerCase())));

function faultTrials(): Trial[] {
  return FAULTS.filter((fault) => changed === null || changed.has(fault.file) || fault.specs.some((spec) => changed.has(spec)))
    .map((fault): Trial => ({
      part: 'FAULTS',
      kind: FAULT_KINDS[fault.kind],
      file: fault.file,
      what: `${fault.in}: ${fault.what}`,
      content: () => applyFault(source(fault.file), fault),
      project: projectOf(fault.specs[0] ?? ''),
      specs: { specs: fault.specs },
    }))
    .filter(({ kind, file, what }) => isWanted(kind, file, what));
}

/** The sources of libs/domain that were changed themselves, or whose spec was. */
function domainFiles(): string[] {
  const files = git('ls-files', '--cached', '--others', '--exclude-standard', 'libs/domain/src').filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  return files.filter((file) => isWanted(file) && (changed === null || changed.has(file) || changed.has(file.replace(/\.ts$/, '.spec.ts'))));
}

function tableTrials(): Trial[] {
  return domainFiles().flatMap((file) => {
    const text = source(file);
    return tableMutants(file, text).map(({ kind, what, start, end, text: becomes }): Trial => ({
      part: 'TABLES',
      kind: TABLE_KINDS[kind],
      file,
      what,
      content: () => text.slice(0, start) + becomes + text.slice(end),
      project: 'libs/domain',
      specs: { relatedTo: file },
    }));
  });
}

/** Tries them all, some at once, each in the copy of its worker. */
async function tryAll(trials: readonly Trial[], needsDatabase: boolean): Promise<Outcome[]> {
  const queue = [...trials];
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    const scratch = new Scratch();
    const postgres = needsDatabase ? await startTestPostgres() : null;
    const env = postgres ? { TRAINYARD_TEST_PG_URL: postgres.url } : {};
    try {
      for (let trial = queue.shift(); trial !== undefined; trial = queue.shift()) {
        const { content, project, specs, ...told } = trial;
        const began = performance.now();
        const run = await scratch.with(trial.file, content(), () => runSpecs(scratch, project, specs, env));
        outcomes.push({ ...told, noticed: run.failed > 0, by: run.failure });
        tell(trial, run, `${outcomes.length} of ${trials.length}`, performance.now() - began);
      }
    } finally {
      await postgres?.stop();
      scratch.remove();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, trials.length) }, work));
  return outcomes;
}

function tell(trial: Trial, run: SpecRun, place: string, ms: number): void {
  const verdict = run.broken !== null ? red('NOT RUN ') : run.failed > 0 ? 'noticed ' : red('MISSED  ');
  say(`${verdict} ${trial.file} ${trial.what} ${dim(`(${place}, ${duration(ms)})`)}`);
  if (run.failure !== null) say(dim(`           by: ${run.failure}`));
  if (run.broken !== null) say(run.broken);
}

/** Specs that fail without a fault would notice everything. */
async function specsAreGood(trials: readonly Trial[]): Promise<boolean> {
  const specs = [...new Set(trials.flatMap((trial) => ('specs' in trial.specs ? trial.specs.specs : [])))];
  const scratch = new Scratch();
  try {
    for (const [project, of] of Map.groupBy(specs, projectOf)) {
      say(`Without a fault: ${of.length} specs of ${project} ...`);
      const run = await runSpecs(scratch, project, { specs: of }, {}, of.length * LONGEST_MS);
      if (run.failed === 0 && run.broken === null && run.passed > 0) continue;
      say(red(`They do not pass as they are: ${run.failure ?? run.broken ?? 'none ran'}`));
      return false;
    }
  } finally {
    scratch.remove();
  }
  return true;
}

const began = performance.now();
const outcomes: Outcome[] = [];
const tables = everything || asked.domain || asked.tables ? tableTrials() : [];
const faults = everything || asked.faults ? faultTrials() : [];
const mutated = everything || asked.domain ? domainFiles() : [];

if (asked.list) {
  for (const file of mutated) say(`StrykerJS: ${file}`);
  for (const { file, what, kind } of [...tables, ...faults]) say(`${file} ${what} ${dim(kind)}`);
  process.exit(0);
}
if (faults.length > 0) {
  if (!(await specsAreGood(faults))) process.exit(1);
  outcomes.push(...(await tryAll(faults, faults.some(({ project }) => project === 'apps/api'))));
}
if (tables.length > 0) outcomes.push(...(await tryAll(tables.filter(({ file, what, kind }) => isWanted(file, what, kind)), false)));
if (mutated.length > 0) {
  const scratch = new Scratch();
  try {
    const found = await mutateDomain(scratch, mutated.map((file) => file.replace('libs/domain/', '')), workers);
    outcomes.push(...found.map(({ file, line, mutator, text, noticed }): Outcome => ({ part: 'DOMAIN', kind: 'a rule of libs/domain is another', file, what: `line ${line}, ${mutator}: ${text}`, noticed, by: null })));
  } finally {
    scratch.remove();
  }
}

mkdirSync(join(ROOT, 'mutant-results'), { recursive: true });
const byKind = scores(outcomes, ({ kind }) => kind);
const byFile = scores(outcomes, ({ part, file }) => `${file}${part === 'TABLES' ? ' (tables)' : ''}`);
writeFileSync(join(ROOT, 'mutant-results/report.json'), JSON.stringify({ commit: git('rev-parse', 'HEAD')[0], byKind, byFile, outcomes }, null, 1));
const missed = outcomes.filter(({ noticed }) => !noticed);
if (missed.length > 0) say(`\n${bold('Nobody noticed')}`);
for (const { file, what } of missed) say(`  ${file} ${what.replace(/\s+/g, ' ').slice(0, 200)}`);
printScores('By file', byFile, GOAL);
printScores('By kind', byKind, GOAL);
say(`\n${outcomes.length - missed.length} of ${outcomes.length} noticed in ${duration(performance.now() - began)}.`);
process.exit(byKind.every((score) => percent(score) >= GOAL) ? 0 : 1);
