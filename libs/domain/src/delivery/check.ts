import { compareTexts } from '../text.ts';
import { canonical, compareIds } from './host.ts';

/** What says something of a commit: a check run or job of a workflow, a status that somebody posts under a context, a job of a GitLab pipeline. */
export const CHECK_SOURCES = ['CHECK_RUN', 'STATUS', 'JOB'] as const;
export type CheckSource = (typeof CHECK_SOURCES)[number];

/** How far one run of a check is. It only rises. */
export const CHECK_STATES = ['QUEUED', 'IN_PROGRESS', 'COMPLETED'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** What a check comes to, the worst first. SKIPPED, NEUTRAL and WARNING let a change pass, and are shown apart from a success. */
export const CHECK_OUTCOMES = ['FAIL', 'PENDING', 'WARNING', 'SKIPPED', 'NEUTRAL', 'PASS'] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

/** One run of a check on one commit. Times are seconds since 1970. */
export interface CheckRow {
  source: CheckSource;
  /** Of the host's app that runs it; null where the host does not say it, as of statuses. */
  app: string | null;
  /** The workflow, and the event that started it; null for what comes from no workflow. */
  workflow: string | null;
  event: string | null;
  /** The name, or the context of a status. */
  name: string;
  /** The host's numeric id, as text. Each run has another, and a later one a higher one. */
  id: string;
  /** Rises where the host runs again under the same id; from 1. */
  attempt: number;
  /** The run of the workflow that it is a part of, where there is one. */
  runId: string | null;
  sha: string;
  state: CheckState;
  /** The host's word in capitals, such as SUCCESS or TIMED_OUT; null until there is one. */
  conclusion: string | null;
  startedAt: number | null;
  completedAt: number | null;
}

/**
 * What each word of a host comes to. A word that is not here is PENDING and never a pass: hosts add words.
 * STALE is a conclusion that GitHub gives to a check that nobody finished. STARTUP_FAILURE fails, though GitHub's own tool waits for it.
 */
const OUTCOME_OF: Readonly<Record<string, CheckOutcome>> = {
  SUCCESS: 'PASS',
  NEUTRAL: 'NEUTRAL',
  SKIPPED: 'SKIPPED',
  WARNING: 'WARNING',
  ERROR: 'FAIL',
  FAILURE: 'FAIL',
  CANCELLED: 'FAIL',
  TIMED_OUT: 'FAIL',
  ACTION_REQUIRED: 'FAIL',
  STARTUP_FAILURE: 'FAIL',
};

/** State and conclusion from the two words of a host: GitHub writes "no conclusion yet" as null, as nothing, and as an empty text. */
export function checkWords(status: string | null, conclusion: string | null | undefined): Pick<CheckRow, 'state' | 'conclusion'> {
  const word = conclusion ? conclusion.toUpperCase() : null;
  const said = status?.toUpperCase();
  if (word !== null || said === 'COMPLETED') return { state: 'COMPLETED', conclusion: word };
  return { state: said === 'IN_PROGRESS' || said === 'RUNNING' ? 'IN_PROGRESS' : 'QUEUED', conclusion: null };
}

/** State and conclusion from the one word of a status (`pending`, `success`, ...). */
export function statusWords(word: string): Pick<CheckRow, 'state' | 'conclusion'> {
  return word.toUpperCase() === 'PENDING' ? { state: 'QUEUED', conclusion: null } : { state: 'COMPLETED', conclusion: word.toUpperCase() };
}

export function checkOutcome({ state, conclusion }: Pick<CheckRow, 'state' | 'conclusion'>): CheckOutcome {
  return (state === 'COMPLETED' && conclusion !== null && Object.hasOwn(OUTCOME_OF, conclusion) && OUTCOME_OF[conclusion]) || 'PENDING';
}

/** What makes two runs the same check. A status has only its context; a status and a check run of one name are two checks. */
export function checkKey({ source, app, workflow, event, name }: Pick<CheckRow, 'source' | 'app' | 'workflow' | 'event' | 'name'>): string {
  return JSON.stringify(source === 'STATUS' ? [source, name] : [source, app, workflow, event, name]);
}

/**
 * What is known of a check after one more observation: the greater one by a total order, so that order, doubling and loss of observations
 * do not matter.
 *
 * Between runs the higher id decides, and within one id the attempt: times say when a run ended, and an old one may end last. Within one
 * attempt the state only rises; no clock is asked, since queued and completed often carry the same second. Of two ends the later one
 * holds, and of those the worse.
 */
export function joinCheck(known: CheckRow | null, seen: CheckRow): CheckRow {
  return known !== null && compareChecks(known, seen) >= 0 ? known : seen;
}

export function compareChecks(one: CheckRow, other: CheckRow): number {
  return (
    compareIds(one.id, other.id) ||
    one.attempt - other.attempt ||
    CHECK_STATES.indexOf(one.state) - CHECK_STATES.indexOf(other.state) ||
    (one.completedAt ?? -1) - (other.completedAt ?? -1) ||
    CHECK_OUTCOMES.indexOf(checkOutcome(other)) - CHECK_OUTCOMES.indexOf(checkOutcome(one)) ||
    compareTexts(canonical(one), canonical(other))
  );
}

/** Of each check its newest run, by name. Runs that were superseded say nothing any more. */
export function newestOf(rows: readonly CheckRow[]): CheckRow[] {
  const newest = new Map<string, CheckRow>();
  for (const row of rows) newest.set(checkKey(row), joinCheck(newest.get(checkKey(row)) ?? null, row));
  return [...newest.values()].sort((one, other) => compareTexts(one.name, other.name) || compareTexts(checkKey(one), checkKey(other)));
}

/** Events whose runs are made of the target branch: they carry its commit, and say nothing of the change. */
const BASE_EVENTS: readonly (string | null)[] = ['pull_request_target', 'workflow_run'];

/**
 * The rows that speak of a change: those of the commit that the host builds to try the merge where there are some, else those of its head.
 * A late result of an earlier head never does.
 */
export function rowsOfChange(rows: readonly CheckRow[], change: { headSha: string; baseSha: string | null; testMergeSha: string | null }): CheckRow[] {
  const own = rows.filter(({ sha, event }) => !(sha === change.baseSha && BASE_EVENTS.includes(event)));
  const tried = own.filter(({ sha }) => sha === change.testMergeSha);
  return tried.length > 0 ? tried : own.filter(({ sha }) => sha === change.headSha);
}
