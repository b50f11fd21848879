import { refuse, type Result } from '../result.ts';
import { amountOf } from './amount.ts';
import { DATASET_LIMITS } from './dataset.ts';
import { readNumber, type Decimal, type NumberFormat, type Thousands } from './number-format.ts';

/** Encodings that Node and browsers read alike; the first ones are recognised, the last two only chosen. */
export const ENCODINGS = ['UTF_8', 'UTF_16LE', 'UTF_16BE', 'GB18030', 'BIG5', 'SHIFT_JIS', 'WINDOWS_1252', 'WINDOWS_1251', 'EUC_KR'] as const;
export type Encoding = (typeof ENCODINGS)[number];
/** What `TextDecoder` calls them. */
export const ENCODING_LABELS: Record<Encoding, string> = {
  UTF_8: 'utf-8',
  UTF_16LE: 'utf-16le',
  UTF_16BE: 'utf-16be',
  GB18030: 'gb18030',
  BIG5: 'big5',
  SHIFT_JIS: 'shift_jis',
  WINDOWS_1252: 'windows-1252',
  WINDOWS_1251: 'windows-1251',
  EUC_KR: 'euc-kr',
};

/** NONE: every row is one cell, whatever stands in it. */
export const DELIMITERS = ['COMMA', 'SEMICOLON', 'TAB', 'PIPE', 'SPACE', 'NONE'] as const;
export type Delimiter = (typeof DELIMITERS)[number];
export const DELIMITER_MARKS: Record<Delimiter, string | null> = { COMMA: ',', SEMICOLON: ';', TAB: '\t', PIPE: '|', SPACE: ' ', NONE: null };

export const QUOTES = ['DOUBLE', 'SINGLE', 'NONE'] as const;
export type Quote = (typeof QUOTES)[number];
export const QUOTE_MARKS: Record<Quote, string | null> = { DOUBLE: '"', SINGLE: "'", NONE: null };

export const COLUMN_TYPES = ['NUMBER', 'CATEGORY'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** How the bytes of a table become cells and numbers. */
export interface TableFormat extends NumberFormat {
  encoding: Encoding;
  delimiter: Delimiter;
  quote: Quote;
  /** Rows at the top that are no part of the table, such as its title; as a spreadsheet counts them, blank ones too. */
  skip: number;
  /** The first row below them names the columns; otherwise it is data, and they are Column 1, Column 2, … */
  header: boolean;
  decimal: Decimal;
  thousands: Thousands;
}

/** What the cells of one column mean. */
export interface ColumnReading {
  name: string;
  type: ColumnType;
  /** Words that say that there is no value, besides the empty cell. */
  missing: string[];
}

/** How a table is read, wholly decided: what an inspection found or was told. Part of the dataset's digest. */
export interface TableReading extends TableFormat {
  columns: ColumnReading[];
}

/** What the owner of the data decided; null is left to be guessed. */
export type AskedReading = { [K in keyof TableFormat]: TableFormat[K] | null } & { columns: AskedColumn[] };
export interface AskedColumn {
  name: string;
  type: ColumnType | null;
  missing: string[] | null;
}

export const NOTHING_ASKED: AskedReading = {
  encoding: null,
  delimiter: null,
  quote: null,
  skip: null,
  header: null,
  decimal: null,
  thousands: null,
  columns: [],
};

/** A reading that an inspection found, or LEGACY for what was inspected before there were readings: its digest and rows stay as they were. */
export type StoredReading = TableReading | 'LEGACY';

/** In characters, words of a column, and rows at the top. */
export const READING_LIMITS = { name: 1_000, words: 50, wordLength: 200, skip: 1_000 } as const;

const ASCII = /^[\x00-\x7f]*$/;

/** One normal form of a word for "no value": `ＮＡ` and `na`, a typeset minus and a hyphen are what a person would call equal. */
export function missingKey(word: string): string {
  if (ASCII.test(word)) return word.trim().toLowerCase();
  return word
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\u2212\u2010-\u2015]/g, '-');
}

/** Blanks, and marks of no width that copying leaves around a text: two values that look alike must not be two. */
const UNSEEN_ENDS = /^[\s\u200B\u200E\u200F\u2060\u202A-\u202E]+|[\s\u200B\u200E\u200F\u2060\u202A-\u202E]+$/g;
/** How spreadsheets are told that a cell is text although it looks like a number: `="007"`. */
const TEXT_FORMULA = /^\s*="([^"]*)"\s*$/;
/** The text that such a formula holds; null where the cell is none. */
export const textOfFormula = (text: string): string | null => (text.includes('="') ? (TEXT_FORMULA.exec(text)?.[1] ?? null) : null);

/** A value, or a column's name, as it is compared: composed, and without the blanks around it. */
export function textKey(text: string): string {
  const plain = textOfFormula(text) ?? text;
  return ASCII.test(plain) ? plain.trim() : plain.normalize('NFC').replace(UNSEEN_ENDS, '');
}

/** The number that a cell shows before anybody said what its column holds; null where it shows none, or is told to be text. */
export function numberIn(cell: string, format: NumberFormat): number | null {
  return textOfFormula(cell) === null ? readNumber(textKey(cell), format) : null;
}

/** What a cell says in its column. ODD: a column of numbers holds no number there. */
export type Cell = { kind: 'NUMBER'; value: number } | { kind: 'TEXT'; value: string } | { kind: 'MISSING'; word: string } | { kind: 'ODD' };

/**
 * The one rule for what a cell means: inspection, training and screens all ask it, so that a value has one key everywhere. The word of a
 * missing one is in its normal form, empty for an empty cell.
 */
export function cellReader(column: Pick<ColumnReading, 'type' | 'missing'>, format: NumberFormat): (text: string) => Cell {
  const missing = new Set(column.missing.map(missingKey));
  return (text) => {
    const value = textKey(text);
    if (value === '') return { kind: 'MISSING', word: '' };
    if (missing.size > 0) {
      // Such as -999: numbers can be words for "no value" too.
      const word = missingKey(value);
      if (missing.has(word)) return { kind: 'MISSING', word };
    }
    if (column.type === 'CATEGORY') return { kind: 'TEXT', value };
    const number = readNumber(value, format) ?? readNumber(amountOf(value)?.number ?? '', format);
    return number === null ? { kind: 'ODD' } : { kind: 'NUMBER', value: number };
  };
}

/** A value's key, the same wherever it is counted, trained on or shown; null where there is none. */
export function keyOf(cell: Cell): string | null {
  return cell.kind === 'NUMBER' ? String(cell.value) : cell.kind === 'TEXT' ? cell.value : null;
}

/** The canonical text of what a reading means, for the digest: how bytes were cut into cells, and which rows were left out above them, shows in the cells themselves. */
export function readingText({ decimal, thousands, header, columns }: TableReading): string {
  return JSON.stringify([decimal, thousands, header, columns.map(({ name, type, missing }) => [name, type, [...new Set(missing.map(missingKey))].toSorted()])]);
}

/** Checks what somebody asks for; names and words come out trimmed and composed. */
export function checkReading(asked: AskedReading): Result<{ reading: AskedReading }> {
  const bad = (field: string, params: Record<string, string | number>) => refuse('BAD_INPUT', { field: `reading.${field}`, ...params });
  const { skip, decimal, thousands, columns } = asked;
  if (skip !== null && (!Number.isInteger(skip) || skip < 0 || skip > READING_LIMITS.skip)) return bad('skip', { min: 0, max: READING_LIMITS.skip });
  if (decimal !== null && decimal === thousands) return bad('thousands', { reason: 'SAME_AS_DECIMAL' });
  if (columns.length > DATASET_LIMITS.columns) return bad('columns', { reason: 'TOO_LONG', max: DATASET_LIMITS.columns });
  const clean = columns.map(({ name, type, missing }) => ({
    name: textKey(name),
    type,
    missing: missing && [...new Set(missing.map((word) => textKey(word)))].filter((word) => word !== ''),
  }));
  for (const { name, missing } of clean) {
    if (name === '') return bad('columns', { reason: 'EMPTY' });
    if (name.length > READING_LIMITS.name) return bad('columns', { reason: 'TOO_LONG', max: READING_LIMITS.name });
    const words = missing ?? [];
    if (words.length > READING_LIMITS.words) return bad('missing', { reason: 'TOO_LONG', max: READING_LIMITS.words, column: name.slice(0, 200) });
    if (words.some((word) => word.length > READING_LIMITS.wordLength))
      return bad('missing', { reason: 'TOO_LONG', max: READING_LIMITS.wordLength, column: name.slice(0, 200) });
  }
  const twice = clean.find(({ name }, i) => clean.findIndex((one) => one.name === name) !== i);
  if (twice) return bad('columns', { reason: 'TWICE', column: twice.name.slice(0, 200) });
  return { ok: true, reading: { ...asked, columns: clean } };
}

/**
 * Column names from the first row, or made where it is data. Names that a person would call equal are refused, naming them.
 * @param row the first row's number, as a spreadsheet counts
 */
export function columnNames(firstRow: readonly string[], header: boolean, row: number): Result<{ names: string[] }> {
  return checkedNames(
    firstRow.map((cell, i) => columnName(cell, i, header)),
    row,
  );
}

/** @param cell of the first row, which names the columns where it is a header */
export function columnName(cell: string, at: number, header: boolean): string {
  return header && textKey(cell) !== '' ? textKey(cell) : `Column ${at + 1}`;
}

/** A row's cells for the columns there are; null where it has others. A delimiter at its end, with nothing behind it, makes no column. */
export function cellsOfRow(cells: string[], columns: number): string[] | null {
  if (cells.length === columns) return cells;
  return cells.length > columns && cells.slice(columns).every((cell) => cell === '') ? cells.slice(0, columns) : null;
}

/** Names as they are, unless one is too long or there twice. */
export function checkedNames(names: string[], row: number): Result<{ names: string[] }> {
  const seen = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    if (name.length > READING_LIMITS.name)
      return refuse('DATASET_MALFORMED', { row, column: `Column ${i + 1}`, unit: 'CHARACTERS', limit: READING_LIMITS.name, got: name.length });
    const before = seen.get(name);
    if (before !== undefined) return refuse('DATASET_MALFORMED', { row, column: name, form: 'DIFFERENT_NAMES', first: before + 1, second: i + 1 });
    seen.set(name, i);
  }
  return { ok: true, names };
}

/**
 * Values of a column that are counted apart, and kept when it is trained on: the rest count as one. A summary's `distinct` is one more
 * where there are more.
 */
export const MAX_DISTINCT = 10_000;
