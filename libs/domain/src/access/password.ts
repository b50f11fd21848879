import { refuse, type Result } from '../result.ts';
import { normalForm } from '../text.ts';
import { isCommonPassword } from './common-passwords.ts';

export const PASSWORD_MIN = 10;
/** argon2id reads all of it; the bound keeps a request from costing seconds. */
export const PASSWORD_MAX = 200;
/** Words that everybody can guess here. */
const OF_THIS_PLACE = ['trainyard'];
/** A part of a name that is shorter stands in too many words by chance. Two characters are a whole name in Chinese. */
const PART_MIN = 4;
const IDEOGRAPHIC_PART_MIN = 2;
const IDEOGRAPH = /\p{Script=Han}/u;

/**
 * Length is what counts (NIST SP 800-63B), and that nobody guesses it: what is left of a password without the person's own
 * names and the name of this place must be long enough by itself, and none of the commonest passwords.
 */
export function checkPassword(password: string, about: { email: string; name: string }): Result {
  const weak = (reason: string): Result => refuse('PASSWORD_TOO_WEAK', { reason, min: PASSWORD_MIN, max: PASSWORD_MAX });
  if ([...password].length < PASSWORD_MIN) return weak('SHORT');
  if ([...password].length > PASSWORD_MAX) return weak('LONG');
  if (new Set(password).size < 4) return weak('REPEATED');
  const typed = normalForm(password);
  if (isCommonPassword(typed)) return weak('COMMON');
  if (!isEnoughWithout(typed, ownWords(about))) return weak('OWN_NAME');
  if (!isEnoughWithout(typed, OF_THIS_PLACE)) return weak('PLACE_NAME');
  return { ok: true };
}

/** Name and address, whole and in parts. */
function ownWords({ email, name }: { email: string; name: string }): string[] {
  const whole = [email, email.replace(/@.*/, ''), name, name.replace(/\s/g, '')];
  // Without the last part of an address: it is the same for millions.
  const parts = [...email.split(/[@.]/).slice(0, -1), ...name.split(/[^\p{L}\p{N}]/u)];
  return [...whole, ...parts].map(normalForm).filter((word) => [...word].length >= (IDEOGRAPH.test(word) ? IDEOGRAPHIC_PART_MIN : PART_MIN));
}

function isEnoughWithout(typed: string, words: readonly string[]): boolean {
  // The longest first: the whole name before its parts.
  const rest = words.toSorted((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, ''), typed);
  return rest === typed || ([...rest].length >= PASSWORD_MIN && !isCommonPassword(rest));
}
