import type { FieldSpec } from './fields.ts';
import { AGO_HOURS, wordsOf, type AgoUnit, type Bound, type Moment, type QueryProblem, type Value } from './query.ts';
import { nearest } from './nearest.ts';
import { isDay } from '../time/days.ts';
import type { Piece } from './tokens.ts';

export type Problem = { problem: QueryProblem; params: Record<string, string | number> };
export const isProblem = (found: Value | Problem): found is Problem => 'problem' in found;

const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z$/;
const AGO = /^-(\d{1,4})([hdw])$/;
const FROM_TODAY = /^([+-])(\d{1,4})([dw])$/;
const COMPARED = /^(>=|<=|>|<)(.*)$/s;

/** What one piece of a value says for a field. */
export function valueOf(spec: FieldSpec, piece: Piece): Value | Problem {
  const { text, quoted } = piece;
  if (!quoted && spec.none && text.toLowerCase() === 'none') return { is: 'NONE' };
  switch (spec.type) {
    case 'WORD':
    case 'FLAG':
      return wordOf(spec, text);
    case 'NUMBER':
      return rangeOf(text, numberIn, 'NUMBERS', { problem: 'NOT_A_NUMBER', params: { example: '3, >=3, 1..5' } });
    case 'TIME':
      return rangeOf(text, momentIn, 'TIMES', { problem: 'NOT_A_TIME', params: { example: '2026-11-01, >=2026-11-01, -7d, today' } });
    case 'DAY':
      return rangeOf(text, dayIn, 'TIMES', { problem: 'NOT_A_DAY', params: { example: '2026-11-01, <today, +7d, today..2026-11-30' } });
    case 'PERSON':
      if (!quoted && text.toLowerCase() === 'me') return { is: 'ME' };
      return nameOf(piece);
    case 'NAME':
    case 'TEXT':
      return nameOf(piece);
    case 'VALUE': {
      if (quoted) return { is: 'TEXT', text };
      const numbers = rangeOf(text, numberIn, 'NUMBERS', { problem: 'NOT_A_NUMBER', params: {} });
      if (!isProblem(numbers) || numbers.problem === 'BACKWARDS') return numbers;
      return nameOf(piece);
    }
  }
}

function nameOf({ text, quoted }: Piece): Value | Problem {
  if (!quoted && COMPARED.test(text)) return { problem: 'NO_RANGE', params: { suggestion: text.replace(/^[<>=]+/, '') } };
  return { is: 'TEXT', text };
}

function wordOf(spec: FieldSpec, text: string): Value | Problem {
  const word = text.toUpperCase().replaceAll('-', '_');
  if (spec.words?.includes(word)) return { is: 'WORD', word };
  const allowed = [...wordsOf(spec), ...(spec.none ? ['none'] : [])];
  const suggestion = nearest(text.toLowerCase(), allowed);
  return { problem: 'UNKNOWN_WORD', params: { allowed: allowed.join(', '), ...(suggestion !== null && { suggestion }) } };
}

function numberIn(text: string): number | null {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  // -0 is written like 0.
  return Number.isFinite(number) ? number + 0 : null;
}

function momentIn(text: string): Moment | null {
  const lower = text.toLowerCase();
  if (lower === 'today') return { at: 'TODAY' };
  if (lower === 'yesterday') return { at: 'YESTERDAY' };
  const ago = AGO.exec(lower);
  if (ago) return { at: 'AGO', amount: Number(ago[1]), unit: ago[2] as AgoUnit };
  if (isDay(text)) return { at: 'DAY', day: text };
  if (!INSTANT.test(text) || !isDay(text.slice(0, 10))) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : { at: 'INSTANT', instant: new Date(time).toISOString() };
}

/** A day of a calendar: it may lie ahead, and is no instant. */
function dayIn(text: string): Moment | null {
  const lower = text.toLowerCase();
  if (lower === 'today') return { at: 'TODAY' };
  if (lower === 'yesterday') return { at: 'YESTERDAY' };
  if (lower === 'tomorrow') return { at: 'TOMORROW' };
  const [, sign, amount, unit] = FROM_TODAY.exec(lower) ?? [];
  if (sign) return { at: sign === '-' ? 'AGO' : 'AHEAD', amount: Number(amount), unit: unit as AgoUnit };
  return isDay(text) ? { at: 'DAY', day: text } : null;
}

const TODAY: Moment = { at: 'TODAY' };

type Ranges = { NUMBERS: number; TIMES: Moment };

/** `3`, `>3`, `>=3`, `<3`, `<=3`, `1..5`, `1..`, `..5`. How long ago, alone, is since then; of days, until today, and so many ahead from today on. */
function rangeOf<K extends keyof Ranges>(text: string, read: (text: string) => Ranges[K] | null, is: K, wrong: Problem): Value | Problem {
  const range = (from: Bound<Ranges[K]> | null, to: Bound<Ranges[K]> | null): Value => ({ is, from, to }) as Value;
  const bound = (value: Ranges[K], open: boolean): Bound<Ranges[K]> => ({ value, open });
  const compared = COMPARED.exec(text);
  if (compared) {
    const value = read(compared[2] ?? '');
    if (value === null) return wrong;
    const open = compared[1] === '>' || compared[1] === '<';
    return compared[1]?.startsWith('>') ? range(bound(value, open), null) : range(null, bound(value, open));
  }
  const dots = text.indexOf('..');
  if (dots >= 0) {
    const [first, last] = [text.slice(0, dots), text.slice(dots + 2)];
    const [from, to] = [first === '' ? null : read(first), last === '' ? null : read(last)];
    if ((from === null) !== (first === '') || (to === null) !== (last === '') || (from === null && to === null)) return wrong;
    if (from !== null && to !== null && isBackwards(from, to)) return { problem: 'BACKWARDS', params: { suggestion: `${last}..${first}` } };
    return range(from === null ? null : bound(from, false), to === null ? null : bound(to, false));
  }
  const value = read(text);
  if (value === null) return wrong;
  if (typeof value === 'object' && value.at === 'AGO') return range(bound(value, false), read === dayIn ? bound(TODAY as Ranges[K], false) : null);
  if (typeof value === 'object' && value.at === 'AHEAD') return range(bound(TODAY as Ranges[K], false), bound(value, false));
  return range(bound(value, false), bound(value, false));
}

/** Only what is backwards whenever it is asked. */
function isBackwards(from: number | Moment, to: number | Moment): boolean {
  if (typeof from === 'number' || typeof to === 'number') return from > to;
  if (from.at === 'DAY' && to.at === 'DAY') return from.day > to.day;
  if (from.at === 'INSTANT' && to.at === 'INSTANT') return from.instant > to.instant;
  const [first, last] = [hoursFromNow(from), hoursFromNow(to)];
  return first !== null && last !== null && first > last;
}

const hoursFromNow = (moment: Moment): number | null =>
  moment.at === 'AGO' || moment.at === 'AHEAD' ? (moment.at === 'AGO' ? -1 : 1) * moment.amount * AGO_HOURS[moment.unit] : null;
