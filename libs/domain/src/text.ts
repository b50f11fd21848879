const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The form in which two texts are the same name, address or word: compatibility forms, case and invisible characters make no
 * difference (Unicode's NFKC with case folding; `ı` counts as `i`, because it looks like one).
 *
 * Case is folded here and nowhere else. Two programs fold it differently (JavaScript makes two characters of `İ`, PostgreSQL
 * one, and under another locale none), so a check that folds on both sides can be passed by what the two disagree on. What is
 * compared in the database is stored in this form (`email_key`, `name_key`), computed by this function.
 */
export function normalForm(text: string): string {
  // Twice: folding some characters gives others that fold further.
  return folded(folded(text)).trim();
}

/** Character by character: JavaScript's own lower case looks at the neighbours of a sigma. */
function folded(text: string): string {
  return Array.from(text.normalize('NFKC').replace(UNSEEN, ''), (character) => character.toUpperCase().toLowerCase())
    .join('')
    .normalize('NFKC');
}

const NOT_ASCII = /[^\x00-\x7f]/;
/** What is typed full-width: `！` to `～`, in the order of ASCII. */
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
/** Minus signs that are no hyphen, and apostrophes that are typeset. */
const MINUS = /[\u2212\u2012\u2013\uFE63]/g;
const APOSTROPHE = /[\u2019\u02BC]/g;

/** Zeros of Arabic-Indic, Persian, Devanagari, Bengali and Thai digits: the other nine follow each. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50] as const;
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g;

/**
 * A typed number's text in ASCII: half-width, of our digits, with a hyphen for a minus and a space for every blank. Superscripts stay what they are:
 * `12²` is twelve with a footnote, where NFKC would make 122 of it.
 */
export function plainText(text: string): string {
  if (!NOT_ASCII.test(text)) return text.trim();
  const half = text.replace(FULL_WIDTH, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0));
  const digits = half.replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) - ZEROS.findLast((zero) => zero <= digit.charCodeAt(0))!));
  return digits.replace(MINUS, '-').replace(APOSTROPHE, "'").replace(/\s/g, ' ').trim();
}

/** Orders texts by code units: alike on every machine, which an order by language is not. PostgreSQL: COLLATE "C", for what is ASCII. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
