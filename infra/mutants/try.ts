import { bold, dim, duration, red, say } from '../local/terminal.ts';
import { startTestPostgres } from '../local/test-postgres.ts';
import type { Outcome } from './report.ts';
import { projectOf, SpecRunner, type SpecRun } from './run-specs.ts';
import { Scratch } from './scratch.ts';
import { source, type Trial } from './trials.ts';
import { digest, type Verdict, type Verdicts } from './verdicts.ts';

/**
 * Tries them all, some at once, each in the copy of its worker; what is known already is not tried again.
 * @param ending ends it early: nothing more is begun, nothing that was cut off is noted, and no copy, database or process stays
 */
export async function tryAll(trials: readonly Trial[], workers: number, verdicts: Verdicts, ending: AbortSignal): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const queue: Trial[] = [];
  for (const trial of trials) {
    trial.specFiles.forEach(source);
    const known = verdicts.known(changeOf(trial), (verdict) => proofOf(trial, verdict));
    if (known) outcomes.push(outcome(trial, known));
    else queue.push(trial);
  }
  if (outcomes.length > 0) say(dim(`${outcomes.length} of ${trials.length} are known from before.`));
  const began = performance.now();
  const all = queue.length;
  const good = new GoodSpecs(verdicts);
  const work = async (): Promise<void> => {
    await using place = await Workplace.open(trials);
    ending.addEventListener('abort', () => place.runner.stop(), { once: true });
    for (let trial = queue.shift(); trial !== undefined && !ending.aborted; trial = queue.shift()) {
      const known = await good.of(trial, place.runner);
      const run = typeof known === 'number' ? await place.try(trial, known) : { failure: null, broken: known, timedOut: false };
      if (ending.aborted) return;
      const verdict: Verdict = { noticed: run.failure !== null || run.timedOut, by: run.failure };
      // Where nothing was measured, nothing is known.
      if (run.broken === null) verdicts.note(changeOf(trial), proofOf(trial, verdict), verdict);
      outcomes.push(outcome(trial, verdict));
      tell(trial, run, `${all - queue.length} of ${all}, ${duration(performance.now() - began)}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, all) }, work));
  return outcomes;
}

const outcome = ({ part, kind, file, what }: Trial, { noticed, by }: Verdict): Outcome => ({
  part,
  kind,
  file,
  what,
  noticed,
  by: by && `${by.spec}: ${by.test}`,
});
const changeOf = (trial: Trial): string => digest(trial.project, trial.file, trial.content());
const proofOf = (trial: Trial, { by }: Verdict): string => digest(...(by ? [by.spec] : trial.specFiles).map(source));

/** A copy of the working tree, with a database for the specs that need one. */
class Workplace implements AsyncDisposable {
  readonly runner: SpecRunner;
  private readonly scratch: Scratch;
  private readonly stopDatabase: () => Promise<void>;

  private constructor(scratch: Scratch, runner: SpecRunner, stopDatabase: () => Promise<void>) {
    this.scratch = scratch;
    this.runner = runner;
    this.stopDatabase = stopDatabase;
  }

  static async open(trials: readonly Trial[]): Promise<Workplace> {
    const scratch = new Scratch();
    const postgres = trials.some(({ project }) => project === 'apps/api') ? await startTestPostgres() : null;
    const env: NodeJS.ProcessEnv = postgres ? { TRAINYARD_TEST_PG_URL: postgres.url } : {};
    // The first that asks migrates the database that the others copy.
    if (postgres) {
      const first = new SpecRunner(scratch, env);
      await first.run('apps/api', ['apps/api/test/test-database.spec.ts']);
      first.stop();
    }
    const runner = new SpecRunner(scratch, { ...env, TRAINYARD_TEST_TEMPLATE: 'ready' });
    return new Workplace(scratch, runner, async () => postgres?.stop());
  }

  async try(trial: Trial, testMs: number): Promise<SpecRun> {
    return this.scratch.with(trial.file, trial.content(), () => this.runner.run(trial.project, trial.specs, testMs));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.runner.stop();
    await this.stopDatabase();
    this.scratch.remove();
  }
}

/** A test is given this many times what the slowest of its file took without a fault: the machine has other work too. */
const PATIENCE = 5;
const LEAST_MS = 15_000;

/** Specs that fail without a fault would notice everything: each has passed once as it is, before it is asked. */
class GoodSpecs {
  private readonly looked = new Map<string, Promise<number | string>>();
  private readonly verdicts: Verdicts;

  constructor(verdicts: Verdicts) {
    this.verdicts = verdicts;
  }

  /** How long a test of the trial's specs may take; or why they cannot be asked. */
  async of({ specs, specFiles }: Trial, runner: SpecRunner): Promise<number | string> {
    let longest = 0;
    for (const spec of specs) {
      if (!this.looked.has(spec)) this.looked.set(spec, this.look(spec, specFiles, runner));
      const found = (await this.looked.get(spec)) ?? 0;
      if (typeof found === 'string') return found;
      longest = Math.max(longest, found);
    }
    return Math.max(LEAST_MS, PATIENCE * longest);
  }

  private async look(spec: string, shared: readonly string[], runner: SpecRunner): Promise<number | string> {
    const proof = digest(...[spec, ...shared].map(source));
    const known = this.verdicts.known(spec, () => proof);
    if (known) return known.longestMs ?? 0;
    const { passed, failure, broken, timedOut, longestMs } = await runner.run(projectOf(spec), [spec]);
    if (failure !== null || broken !== null || timedOut || passed === 0)
      return `${bold(spec)} does not pass without a fault: ${failure?.test ?? broken ?? (timedOut ? 'it does not end' : 'it tests nothing')}`;
    this.verdicts.note(spec, proof, { noticed: false, by: null, longestMs });
    return longestMs;
  }
}

function tell(trial: Trial, run: Pick<SpecRun, 'failure' | 'broken' | 'timedOut'>, place: string): void {
  const verdict = run.broken !== null ? red('NOT RUN ') : run.failure !== null || run.timedOut ? 'noticed ' : red('MISSED  ');
  say(`${verdict} ${trial.file} ${trial.what} ${dim(`(${place})`)}`);
  if (run.failure !== null) say(dim(`           by: ${run.failure.test}`));
  if (run.timedOut) say(dim('           by: nothing ended'));
  if (run.broken !== null) say(run.broken);
}
