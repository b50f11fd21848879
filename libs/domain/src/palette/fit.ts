import { normalForm } from '../text.ts';

/** What the palette leads to, in the order of equal fits. Commands and pages are no things: the browser knows them. */
export const THING_KINDS = ['TICKET', 'PROJECT', 'BOARD', 'SPRINT', 'PERSON', 'RUN', 'DATASET', 'RUNNER'] as const;
export type ThingKind = (typeof THING_KINDS)[number];

/** Nobody types more into a palette, and each word costs. */
export const FIND_TEXT_MAX = 200;
export const FIND_WORDS_MAX = 8;

/** How well a text fits what was typed, the best first: it is that, it begins so, its words begin so, it has it somewhere. */
export const FITS = ['EXACT', 'BEGIN', 'WORDS', 'WITHIN'] as const;
export type Fit = (typeof FITS)[number];

/** What was typed, ready to be looked for. */
export interface Typed {
  /** In normal form, with one space between words. Empty: nothing was typed. */
  text: string;
  words: readonly string[];
  /** Where a number was typed, as in `12` or `#12`. */
  number: number | null;
}

/** What a thing is found by. */
export interface FoundBy {
  title: string;
  /** Such as VIS-12, or VIS of a project. */
  key?: string | null;
  number?: number | null;
  /** Further words, such as its name in the other language. */
  words?: string;
}

const NUMBER = /^#?(\d{1,9})$/;

/** @param text as it was typed: full-width letters of an input method, and capitals, are the same words */
export function typedIn(text: string): Typed {
  const words = normalForm(text.slice(0, FIND_TEXT_MAX))
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, FIND_WORDS_MAX);
  const joined = words.join(' ');
  const number = NUMBER.exec(joined)?.[1];
  return { text: joined, words, number: number === undefined ? null : Number(number) };
}

const LETTER = /[\p{L}\p{N}]/u;

/** Whether a word stands at the beginning of one of the text's. Chinese has no spaces: there it is the beginning of what stands together. */
function beginsAWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (at === 0 || !LETTER.test(text.charAt(at - 1))) return true;
  return false;
}

/** How well a thing fits; null: not at all. Every word must be found. */
export function fitOf(typed: Typed, thing: FoundBy): Fit | null {
  const title = normalForm(thing.title);
  const key = normalForm(thing.key ?? '');
  if (typed.text === title || typed.text === key || (typed.number !== null && typed.number === thing.number)) return 'EXACT';
  const all = `${key} ${title} ${normalForm(thing.words ?? '')}`;
  if (!typed.words.every((word) => all.includes(word))) return null;
  if (title.startsWith(typed.text) || key.startsWith(typed.text)) return 'BEGIN';
  return typed.words.every((word) => beginsAWord(all, word)) ? 'WORDS' : 'WITHIN';
}

/** What a thing that the server found is found by. */
export const thingFoundBy = (thing: { kind: ThingKind; title: string; key: string | null; number: number | null; of: string | null }): FoundBy => ({
  title: thing.title,
  key: thing.key,
  number: thing.number,
  words: (thing.kind === 'BOARD' || thing.kind === 'SPRINT' || thing.kind === 'RUNNER') && thing.of !== null ? thing.of : '',
});

/**
 * Those that fit, the best first; equal ones stay in the order they came in.
 * @param otherwise what those are that do not fit by these rules, but were found by somebody else's; left out: they are not among them
 */
export function fitting<Thing>(typed: Typed, things: readonly Thing[], foundBy: (thing: Thing) => FoundBy, otherwise?: Fit): Thing[] {
  const places = things.flatMap((thing) => {
    const fit = fitOf(typed, foundBy(thing)) ?? otherwise;
    return fit === undefined ? [] : [{ thing, place: FITS.indexOf(fit) }];
  });
  return places.toSorted((a, b) => a.place - b.place).map(({ thing }) => thing);
}
