import { isDay } from '@trainyard/domain';
import { DomainError } from './domain-error.ts';

/** Controls, which break PostgreSQL (NUL) or the screen; halves of characters; and what turns round the order of all text behind it. */
const NOT_IN_TEXT = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202D\u202E]/u;
/** In a line of other people's also what embeds text of another direction: left open, it reorders its neighbours on the screen. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB]/u;
const LINE_BREAKS = /[\t\n\r\u2028\u2029]+/g;
/** Comes along when something is pasted from a page, says nothing in one line, and would make two equal names different. */
const UNSEEN = /[\u00AD\u200B\u2060-\u2064\uFEFF]/g;
const SEEN = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/** Text of many lines from outside, such as Markdown: trimmed, 1 to `max` characters (0 where `empty` allows). */
export function text(field: string, value: string, max: number, options: { empty?: boolean; trim?: boolean } = {}): string {
  return checked(field, options.trim === false ? value : value.trim(), max, NOT_IN_TEXT, options.empty);
}

/** A name or title from outside: in one line, trimmed, 1 to `max` characters, of which at least one can be seen. */
export function line(field: string, value: string, max: number): string {
  const clean = value.replace(LINE_BREAKS, ' ').replace(UNSEEN, '').trim();
  return checked(field, SEEN.test(clean) ? clean : '', max, NOT_IN_NAMES);
}

function checked(field: string, clean: string, max: number, refused: RegExp, empty = false): string {
  if (clean === '' && !empty) throw new DomainError('BAD_INPUT', { field, reason: 'EMPTY' });
  if (clean.length > max) throw new DomainError('BAD_INPUT', { field, reason: 'TOO_LONG', max });
  const point = refused.exec(clean)?.[0].codePointAt(0);
  if (point !== undefined)
    throw new DomainError('BAD_INPUT', { field, reason: 'CONTROL_CHARACTER', character: `U+${point.toString(16).toUpperCase().padStart(4, '0')}` });
  return clean;
}

const EMAIL = /^[^\s@<>()",;:]+@[^\s@<>()",;:]+\.[^\s@<>()",;:]{2,}$/;

/** Letters of the longest address there is. */
export const EMAIL_MAX = 254;

export function email(field: string, value: string): string {
  const clean = line(field, value, EMAIL_MAX).toLowerCase();
  if (!EMAIL.test(clean)) throw new DomainError('BAD_INPUT', { field, reason: 'NOT_AN_EMAIL' });
  return clean;
}

/** An ISO day that exists, such as 2026-02-28, of the years that can be reckoned with. */
export function day(field: string, value: string): string {
  if (!isDay(value)) throw new DomainError('BAD_INPUT', { field, reason: 'NOT_A_DAY' });
  return value;
}

/** A parameter of an address, null where it is not given. Given twice, it comes as a list. */
export function once(field: string, value: unknown): string | null {
  if (value !== undefined && typeof value !== 'string') throw new DomainError('BAD_INPUT', { field, reason: 'GIVEN_TWICE' });
  return value ?? null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isId = (value: string): boolean => UUID.test(value);
