import type { FieldType } from './fields.ts';

/** Says that the file is UTF-8: spreadsheets guess another encoding without it. */
export const CSV_BOM = '\uFEFF';
/** What a spreadsheet would take for a formula, in full width where it is a Japanese or Chinese one, or for the end of a cell. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** A semicolon ends cells where the decimal mark is a comma. */
const QUOTED = /[",;\t\r\n]/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** A cell by RFC 4180. Text is never a formula; numbers stay numbers, and times are ISO 8601 in UTC. */
export function csvCell(value: unknown, type: FieldType): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  const text = String(value);
  const isNumber = (type === 'NUMBER' || type === 'VALUE') && NUMBER.test(text);
  const harmless = !isNumber && FORMULA.test(text) ? `'${text}` : text;
  return QUOTED.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export const csvLine = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
