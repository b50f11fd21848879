import type { Result } from '../result.ts';
import { parseNumber } from './number-format.ts';
import { checkedNames, type Cell, type ColumnType } from './reading.ts';

/**
 * How tables were read before their owners could say how: kept, so that a dataset inspected then has the digest it had, and the runs
 * that froze that digest can be repeated. Its owner may adopt a reading at any time.
 */

const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that occurs most often in the first line, outside quotes; a comma when none does. */
export function legacyDelimiter(start: string): (typeof DELIMITERS)[number] {
  const counts = new Map<string, number>(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const char of start) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) break;
    else if (!quoted && counts.has(char)) counts.set(char, counts.get(char)! + 1);
  }
  return DELIMITERS.reduce((best, delimiter) => (counts.get(delimiter)! > counts.get(best)! ? delimiter : best));
}

const MISSING = new Set(['na', 'n/a', 'nan', 'null', 'none', '?', '-']);

/** The same few words in every column, and numbers only as programs write them. */
export function legacyCellReader(type: ColumnType): (text: string) => Cell {
  return (text) => {
    const word = text.toLowerCase();
    if (text === '' || MISSING.has(word)) return { kind: 'MISSING', word };
    if (type === 'CATEGORY') return { kind: 'TEXT', value: text };
    const number = parseNumber(text);
    return number === null ? { kind: 'ODD' } : { kind: 'NUMBER', value: number };
  };
}

/** A first row of nothing but numbers is data. */
export function legacyColumnNames(firstRow: readonly string[], row: number): Result<{ names: string[]; header: boolean }> {
  const header = !firstRow.every((cell) => parseNumber(cell) !== null);
  const checked = checkedNames(
    firstRow.map((cell, i) => (!header || cell === '' ? `column_${i + 1}` : cell)),
    row,
  );
  return checked.ok ? { ...checked, header } : checked;
}
