import { compareTexts } from '../text.ts';
import { CHECK_OUTCOMES, newestOf, checkOutcome, type CheckOutcome, type CheckRow } from './check.ts';
import { isOwnContext } from './posted-status.ts';

/** What the checks of a commit come to. NONE is not a pass: nothing has looked at the commit. */
export const CHECK_VERDICTS = ['FAILING', 'PENDING', 'PASSING', 'NONE'] as const;
export type CheckVerdict = (typeof CHECK_VERDICTS)[number];

/** A check that the target branch requires, by its name or context. */
export interface RequiredCheck {
  name: string;
  /** The app that it must come from; null where any may. */
  app: string | null;
}

/**
 * What a required check says: EXPECTED where there is none on this commit, DID_NOT_RUN where it was skipped because another job of its run
 * failed. The host lets the latter pass, and we do not.
 */
export const REQUIRED_ANSWERS = ['FAILED', 'DID_NOT_RUN', 'EXPECTED', 'PENDING', 'PASSED'] as const;
export type RequiredAnswer = (typeof REQUIRED_ANSWERS)[number];

export interface RequiredState extends RequiredCheck {
  answer: RequiredAnswer;
}

/** The checks of one commit, as a card and a gate read them. */
export interface Rollup {
  verdict: CheckVerdict;
  /** How many checks came to what. EXPECTED ones are in none of these. */
  counts: Readonly<Record<CheckOutcome, number>>;
  /** The newest run of each check: failing ones first, then by name. */
  rows: readonly CheckRow[];
  /** Names of those that fail, and of those that are not done, each once. */
  failing: readonly string[];
  pending: readonly string[];
  /** Those that are required, the worst first; null where it is not known which are, which is not the same as none. */
  required: readonly RequiredState[] | null;
  /** `passed` of `total`, of the required checks and of all others; the former is null where it is not known which are required. */
  requiredCount: Readonly<{ passed: number; total: number }> | null;
  optionalCount: Readonly<{ passed: number; total: number }>;
}

const isPass = (outcome: CheckOutcome) => outcome !== 'FAIL' && outcome !== 'PENDING';

/**
 * Rolls up the checks of one commit (`rowsOfChange`): any that fails, else any that is pending or expected, else any that passes, else none.
 * What we post ourselves is left out. `names` tells whether a check has the name of a required one: on some hosts that is a pattern.
 */
export function rollup(
  allRows: readonly CheckRow[],
  allRequired: readonly RequiredCheck[] | null,
  names: (required: string, name: string) => boolean = (one, other) => one === other,
): Rollup {
  const rows = allRows.filter(({ name }) => !isOwnContext(name));
  const required = allRequired?.filter(({ name }) => !isOwnContext(name)) ?? null;
  const newest = newestOf(rows).sort((one, other) => rankOf(one) - rankOf(other) || compareTexts(one.name, other.name));
  const counts: Record<CheckOutcome, number> = { FAIL: 0, PENDING: 0, WARNING: 0, SKIPPED: 0, NEUTRAL: 0, PASS: 0 };
  for (const row of newest) counts[checkOutcome(row)] += 1;

  const fits = (check: RequiredCheck, row: CheckRow) => names(check.name, row.name) && (check.app === null || check.app === row.app);
  const states = required
    ?.map((check) => ({
      ...check,
      answer: answerOf(
        newest.filter((row) => fits(check, row)),
        rows,
      ),
    }))
    .sort((one, other) => REQUIRED_ANSWERS.indexOf(one.answer) - REQUIRED_ANSWERS.indexOf(other.answer) || compareTexts(one.name, other.name));
  const optional = newest.filter((row) => !required?.some((check) => fits(check, row)));

  const isExpecting = states?.some(({ answer }) => answer === 'EXPECTED') ?? false;
  return {
    verdict: counts.FAIL > 0 ? 'FAILING' : counts.PENDING > 0 || isExpecting ? 'PENDING' : newest.length > 0 ? 'PASSING' : 'NONE',
    counts,
    rows: newest,
    failing: namesOf(newest, 'FAIL'),
    pending: namesOf(newest, 'PENDING'),
    required: states ?? null,
    requiredCount: states ? { passed: states.filter(({ answer }) => answer === 'PASSED').length, total: states.length } : null,
    optionalCount: { passed: optional.filter((row) => isPass(checkOutcome(row))).length, total: optional.length },
  };
}

const namesOf = (rows: readonly CheckRow[], outcome: CheckOutcome) => [...new Set(rows.filter((row) => checkOutcome(row) === outcome).map(({ name }) => name))];
const rankOf = (row: CheckRow) => CHECK_OUTCOMES.indexOf(checkOutcome(row));

/** The worst of all that have the name: a check and a status of one name are both required, and so are two workflows' jobs. */
function answerOf(own: readonly CheckRow[], all: readonly CheckRow[]): RequiredAnswer {
  if (own.length === 0) return 'EXPECTED';
  if (own.some((row) => checkOutcome(row) === 'FAIL')) return 'FAILED';
  if (own.some((row) => didNotRun(row, all))) return 'DID_NOT_RUN';
  return own.every((row) => isPass(checkOutcome(row))) ? 'PASSED' : 'PENDING';
}

/** Skipped while a job of the same attempt of the same run failed. That one may have been run again by itself since: the skipped one still did not run. */
function didNotRun(row: CheckRow, all: readonly CheckRow[]): boolean {
  return (
    checkOutcome(row) === 'SKIPPED' &&
    row.runId !== null &&
    all.some((other) => other.runId === row.runId && other.attempt === row.attempt && checkOutcome(other) === 'FAIL')
  );
}
