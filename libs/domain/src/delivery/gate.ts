import { hasLanded, type ChangeFacts, type ChangeState } from './change.ts';
import type { ReviewState } from './review-state.ts';
import type { Rollup } from './rollup.ts';

/** What a gate lacks, as a code with its facts; the screen has the words. A gate is met if it lacks nothing. */
export type Lacking =
  | { code: 'NO_CHANGE' }
  | { code: 'CHANGE_NOT_MERGED'; change: string; state: ChangeState }
  | { code: 'APPROVALS_MISSING'; change: string; have: number; need: number; stale: number }
  | { code: 'CHANGES_REQUESTED'; change: string; by: readonly string[] }
  | { code: 'REVIEW_ASKED_AGAIN'; change: string; of: readonly string[] }
  | { code: 'NO_CHECKS'; change: string }
  | { code: 'CHECK_FAILED' | 'CHECK_PENDING' | 'CHECK_EXPECTED' | 'CHECK_DID_NOT_RUN'; change: string; name: string }
  | { code: 'METRIC_MISSING'; metric: string; op: AcceptanceOp; value: number }
  | { code: 'METRIC_NOT_MET'; metric: string; op: AcceptanceOp; value: number; is: number };

/** A change that a ticket is linked to. */
export interface LinkedChange {
  id: string;
  facts: Pick<ChangeFacts, 'state' | 'headSha'>;
  /** Heads that can be reached from the target branch. */
  landedShas: readonly string[];
}

/**
 * Whether all work of a ticket has arrived: the last of its changes to be merged opens the gate, not the first. One that was given up
 * does not hold it shut, as long as another arrived.
 */
export function mergedGate(changes: readonly LinkedChange[]): Lacking[] {
  if (changes.length === 0) return [{ code: 'NO_CHANGE' }];
  const missing = changes.filter(({ facts, landedShas }) => !hasLanded(facts, landedShas));
  const open = missing.filter(({ facts }) => facts.state === 'OPEN');
  const held = open.length > 0 ? open : missing.length === changes.length ? missing : [];
  return held.map(({ id, facts }) => ({ code: 'CHANGE_NOT_MERGED', change: id, state: facts.state }));
}

/**
 * Whether a change has `need` approvals of its head and nobody asks for changes. Whether a question that was asked again after an approval
 * holds it shut is for the project to choose.
 */
export function approvalsGate(change: string, review: ReviewState, { need, againBlocks }: { need: number; againBlocks: boolean }): Lacking[] {
  const lacking: Lacking[] = [];
  if (review.changesRequested.length > 0) lacking.push({ code: 'CHANGES_REQUESTED', change, by: review.changesRequested.map(({ id }) => id) });
  const have = review.approvals.length;
  if (have < need) lacking.push({ code: 'APPROVALS_MISSING', change, have, need, stale: review.stale.length });
  const again = review.waiting.filter(({ reason }) => reason === 'ASKED_AGAIN').map(({ key }) => key);
  if (againBlocks && again.length > 0) lacking.push({ code: 'REVIEW_ASKED_AGAIN', change, of: again });
  return lacking;
}

const CODE_OF = {
  FAILED: 'CHECK_FAILED',
  DID_NOT_RUN: 'CHECK_DID_NOT_RUN',
  EXPECTED: 'CHECK_EXPECTED',
  PENDING: 'CHECK_PENDING',
} as const;

/**
 * Whether the checks of a change's head are green. Where it is known which are required, each of those must have passed on this commit;
 * where none is, or it is not known, all must have, and at least one must be there: no checks prove nothing.
 */
export function checksGate(change: string, { required, verdict, failing, pending }: Rollup): Lacking[] {
  if (required && required.length > 0)
    return required.flatMap(({ name, answer }): Lacking[] => (answer === 'PASSED' ? [] : [{ code: CODE_OF[answer], change, name }]));
  if (verdict === 'PASSING') return [];
  const named = [
    ...failing.map((name): Lacking => ({ code: 'CHECK_FAILED', change, name })),
    ...pending.map((name): Lacking => ({ code: 'CHECK_PENDING', change, name })),
  ];
  return named.length > 0 ? named : [{ code: 'NO_CHECKS', change }];
}

export const ACCEPTANCE_OPS = ['<', '<=', '>', '>=', '='] as const;
export type AcceptanceOp = (typeof ACCEPTANCE_OPS)[number];

/** What a metric of a run must be for its ticket to be accepted. */
export interface Acceptance {
  metric: string;
  op: AcceptanceOp;
  value: number;
}

/** Why a line is no acceptance: no comparison, no metric before it, or no number behind it. Lines count from 1. */
export type AcceptanceFault = { line: number; code: 'NO_OPERATOR' | 'NO_METRIC' | 'NO_NUMBER' | 'TOO_LONG' | 'TOO_MANY' };

export const ACCEPTANCE_LINES = 20;
export const ACCEPTANCE_LINE_MAX = 200;

const NUMBER = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$/;
const MEETS: Readonly<Record<AcceptanceOp, (is: number, value: number) => boolean>> = {
  '<': (is, value) => is < value,
  '<=': (is, value) => is <= value,
  '>': (is, value) => is > value,
  '>=': (is, value) => is >= value,
  '=': (is, value) => is === value,
};

/** Reads lines such as `val/accuracy >= 0.92`. Empty lines, and lines that begin with `#`, say nothing. All faults are told at once. */
export function parseAcceptance(text: string): { lines: Acceptance[]; faults: AcceptanceFault[] } {
  const lines: Acceptance[] = [];
  const faults: AcceptanceFault[] = [];
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const said = raw.trim();
    if (said === '' || said.startsWith('#')) continue;
    const read = acceptanceIn(said);
    if (typeof read === 'string') faults.push({ line: index + 1, code: read });
    else if (lines.length >= ACCEPTANCE_LINES) return { lines, faults: [...faults, { line: index + 1, code: 'TOO_MANY' }] };
    else lines.push(read);
  }
  return { lines, faults };
}

function acceptanceIn(said: string): Acceptance | AcceptanceFault['code'] {
  if (said.length > ACCEPTANCE_LINE_MAX) return 'TOO_LONG';
  const at = said.search(/[<>=]/);
  if (at < 0) return 'NO_OPERATOR';
  const op = said.slice(at, at + (said[at + 1] === '=' && said[at] !== '=' ? 2 : 1)) as AcceptanceOp;
  const metric = said.slice(0, at).trim();
  const number = said.slice(at + op.length).trim();
  if (metric === '' || /\s/.test(metric)) return 'NO_METRIC';
  const value = Number(number);
  return NUMBER.test(number) && Number.isFinite(value) ? { metric, op, value } : 'NO_NUMBER';
}

/** What a run lacks of what is to be accepted. A metric that it does not have, or that is no number there, is not met. */
export function acceptanceGate(lines: readonly Acceptance[], metrics: ReadonlyMap<string, number>): Lacking[] {
  return lines.flatMap(({ metric, op, value }): Lacking[] => {
    const is = metrics.get(metric);
    if (is === undefined || Number.isNaN(is)) return [{ code: 'METRIC_MISSING', metric, op, value }];
    return MEETS[op](is, value) ? [] : [{ code: 'METRIC_NOT_MET', metric, op, value, is }];
  });
}
