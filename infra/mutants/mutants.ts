import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../local/build.ts';
import { bold, dim, duration, say } from '../local/terminal.ts';
import { Changed, gitLines } from './changed.ts';
import { mutateDomain, type DomainFile } from './domain.ts';
import { percent, printScores, scores, type Outcome } from './report.ts';
import { Scratch } from './scratch.ts';
import { domainSources, faultTrials, source, specsBeside, tableTrials, type Trial } from './trials.ts';
import { tryAll } from './try.ts';
import { digest, Verdicts } from './verdicts.ts';

/** Of each kind, in percent. */
const GOAL = 90;

const HELP = `npm run mutants -- [options] [words]

Breaks the code on purpose, one fault at a time in a copy, and says which faults no spec notices.

  --domain      libs/domain alone: what StrykerJS changes, and the tables that it leaves alone
  --tables      those tables alone
  --faults      the deliberate faults of apps/api and apps/ml-runner alone
  --changed     only what differs from main
  --fresh       tries again what is known from an earlier run
  --list        says what would be tried, and tries nothing
  --workers N   how many are tried at once (2, or as many as there are cores)
  words         only what has one of these words in its file, kind or sentence

Ends with exit code 1 when less than ${GOAL} % of a kind is noticed. All of it stands in mutant-results/report.json.
What is cut off goes on where it stopped: of what is the same as it was, the verdict is known.`;

const { values: asked, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    domain: { type: 'boolean' },
    tables: { type: 'boolean' },
    faults: { type: 'boolean' },
    changed: { type: 'boolean' },
    fresh: { type: 'boolean' },
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
const results = join(ROOT, 'mutant-results');
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort());
const changed = asked.changed ? new Changed(source) : null;

const isWanted = (...said: string[]): boolean =>
  words.length === 0 || words.some((word) => said.some((text) => text.toLowerCase().includes(word.toLowerCase())));
const wanted = (trials: readonly Trial[]): Trial[] => trials.filter(({ kind, file, what }) => isWanted(kind, file, what));

/** Lines that StrykerJS is given at a time: it runs all specs before it begins, and what it found is known once it has ended. */
const LINES_AT_ONCE = 1_000;

/** What StrykerJS is given at a time: files one after another, up to that many lines, and one that has more by itself. */
function inParts(files: readonly string[]): string[][] {
  const parts: string[][] = [];
  let room = 0;
  for (const file of files) {
    const lines = source(file).split('\n').length;
    if (lines > room) {
      parts.push([]);
      room = LINES_AT_ONCE;
    }
    parts.at(-1)!.push(file);
    room -= lines;
  }
  return parts;
}

/** StrykerJS, part by part: what was found in a file stays true until it is another, or a spec that runs it, or one more is beside it. */
async function mutate(sources: readonly string[]): Promise<Outcome[]> {
  const verdicts = new Verdicts<DomainFile>(join(results, 'domain-files.jsonl'), asked.fresh === true);
  const known = (file: string): DomainFile | null => verdicts.known(file, ({ specs }) => proof(file, specs, source));
  const proof = (file: string, specs: readonly string[], read: (path: string) => string): string => {
    const beside = specsBeside(file);
    const shared = beside.filter((each) => each.endsWith('.fixture.ts'));
    return digest(read(file), ...beside, ...[...specs, ...shared].filter((each) => existsSync(join(ROOT, each))).map(read));
  };
  const outcomes = new Map(
    sources.flatMap((file): [string, DomainFile][] => {
      const verdict = known(file);
      return verdict ? [[file, verdict]] : [];
    }),
  );
  for (const part of inParts(sources.filter((file) => !outcomes.has(file)))) {
    say(`StrykerJS changes ${part.join(', ')} ...`);
    const scratch = new Scratch();
    try {
      const found = await mutateDomain(scratch, part, workers, ending.signal);
      for (const file of part) {
        const of = found.get(file) ?? { mutants: [], specs: [] };
        // As it was copied: somebody may have changed it since.
        verdicts.note(
          file,
          proof(file, of.specs, (path) => scratch.read(path)),
          of,
        );
        outcomes.set(file, of);
      }
    } finally {
      scratch.remove();
    }
  }
  return [...outcomes].flatMap(([file, { mutants }]) =>
    mutants.map(({ line, mutator, text, noticed, by }) => ({
      part: 'DOMAIN',
      kind: 'a rule of libs/domain is another',
      file,
      what: `line ${line}, ${mutator}: ${text}`,
      noticed,
      by,
    })),
  );
}

const began = performance.now();
const sources = domainSources(changed);
const tables = everything || asked.domain || asked.tables ? wanted(tableTrials(sources)) : [];
const faults = everything || asked.faults ? wanted(faultTrials(changed)) : [];
const mutated = everything || asked.domain ? sources.filter((file) => isWanted(file)) : [];

if (asked.list) {
  for (const file of mutated) say(`StrykerJS: ${file}`);
  for (const { file, what, kind } of [...tables, ...faults]) say(`${file} ${what} ${dim(kind)}`);
  process.exit(0);
}
const verdicts = new Verdicts(join(results, 'verdicts.jsonl'), asked.fresh === true);
const outcomes: Outcome[] = [];
try {
  for (const trials of [tables, faults]) outcomes.push(...(await tryAll(trials, workers, verdicts, ending.signal)));
  if (!ending.signal.aborted) outcomes.push(...(await mutate(mutated)));
} catch (error) {
  if (!ending.signal.aborted) throw error;
}
if (ending.signal.aborted) process.exit(130);

mkdirSync(results, { recursive: true });
const byKind = scores(outcomes, ({ kind }) => kind);
const byFile = scores(outcomes, ({ part, file }) => `${file}${part === 'TABLES' ? ' (tables)' : ''}`);
writeFileSync(join(results, 'report.json'), JSON.stringify({ commit: gitLines('rev-parse', 'HEAD')[0], byKind, byFile, outcomes }, null, 1));
const missed = outcomes.filter(({ noticed }) => !noticed);
if (missed.length > 0) say(`\n${bold('Nobody noticed')}`);
for (const { file, what } of missed) say(`  ${file} ${what.replace(/\s+/g, ' ').slice(0, 200)}`);
printScores('By file', byFile, GOAL);
printScores('By kind', byKind, GOAL);
say(`\n${outcomes.length - missed.length} of ${outcomes.length} noticed in ${duration(performance.now() - began)}.`);
process.exit(byKind.every((score) => percent(score) >= GOAL) ? 0 : 1);
