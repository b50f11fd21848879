import { plainText } from '../text.ts';

/** The mark between the whole part and the fraction of a number. */
export const DECIMALS = ['POINT', 'COMMA'] as const;
export type Decimal = (typeof DECIMALS)[number];

/** What stands between groups of three digits. SPACE: any blank, also those that do not break a line. */
export const THOUSANDS = ['NONE', 'COMMA', 'POINT', 'SPACE', 'APOSTROPHE'] as const;
export type Thousands = (typeof THOUSANDS)[number];

export interface NumberFormat {
  decimal: Decimal;
  thousands: Thousands;
}

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** Marks that Arabic digits have of their own, whatever a point or a comma means elsewhere in the table. */
const ARABIC_DECIMAL = /\u066B/g;
const ARABIC_GROUP = /(?<=\d)\u066C(?=\d{3}(?!\d))/g;
const GROUPS: Record<Exclude<Thousands, 'NONE'>, { grouped: RegExp; mark: RegExp }> = {
  // In India the groups before the last are of two digits.
  COMMA: { grouped: /^(\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})+,\d{3})$/, mark: /,/g },
  POINT: { grouped: /^\d{1,3}(\.\d{3})+$/, mark: /\./g },
  SPACE: { grouped: /^\d{1,3}( \d{3})+$/, mark: / /g },
  APOSTROPHE: { grouped: /^\d{1,3}('\d{3})+$/, mark: /'/g },
};
/** sign, whole part with its groups, mark and fraction, exponent, per cent */
const PARTS = /^([+-]?)\s?([\d., ']*?)(?:e([+-]?\d+))?(?:\s?(%))?$/i;

/** A finite number written as programs write it, with a point; else null. */
export function parseNumber(text: string): number | null {
  return PLAIN.test(text) ? finite(text) : null;
}

/**
 * A finite number as the format writes it; null where the text is none. `10%` is 0.1, as in spreadsheets; a minus may be U+2212, digits
 * may be full-width or Arabic. Groups must be of three digits: `1,23` is no number where a comma groups.
 */
export function readNumber(text: string, { decimal, thousands }: NumberFormat): number | null {
  if (decimal === 'POINT' && PLAIN.test(text)) return usable(text);
  const mark = decimal === 'POINT' ? '.' : ',';
  const plain = plainText(text).replace(ARABIC_GROUP, '').replace(ARABIC_DECIMAL, mark);
  const parts = PARTS.exec(plain);
  if (!parts) return null;
  const [, sign = '', digits = '', exponent = '', percent = ''] = parts;
  const at = digits.indexOf(mark);
  const whole = ungrouped(at < 0 ? digits : digits.slice(0, at), thousands);
  const fraction = at < 0 ? '' : digits.slice(at + 1);
  if (whole === null || !/^\d*$/.test(fraction) || whole + fraction === '') return null;
  // Moved in the text and not by dividing: 12.3% is 0.123 and no neighbour of it.
  const power = Number(exponent) - (percent === '' ? 0 : 2);
  return usable(`${sign}${whole}.${fraction}e${power}`);
}

/** Whether digits stand in whole groups. */
export const isGrouped = (whole: string, thousands: Exclude<Thousands, 'NONE'>): boolean => GROUPS[thousands].grouped.test(whole);

function ungrouped(whole: string, thousands: Thousands): string | null {
  if (/^\d*$/.test(whole)) return whole;
  if (thousands === 'NONE') return null;
  return isGrouped(whole, thousands) ? whole.replace(GROUPS[thousands].mark, '') : null;
}

/** Its square must be a number too, or no mean and no deviation is: so large a one stands for "no value" in what programs write. */
const LARGEST = 1e150;
function usable(text: string): number | null {
  const value = finite(text);
  return value === null || Math.abs(value) > LARGEST ? null : value;
}

function finite(text: string): number | null {
  const value = Number(text);
  if (!Number.isFinite(value)) return null;
  // Minus zero is written "0" and must not be another value.
  return value === 0 ? 0 : value;
}
