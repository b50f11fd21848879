import { compareCategories } from '@trainyard/domain';
import { VALUE_NOT_KEPT, type TableColumn } from '../datasets/dataset-content.ts';
import type { Samples } from './samples.ts';

/** Categories told apart per column, by frequency among the training rows; the rest count as one. */
const MAX_CATEGORIES = 100;

/** How one column becomes numbers; saved beside the model, so that others can prepare rows the same way. */
export type InputEncoding = {
  column: string;
  /** Words that say that there is no value, besides the empty cell; compared without regard to case or width. Absent for a table read as before readings. */
  missing?: readonly string[];
} & (
  | /** (value - mean) / std, 0 where missing. */ { type: 'NUMBER'; mean: number; std: number }
  /** One input per value, then one for missing and one for any other value, at the places told; exactly one of them is 1. */
  | { type: 'CATEGORY'; values: string[]; missingAt: number; otherAt: number }
);

/** Learns the encoding from the training rows alone: what is held out must not leak into it. */
export function learnEncoding(column: TableColumn, trainRows: Uint32Array): InputEncoding {
  const head = { column: column.summary.name, ...(column.missing && { missing: column.missing }) };
  if (column.numbers) {
    let [seen, mean, squares] = [0, 0, 0];
    for (const row of trainRows) {
      const value = column.numbers[row]!;
      if (Number.isNaN(value)) continue;
      seen++;
      const away = value - mean;
      mean += away / seen;
      squares += away * (value - mean);
    }
    const std = seen > 1 ? Math.sqrt(squares / seen) : 0;
    return { ...head, type: 'NUMBER', mean, std: std > 0 ? std : 1 };
  }
  const counts = column.values.map(() => 0);
  for (const row of trainRows) if (column.codes[row]! >= 0) counts[column.codes[row]!]!++;
  const values = column.values
    .map((value, code) => ({ value, count: counts[code]! }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || compareCategories(a.value, b.value))
    .slice(0, MAX_CATEGORIES)
    .map(({ value }) => value);
  return { ...head, type: 'CATEGORY', values, missingAt: values.length, otherAt: values.length + 1 };
}

export const widthOf = (encoding: InputEncoding): number => (encoding.type === 'NUMBER' ? 1 : encoding.values.length + 2);

/** Rows of a table, encoded when they are asked for: the one-hot matrix is never in memory. */
export class TableSamples implements Samples {
  readonly count: number;
  readonly targets: Uint16Array | Float32Array;
  private readonly rows: Uint32Array;
  private readonly writers: ((row: number, into: Float32Array, at: number) => void)[];
  private readonly width: number;

  constructor(columns: readonly TableColumn[], encodings: readonly InputEncoding[], rows: Uint32Array, targets: Uint16Array | Float32Array) {
    this.rows = rows;
    this.count = rows.length;
    this.targets = targets;
    this.width = encodings.reduce((sum, encoding) => sum + widthOf(encoding), 0);
    let offset = 0;
    this.writers = encodings.map((encoding, i) => {
      const start = offset;
      offset += widthOf(encoding);
      return writerOf(columns[i]!, encoding, start);
    });
  }

  write(index: number, into: Float32Array, at: number): void {
    into.fill(0, at, at + this.width);
    for (const write of this.writers) write(this.rows[index]!, into, at);
  }
}

function writerOf(column: TableColumn, encoding: InputEncoding, start: number): (row: number, into: Float32Array, at: number) => void {
  if (encoding.type === 'NUMBER') {
    const numbers = column.numbers!;
    return (row, into, at) => {
      const value = numbers[row]!;
      into[at + start] = Number.isNaN(value) ? 0 : (value - encoding.mean) / encoding.std;
    };
  }
  const { values, missingAt, otherAt } = encoding;
  const inputOf = Int32Array.from(column.values, (value) => {
    const place = values.indexOf(value);
    return place >= 0 ? place : otherAt;
  });
  return (row, into, at) => {
    const code = column.codes[row]!;
    into[at + start + (code >= 0 ? inputOf[code]! : code === VALUE_NOT_KEPT ? otherAt : missingAt)] = 1;
  };
}
