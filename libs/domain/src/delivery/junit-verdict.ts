import { compareTexts } from '../text.ts';

/** What a report says of one run of a test case. ERRORED: it broke, rather than found something wrong. */
export const CASE_OUTCOMES = ['PASSED', 'FAILED', 'ERRORED', 'SKIPPED'] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** What a test case came to, in one report or on one commit. FLAKY: it failed and then passed, with nothing changed. */
export const CASE_VERDICTS = ['PASSED', 'FAILED', 'ERRORED', 'SKIPPED', 'FLAKY'] as const;
export type CaseVerdict = (typeof CASE_VERDICTS)[number];

/** One run of a test case on a commit. */
export interface CaseRun {
  /** Which attempt of the suite, from 1, and the place in its report. */
  attempt: number;
  index: number;
  outcome: CaseOutcome;
  /** Failures inside of a run that passed in the end, as `flakyFailure` tells them. */
  failuresBefore: number;
}

/** What one case came to on one commit, over repetitions in one suite and over attempts; null of no runs. The last run that was not skipped decides. */
export function caseVerdict(runs: readonly CaseRun[]): CaseVerdict | null {
  if (runs.length === 0) return null;
  const ran = [...runs].sort((one, other) => one.attempt - other.attempt || one.index - other.index).filter(({ outcome }) => outcome !== 'SKIPPED');
  const last = ran.at(-1);
  if (!last) return 'SKIPPED';
  if (last.outcome !== 'PASSED') return last.outcome;
  return ran.some(({ outcome, failuresBefore }) => outcome !== 'PASSED' || failuresBefore > 0) ? 'FLAKY' : 'PASSED';
}

/** Whether a case is bad for whoever reads it: one that is flaky passed in the end. */
export const hasFailed = (verdict: CaseVerdict | undefined): boolean => verdict === 'FAILED' || verdict === 'ERRORED';

/** What a commit does to tests, by the keys of cases in order. */
export interface ReportDifference {
  /** Fails here and not there, also because it is new; null where nothing is known of there. */
  newlyFailing: readonly string[] | null;
  /** Fails here and there: not this change's doing. */
  stillFailing: readonly string[] | null;
  /** Failed there, and passes here, perhaps at the second time. */
  fixed: readonly string[] | null;
  /** Flaky here and passed or absent there. */
  newlyFlaky: readonly string[] | null;
  /** All that fail here. */
  failing: readonly string[];
  /** In the report of there, and not in this one: removed, or never run. */
  absent: readonly string[] | null;
}

/** Compares the verdicts of a commit with those of the target branch; that one is null where it has no report. */
export function compareReports(here: ReadonlyMap<string, CaseVerdict>, there: ReadonlyMap<string, CaseVerdict> | null): ReportDifference {
  const keysWhere = (cases: ReadonlyMap<string, CaseVerdict>, holds: (key: string, verdict: CaseVerdict) => boolean) =>
    [...cases].flatMap(([key, verdict]) => (holds(key, verdict) ? [key] : [])).sort(compareTexts);
  const against = (holds: (verdict: CaseVerdict, was: CaseVerdict | undefined) => boolean) =>
    there && keysWhere(here, (key, verdict) => holds(verdict, there.get(key)));
  return {
    newlyFailing: against((verdict, was) => hasFailed(verdict) && !hasFailed(was)),
    stillFailing: against((verdict, was) => hasFailed(verdict) && hasFailed(was)),
    fixed: against((verdict, was) => (verdict === 'PASSED' || verdict === 'FLAKY') && hasFailed(was)),
    newlyFlaky: against((verdict, was) => verdict === 'FLAKY' && (was === 'PASSED' || was === undefined)),
    failing: keysWhere(here, (_key, verdict) => hasFailed(verdict)),
    absent: there && keysWhere(there, (key) => !here.has(key)),
  };
}

/** Of fewer runs nothing is said: 1 of 2 is not "flaky by half". */
export const FLAKY_RUNS_LEAST = 10;

/**
 * How often a case was flaky, over its verdicts on commits; skipped ones tell nothing. `rate` is null under `FLAKY_RUNS_LEAST` of them.
 */
export function flakyRate(history: readonly CaseVerdict[]): { flaky: number; runs: number; rate: number | null } {
  const runs = history.filter((verdict) => verdict !== 'SKIPPED').length;
  const flaky = history.filter((verdict) => verdict === 'FLAKY').length;
  return { flaky, runs, rate: runs < FLAKY_RUNS_LEAST ? null : flaky / runs };
}
