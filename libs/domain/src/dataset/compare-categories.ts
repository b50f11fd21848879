import { parseNumber } from './number-format.ts';

/** Numbers by size, before words by code unit; what is one number but not one text, such as `1` and `01`, by code unit too. */
export function compareCategories(a: string, b: string): number {
  // Of two words the difference is NaN, of one number written twice 0.
  return (parseNumber(a) ?? Infinity) - (parseNumber(b) ?? Infinity) || (a < b ? -1 : a > b ? 1 : 0);
}
