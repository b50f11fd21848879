import type { AskedColumn } from './reading.ts';
import type { TalliedColumn, TallyRule } from './column-tally.ts';
import { TableTally } from './table-tally.ts';

export const FORMAT = { decimal: 'POINT', thousands: 'NONE' } as const;
export const rule = (...asked: AskedColumn[]): TallyRule => ({ format: FORMAT, asked, guessedFrom: 1_000 });

/** What is found of one column, x, whose first cell stands in row 2; or why it is refused. */
export function tally(cells: readonly string[], by: TallyRule = rule()) {
  const table = new TableTally(['x'], by);
  cells.forEach((cell, i) => table.add([cell], i + 2));
  return table.finish();
}

export function columnOf(cells: readonly string[], by?: TallyRule): TalliedColumn {
  const result = tally(cells, by);
  if (!result.ok) throw new Error(`${result.code} ${JSON.stringify(result.params)}`);
  return result.columns[0]!;
}

/** All of these cells, one after another, so many times. */
export const times = (count: number, ...cells: string[]): string[] => Array.from({ length: count }, () => cells).flat();
/** So many whole numbers from 0, or from another one. */
export const numbers = (count: number, from = 0): string[] => Array.from({ length: count }, (_, i) => String(from + i));
/** So many different words. */
export const words = (count: number): string[] => Array.from({ length: count }, (_, i) => `word ${i}`);
