import { PROJECT_KEY_PATTERN } from '../project/project.ts';

/** Where a text comes from. People write branches in lower case; in other texts only capitals mean a key. */
export const KEY_PLACES = ['BRANCH', 'TEXT'] as const;
export type KeyPlace = (typeof KEY_PLACES)[number];

/** What looks like the key of a ticket. Whether it is one, only the projects and tickets that exist can tell. */
export interface KeyCandidate {
  projectKey: string;
  number: number;
  /** Whether the text says that the ticket is done with it: `fixes ABC-1`. A branch never says so. */
  closes: boolean;
  /** Where it begins in the text, and how many code units it takes. */
  at: number;
  length: number;
}

const KEY_MAX = 10;
const DIGITS_MAX = 9;

/** Where an address may end: blanks, quotes, angle brackets, and signs that only Chinese or Japanese text has. */
const TOKENS = /[^\s<>"`\p{Script=Han}\u3000-\u303f\uff00-\uffef]+/gu;
const WORDS = /[A-Za-z0-9]+/g;
/** A merge queue's own branch names the number of a change: `pr-104` is no ticket. */
const QUEUE_BRANCH = /^(?:refs\/heads\/)?gh-readonly-queue\//;
const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** Scripts that put no blank between words: `修复ABC-1的问题`. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * Everything in a text that looks like the key of a ticket, in its order. Addresses are left out, as are parts of longer words and of
 * numbers with a decimal point. One pass: the time grows with the length alone, whatever the text is.
 */
export function keysIn(text: string, place: KeyPlace): KeyCandidate[] {
  const found: KeyCandidate[] = [];
  if (place === 'BRANCH' && QUEUE_BRANCH.test(text)) return found;
  const isMasked = place === 'TEXT' ? maskOf(text) : () => false;
  let before: { word: string; at: number } | null = null;
  for (const { 0: word, index: at } of text.matchAll(WORDS)) {
    const key = before;
    before = { word, at };
    if (!key || text[at - 1] !== '-' || key.at + key.word.length !== at - 1) continue;
    if (key.word.length > KEY_MAX || word.length > DIGITS_MAX || !/^[1-9][0-9]*$/.test(word)) continue;
    const projectKey = place === 'BRANCH' ? key.word.toUpperCase() : key.word;
    if (!PROJECT_KEY_PATTERN.test(projectKey)) continue;
    if (isMasked(key.at) || !beginsWord(text, key.at, place) || !endsWord(text, at + word.length)) continue;
    const last = found.at(-1);
    const closes = place === 'TEXT' && (closesAt(text, key.at) || (last !== undefined && last.closes && LIST.test(between(text, last, key.at))));
    found.push({ projectKey, number: Number(word), closes, at: key.at, length: at + word.length - key.at });
  }
  return found;
}

/**
 * Those candidates that are keys of tickets, each ticket once, in the order of the text. Where two overlap, the longer one is meant.
 * A ticket that the text names twice is closed if the text says so once.
 */
export function longestExisting(candidates: readonly KeyCandidate[], exists: (candidate: KeyCandidate) => boolean): KeyCandidate[] {
  const longest = candidates.filter(exists).sort((one, other) => other.length - one.length || one.at - other.at);
  const taken: KeyCandidate[] = [];
  const ends = new Map<number, KeyCandidate>();
  for (const one of longest) {
    const places = Array.from({ length: one.length }, (_, index) => one.at + index);
    if (places.some((spot) => ends.has(spot))) continue;
    for (const spot of places) ends.set(spot, one);
    taken.push(one);
  }
  const byKey = new Map<string, KeyCandidate>();
  for (const one of taken.sort((first, second) => first.at - second.at)) {
    const key = `${one.projectKey}-${one.number}`;
    const known = byKey.get(key);
    byKey.set(key, known ? { ...known, closes: known.closes || one.closes } : one);
  }
  return [...byKey.values()];
}

const SCHEME = /[A-Za-z][A-Za-z0-9+.-]{0,31}:\/\//;
const HOST_FIRST = /^[([{'*_~]*(?:www\.|[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}(?::[0-9]{1,5})?\/)/;
const UUID = /[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/g;

/** Whether a place lies in an address or a UUID. It is asked in rising order only, so that a second pass is enough. */
function maskOf(text: string): (at: number) => boolean {
  const spans: [from: number, to: number][] = [];
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    const from = addressIn(token);
    if (from !== null) spans.push([index + from, index + token.length]);
  }
  for (const { 0: uuid, index } of text.matchAll(UUID)) spans.push([index, index + uuid.length]);
  spans.sort(([one], [other]) => one - other);
  let next = 0;
  return (at) => {
    while (next < spans.length && spans[next]![1] <= at) next += 1;
    return next < spans.length && spans[next]![0] <= at;
  };
}

/**
 * Where an address begins in a text without blanks; it goes on to the end of it. A URL, a host with a path, an e-mail address, `git@host:path`,
 * and an account or team that is called by `@`.
 */
function addressIn(token: string): number | null {
  if (HOST_FIRST.test(token)) return 0;
  const scheme = token.indexOf('://') < 0 ? -1 : token.search(SCHEME);
  const sign = token.indexOf('@');
  if (sign < 0) return scheme < 0 ? null : scheme;
  let from = sign;
  while (from > 0 && /[A-Za-z0-9._%+-]/.test(token[from - 1]!)) from -= 1;
  return scheme < 0 ? from : Math.min(scheme, from);
}

/**
 * Whether a word begins here. `branchname_ABC-1` names a ticket, while `JSP_JIR-1` is the key of a project that we cannot have: what stands
 * before an underscore is a name only where it is not all capitals. `_ABC-1_` is emphasis.
 */
function beginsWord(text: string, at: number, place: KeyPlace): boolean {
  let before = at - 1;
  if (text[before] !== '_') return !isLetter(before < 0 ? '' : codePointBefore(text, at));
  while (text[before] === '_') before -= 1;
  if (before < 0 || !isLetter(codePointBefore(text, before + 1))) return true;
  if (place === 'TEXT') return false;
  let from = before + 1;
  while (from > 0 && /[A-Za-z0-9]/.test(text[from - 1]!)) from -= 1;
  return !/^[A-Z0-9]*[A-Z][A-Z0-9]*$/.test(text.slice(from, before + 1));
}

/** Whether a number ends here. `node-18.2` is a version, and `GPU-90%` a share; `ABC-12.` ends a sentence. */
function endsWord(text: string, at: number): boolean {
  const next = text.codePointAt(at);
  if (next === undefined) return true;
  const sign = String.fromCodePoint(next);
  if (sign === '%') return false;
  if (sign === '.') return !/[0-9]/.test(text[at + 1] ?? '');
  return !isLetter(sign);
}

const isLetter = (sign: string) => LETTER.test(sign) && !UNSPACED.test(sign);

function codePointBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && at >= 2 ? text.slice(at - 2, at) : text.slice(at - 1, at);
}

const CLOSING = /(?:^|[^\p{L}\p{N}_-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)(?:\s{0,3}[:：]\s{0,3}|\s{1,3})[[("'`*#]{0,3}$/iu;
const CLOSING_ZH = /(?:关闭|修复|解决)了?\s{0,3}[:：]?\s{0,3}[[（(【“"'`*#]{0,3}$/u;
/** `does not fix ABC-1` and `未修复 ABC-1` say the opposite, `partly fixes` says less. */
const NEGATED =
  /(?:\b(?:not|never|cannot|without|partly|partially|[a-z]{2,6}n['’]t)\s{1,3}(?:(?:yet|be|fully|completely|quite)\s{1,3})?[a-z]{3,8}|(?:未|没|没有|不|无法|部分|尚未|暂不|不能)(?:关闭|修复|解决)了?)\W{0,8}$/iu;
const LIST = /^["'`*\])）】”]{0,3}(?:\s{0,3}[,，、;；&+]\s{0,3}(?:and\s{1,3}|和|及)?|\s{1,3}and\s{1,3}|\s{0,3}(?:和|及|与|以及)\s{0,3})[[("'`*#（【“]{0,3}$/iu;

function closesAt(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 48), at);
  return (CLOSING.test(before) || CLOSING_ZH.test(before)) && !NEGATED.test(before);
}

function between(text: string, last: KeyCandidate, at: number): string {
  const from = last.at + last.length;
  return at - from > 24 ? ' ' : text.slice(from, at);
}
