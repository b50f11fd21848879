/** A change of a table that changes nothing, and why: it is not tried. */
export interface Equivalent {
  file: string;
  what: RegExp;
  why: string;
}

/** Of the rights of these nouns. */
const rights = (nouns: readonly string[], what: RegExp, why: string): Equivalent[] =>
  nouns.map((noun) => ({ file: `libs/domain/src/access/rights/${noun}.ts`, what, why }));
const BY_ORG = '`org` gives it to owners and administrators already';

export const EQUIVALENT: readonly Equivalent[] = [
  ...rights(['organisation', 'runner'], /^ORGANISATION\.(organisation|runner)\.read\.team: LEAD is added$/, 'every organisation role has the right already'),
  ...rights(['project'], /^PROJECT\.project\.read\.open: (OWNER|ADMIN) is left out$/, BY_ORG),
  ...rights(
    ['project', 'board', 'ticket', 'comment', 'attachment', 'run', 'dataset', 'view', 'webhook', 'sprint'],
    /^PROJECT\.(?!comment\.edit|retro\.own).+\.open: (OWNER|ADMIN) is added$/,
    BY_ORG,
  ),
  ...rights(['sprint'], /^PROJECT\.retro\.own\.scope is READ$/, 'whoever changes a note must have the right to write one too, which needs WRITE'),
  ...rights(['comment'], /^PROJECT\.comment\.edit\.scope is READ$/, 'whoever edits a comment must have the right to write one too, which needs WRITE'),
  ...rights(
    ['comment', 'attachment', 'run', 'dataset', 'view'],
    /^PROJECT\.(comment\.(edit|delete)|attachment\.delete|run\.cancel|data\.manage|view\.manage)\.own is (comment\.write|attachment\.write|run\.queue|view\.share)$/,
    'the same people may write comments, attach files, queue runs and share views',
  ),
];

export const isEquivalent = (file: string, what: string): boolean => EQUIVALENT.some((one) => one.file === file && one.what.test(what));
