/** A change of a table that changes nothing, and why: it is not tried. */
export interface Equivalent {
  file: string;
  what: RegExp;
  why: string;
}

const CAN = 'libs/domain/src/access/can.ts';

export const EQUIVALENT: readonly Equivalent[] = [
  { file: CAN, what: /^ORGANISATION\.(organisation|runner)\.read\.team: LEAD is added$/, why: 'every organisation role has the right already' },
  { file: CAN, what: /^PROJECT\.project\.read\.open: (OWNER|ADMIN) is left out$/, why: '`org` gives it to owners and administrators already' },
  { file: CAN, what: /^PROJECT\.(?!comment\.edit).+\.open: (OWNER|ADMIN) is added$/, why: '`org` gives it to owners and administrators already' },
  { file: CAN, what: /^PROJECT\.comment\.edit\.scope is READ$/, why: 'whoever edits a comment must have the right to write one too, which needs WRITE' },
  {
    file: CAN,
    what: /^PROJECT\.(comment\.(edit|delete)|attachment\.delete|run\.cancel|data\.manage|view\.manage)\.own is (comment\.write|attachment\.write|run\.queue|view\.share)$/,
    why: 'the same people may write comments, attach files, queue runs and share views',
  },
];

export const isEquivalent = (file: string, what: string): boolean => EQUIVALENT.some((one) => one.file === file && one.what.test(what));
