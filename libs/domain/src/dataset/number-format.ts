import { plainText } from '../text.ts';

/** The mark between the whole part and the fraction of a number. */
export const DECIMALS = ['POINT', 'COMMA'] as const;
export type Decimal = (typeof DECIMALS)[number];

/** What stands between groups of three digits. SPACE: any blank, also those that do not break a line. */
export const THOUSANDS = ['NONE', 'COMMA', 'POINT', 'SPACE', 'APOSTROPHE'] as const;
export type Thousands = (typeof THOUSANDS)[number];
export type Grouping = Exclude<Thousands, 'NONE'>;

export interface NumberFormat {
  decimal: Decimal;
  thousands: Thousands;
}

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** Marks that Arabic digits have of their own, whatever a point or a comma means elsewhere in the table. */
const ARABIC_DECIMAL = /\u066B/g;
const ARABIC_GROUP = /(?<=\d)\u066C(?=\d{3}(?!\d))/g;
const GROUPED: Record<Grouping, RegExp> = {
  // In India the groups before the last are of two digits.
  COMMA: /^(\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})+,\d{3})$/,
  POINT: /^\d{1,3}(\.\d{3})+$/,
  SPACE: /^\d{1,3}( \d{3})+$/,
  APOSTROPHE: /^\d{1,3}('\d{3})+$/,
};
/** sign, digits with their marks, exponent, per cent */
const PARTS = /^([+-]?)\s?([.,]?\d[\d., ']*?)(?:e([+-]?\d+))?(?:\s?(%))?$/i;

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
  const parts = numberParts(plainText(text).replace(ARABIC_GROUP, '').replace(ARABIC_DECIMAL, mark));
  if (!parts) return null;
  const { sign, digits, exponent, isPercent } = parts;
  const end = digits.includes(mark) ? digits.indexOf(mark) : digits.length;
  const whole = digits.slice(0, end);
  const plain = thousands !== 'NONE' && isGrouped(whole, thousands) ? whole.replace(/\D/g, '') : whole;
  // Moved in the text and not by dividing: 12.3% is 0.123 and no neighbour of it. A mark that is left makes it no number.
  return usable(`${sign}${plain}.${digits.slice(end + 1)}e${Number(exponent) - (isPercent ? 2 : 0)}`);
}

/** What is a number in one format or another. */
export interface NumberParts {
  sign: string;
  /** With the marks among them. */
  digits: string;
  exponent: string;
  isPercent: boolean;
}

/** @param text as `plainText` gives it; null where it is a number in no format */
export function numberParts(text: string): NumberParts | null {
  const parts = PARTS.exec(text);
  return parts && { sign: parts[1]!, digits: parts[2]!, exponent: parts[3] ?? '', isPercent: parts[4] !== undefined };
}

/** Whether digits stand in whole groups. */
export const isGrouped = (digits: string, by: Grouping): boolean => GROUPED[by].test(digits);

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
