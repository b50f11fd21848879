import { refuse, type Result } from '../result.ts';
import type { DatasetColumn, DatasetFacts } from './dataset.ts';

export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The delimiter that occurs most often in the first line, outside quotes; a comma when none does. */
export function detectDelimiter(start: string): Delimiter {
  const counts = new Map<string, number>(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const char of start) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) break;
    else if (!quoted && counts.has(char)) counts.set(char, counts.get(char)! + 1);
  }
  return DELIMITERS.reduce((best, delimiter) => (counts.get(delimiter)! > counts.get(best)! ? delimiter : best));
}

const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-']);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Empty, or one of the usual words for "no value". */
export const isMissing = (cell: string): boolean => MISSING.has(cell.toLowerCase());

/** A finite decimal number, or null. */
export function parseNumber(cell: string): number | null {
  if (!NUMBER.test(cell)) return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

/** Longest name of a column, in characters. */
const NAME_MAX = 1_000;

/**
 * Column names of a table: its first row, unless that holds only numbers; then they are column_1, column_2, … and the row is data.
 */
export function headerOf(firstRow: readonly string[]): Result<{ names: string[]; firstRowIsData: boolean }> {
  const firstRowIsData = firstRow.every((cell) => parseNumber(cell) !== null);
  const names = firstRow.map((cell, i) => (firstRowIsData || cell === '' ? `column_${i + 1}` : cell));
  const long = names.findIndex((name) => name.length > NAME_MAX);
  if (long >= 0) return refuse('DATASET_MALFORMED', { row: 1, column: `column_${long + 1}`, unit: 'CHARACTERS', limit: NAME_MAX, got: names[long]?.length ?? null });
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return refuse('DATASET_MALFORMED', { row: 1, column: twice, form: 'DIFFERENT_NAMES' });
  return { ok: true, names, firstRowIsData };
}

/** Distinct values counted per column; past this many a column is free text, and its later values are not told apart. */
const MAX_DISTINCT = 10_000;
const MAX_LISTED = 100;
const MAX_NUMBERS_LISTED = 20;

/** Gathers one column's summary cell by cell, in memory that does not grow with the table. */
export class ColumnTally {
  private readonly name: string;
  private missing = 0;
  private numbers = 0;
  private words = 0;
  private min = Infinity;
  private max = -Infinity;
  private mean = 0;
  private readonly distinct = new Map<string, number>();
  private overflow = false;
  private readonly wordCounts = new Map<string, number>();
  private firstWord: { row: number; value: string } | null = null;

  constructor(name: string) {
    this.name = name;
  }

  /** @param row as a person counts lines of records in the file, from 1 */
  add(cell: string, row: number): void {
    if (isMissing(cell)) {
      this.missing++;
      return;
    }
    const value = parseNumber(cell);
    if (value === null) {
      this.words++;
      this.firstWord ??= { row, value: cell };
      count(this.wordCounts, cell);
    } else {
      this.numbers++;
      this.min = Math.min(this.min, value);
      this.max = Math.max(this.max, value);
      this.mean += (value - this.mean) / this.numbers;
    }
    // A number is the same class however it is written.
    if (!count(this.distinct, value === null ? cell : String(value))) this.overflow = true;
  }

  /** The column's summary, or where a column of numbers holds a stray word. */
  finish(): Result<{ column: DatasetColumn }> {
    const stray = this.strayWord();
    if (stray) return refuse('DATASET_NOT_NUMERIC', stray);
    const isNumber = this.words === 0 && this.numbers > 0;
    const listed = !isNumber || (!this.overflow && this.distinct.size <= MAX_NUMBERS_LISTED);
    const categories = [...this.distinct].map(([value, times]) => ({ value, count: times })).toSorted((a, b) => b.count - a.count || compareCategories(a.value, b.value));
    return {
      ok: true,
      column: {
        name: this.name,
        type: isNumber ? 'NUMBER' : 'CATEGORY',
        missing: this.missing,
        min: isNumber ? this.min : null,
        max: isNumber ? this.max : null,
        mean: isNumber ? this.mean : null,
        categories: listed ? categories.slice(0, MAX_LISTED) : [],
      },
    };
  }

  /**
   * Words in a column that is mostly numbers are mistakes when they are few: fewer than one cell in a hundred, or none twice.
   * Otherwise the column holds codes such as ticket numbers, of which some look like numbers.
   */
  private strayWord(): DatasetFacts | null {
    if (this.firstWord === null || this.words >= this.numbers) return null;
    const rare = this.words * 100 < this.words + this.numbers;
    const repeated = this.wordCounts.size < this.words;
    if (!rare && repeated) return null;
    return { column: this.name, row: this.firstWord.row, got: this.firstWord.value.slice(0, 80), form: 'NUMBER' };
  }
}

/** Counts a value; false when it is new and there are too many already. */
function count(counts: Map<string, number>, value: string): boolean {
  const times = counts.get(value);
  if (times === undefined && counts.size >= MAX_DISTINCT) return false;
  counts.set(value, (times ?? 0) + 1);
  return true;
}

/** Numbers by size, before words by code unit. */
export function compareCategories(a: string, b: string): number {
  const [x, y] = [parseNumber(a), parseNumber(b)];
  if (x !== null && y !== null) return x - y;
  if (x !== null || y !== null) return x !== null ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
