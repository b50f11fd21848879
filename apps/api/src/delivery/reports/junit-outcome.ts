import type { CaseVerdict } from '@trainyard/domain';
import type { Attributes } from './xml.ts';

const BADNESS: Record<CaseVerdict, number> = { SKIPPED: 0, PASSED: 1, FLAKY: 2, FAILED: 3, ERRORED: 4 };

export const isWorse = (one: CaseVerdict, other: CaseVerdict): boolean => BADNESS[one] > BADNESS[other];

/** What an element within a case says of it. Surefire's rerun* stand beside the failure of all attempts, flaky* where the last one passed. */
export const RESULT_ELEMENTS: Readonly<Record<string, CaseVerdict>> = {
  error: 'ERRORED',
  failure: 'FAILED',
  skipped: 'SKIPPED',
  skip: 'SKIPPED',
  ignored: 'SKIPPED',
  flakyFailure: 'FLAKY',
  flakyError: 'FLAKY',
  rerunFailure: 'FLAKY',
  rerunError: 'FLAKY',
};

/** GoogleTest, CTest and others say in an attribute alone that a case was not run. */
const STATUSES: Readonly<Record<string, CaseVerdict>> = {
  ...of('SKIPPED', ['skipped', 'skip', 'ignored', 'disabled', 'notrun', 'not run', 'suppressed', 'pending']),
  ...of('FAILED', ['failed', 'fail', 'failure', 'broken']),
  ...of('ERRORED', ['error', 'errored']),
};

function of(outcome: CaseVerdict, words: readonly string[]): Record<string, CaseVerdict> {
  return Object.fromEntries(words.map((word) => [word, outcome]));
}

/** What the attributes of a case say, where no element within it says more. */
export function statusOf({ status, result }: Attributes): CaseVerdict | null {
  for (const word of [result, status]) {
    const known = word?.toLowerCase();
    if (known !== undefined && Object.hasOwn(STATUSES, known)) return STATUSES[known] ?? null;
  }
  return null;
}

/** Longer than this no case lasts: it is a point in time, or milliseconds of years. */
const MOST_SECONDS = 366 * 86_400;

/** Seconds of an attribute; undefined where it says none, null where what it says is none: below zero, `1,234`, `12ms`. */
export function secondsOf(text: string | undefined): number | null | undefined {
  const word = text?.trim() ?? '';
  if (word === '') return undefined;
  // "2,120.5" groups thousands; "0,12" and "3,5" have a decimal comma; "1,234" may be either.
  const plain = /^\d{1,3}(,\d{3})+\.\d+$/.test(word) ? word.replaceAll(',', '') : /^(0,\d+|\d+,(\d{1,2}|\d{4,}))$/.test(word) ? word.replace(',', '.') : word;
  if (!/^\d*\.?\d+(e[-+]?\d+)?$|^\d+\.$/i.test(plain)) return null;
  const seconds = Number(plain);
  return seconds <= MOST_SECONDS ? seconds : null;
}
