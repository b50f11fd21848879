import { refuse, type Result } from '../result.ts';
import { CsvText } from './csv-text.ts';
import { decodeStart, guessEncoding } from './encoding.ts';
import { guessNumbers } from './guess-numbers.ts';
import { KNOWN } from './missing-words.ts';
import type { NumberFormat } from './number-format.ts';
import { READING_FIELDS, type Guess, type ReadingEvidence, type ReadingField } from './reading-evidence.ts';
import {
  DELIMITER_MARKS,
  DELIMITERS,
  QUOTE_MARKS,
  cellsOfRow,
  missingKey,
  numberIn,
  textKey,
  type AskedReading,
  type Delimiter,
  type Quote,
  type TableFormat,
} from './reading.ts';

/** Bytes of a file's beginning that a guess is made from, and that a dataset keeps for its owner to look at. */
export const SAMPLE_BYTES = 64 * 1024;
/** Rows of it that are looked at. */
const SAMPLE_ROWS = 1_000;

export interface GuessedFormat {
  format: TableFormat;
  /** One per field, in the order of READING_FIELDS. */
  evidence: ReadingEvidence[];
  /** The sample's rows as the format cuts them, below those left out at the top and the header among them; a last row that may be cut off is not. */
  rows: string[][];
  /** Of each of them, as a spreadsheet counts, from 1 and with blank ones. */
  rowNumbers: number[];
  /** Something was guessed without a row to guess from, and is believed by nobody: why; null where all is known or has its rows. */
  unfounded: Extract<Result, { ok: false }> | null;
  /** Why the sample cannot be cut into rows to its end; null where it can. */
  refused: Extract<Result, { ok: false }> | null;
}

/** What only rows can tell. */
const TOLD_BY_ROWS: readonly ReadingField[] = ['delimiter', 'quote', 'header', 'decimal', 'thousands'];

/**
 * Decides how a table is read, from its beginning and from what its owner asked for.
 * @param whole the bytes are the whole file
 */
export function guessFormat(bytes: Uint8Array, whole: boolean, asked: AskedReading): GuessedFormat {
  const evidence = new Map<ReadingField, ReadingEvidence>();
  const decide = <K extends ReadingField>(field: K, guess: () => Guess<TableFormat[K]>): TableFormat[K] => {
    const wanted = (asked[field] ?? null) as TableFormat[K] | null;
    const { value, reason, params = {} }: Guess<TableFormat[K]> = wanted === null ? guess() : { value: wanted, reason: 'ASKED' };
    evidence.set(field, { field, reason, params });
    return value;
  };
  const encoding = decide('encoding', () => {
    const guess = guessEncoding(bytes, whole);
    return { value: guess.encoding, reason: guess.reason, params: guess.params };
  });
  const decoded = decodeStart(bytes, encoding, whole);
  const { text, sep } = withoutSepLine(decoded);
  const quote = decide('quote', () => (asked.delimiter === 'NONE' ? guessQuoteOfRows(text, asked.skip ?? 0, whole) : guessQuote(text)));
  // What looks like a title is data in another file: `rowsAbove` proposes, the owner decides.
  const skip = decide('skip', () => ({ value: 0, reason: 'NOT_GUESSED' }));
  const delimiter = decide('delimiter', () => guessDelimiter(text, sep, quote, skip, whole));
  const { rows, rowNumbers, refused } = sampleRows(text, delimiter, quote, skip, whole);
  const numbers = guessNumbers(rows, delimiter, asked);
  const decimal = decide('decimal', () => numbers.decimal);
  const thousands = decide('thousands', () => numbers.thousands);
  // Numbers tell a header from data, and need their format first; names in the first row did not disturb it.
  const header = decide('header', () => guessHeader(rows, { decimal, thousands }));
  // More rows are left out at the top than the sample holds, or the first one is longer than it.
  const isBlind = rows.length === 0 && !whole;
  const told = READING_FIELDS.map((field): ReadingEvidence => {
    const one = evidence.get(field)!;
    return isBlind && TOLD_BY_ROWS.includes(field) && one.reason !== 'ASKED' ? { field, reason: 'NO_ROW', params: {} } : one;
  });
  const unfounded = told.some(({ reason }) => reason === 'NO_ROW')
    ? refuse('DATASET_MALFORMED', { row: skip + 1, form: 'ROW_TO_GUESS_FROM', unit: 'BYTES', limit: SAMPLE_BYTES })
    : null;
  return {
    format: { encoding, delimiter, quote, skip, header, decimal, thousands },
    evidence: told,
    rows,
    rowNumbers,
    unfounded,
    refused: zeroByte(decoded, encoding) ?? refused,
  };
}

const SEP_LINE = /^\uFEFF?"?sep=(.)"?[ \t]*(\r\n|\n|\r)/i;

/** The line by which spreadsheets say their delimiter is no row of the table. */
export function withoutSepLine(text: string): { text: string; sep: Delimiter | null } {
  const found = SEP_LINE.exec(text);
  if (!found) return { text, sep: null };
  return { text: text.slice(found[0].length), sep: DELIMITERS.find((one) => DELIMITER_MARKS[one] === found[1]) ?? null };
}

/** Rows of a sample; where it is cut off, so may be its last row. */
function sampleRows(text: string, delimiter: Delimiter, quote: Quote, skip: number, whole: boolean): Pick<GuessedFormat, 'rows' | 'rowNumbers' | 'refused'> {
  const rows: string[][] = [];
  const rowNumbers: number[] = [];
  const csv = new CsvText({ delimiter: DELIMITER_MARKS[delimiter], quote: QUOTE_MARKS[quote] }, (cells, row) => {
    if (row <= skip || rows.length === SAMPLE_ROWS) return;
    rows.push(cells);
    rowNumbers.push(row);
  });
  const pushed = csv.push(text);
  const read = pushed.ok && whole ? csv.end() : pushed;
  return { rows, rowNumbers, refused: read.ok ? null : read };
}

/**
 * How many rows at the top seem to be no part of the table, for its owner to say so: above rows that all have one width stand some
 * with hardly a cell in them, such as a title. 0: none. Names with one cell less than the rows are names.
 */
export function rowsAbove({ rows, rowNumbers }: Pick<GuessedFormat, 'rows' | 'rowNumbers'>): number {
  const filled = rows.map((row) => row.findLastIndex((cell) => textKey(cell) !== '') + 1);
  const [common] = mostCommon(filled);
  const first = filled.findIndex((width) => width >= common);
  // Blank rows above the first one are no part of it anyway.
  if (first < 1) return 0;
  const width = rows[first]!.length;
  if (rows.slice(first).some((row) => cellsOfRow(row, width) === null)) return 0;
  return filled.slice(0, first).every((cells) => cells < 2 || cells < common - 1) ? rowNumbers[first]! - 1 : 0;
}

/**
 * Whether a table whose rows have more cells and fewer may be one column, such as sentences with commas in them, for its owner to say
 * so: its first row has one cell, or most rows have.
 */
export function maybeOneColumn({ format, rows }: Pick<GuessedFormat, 'format' | 'rows'>): boolean {
  const widths = rows.map((row) => row.length);
  return format.delimiter !== 'NONE' && (widths[0] === 1 || mostCommon(widths)[0] === 1);
}

/** The number that comes most often, of equals the greater, and how often; zeros where there is none. */
function mostCommon(numbers: readonly number[]): [number: number, times: number] {
  const times = new Map<number, number>();
  for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1);
  return [...times].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
}

/** A zero among letters: this is no text, or of another encoding. */
function zeroByte(text: string, encoding: TableFormat['encoding']): GuessedFormat['refused'] {
  const at = text.indexOf('\0');
  return at < 0 ? null : refuse('DATASET_MALFORMED', { line: text.slice(0, at).split(/\r\n|\n|\r/).length, form: 'TEXT', got: '00', encoding });
}

/** How the rows of a sample come out when they are cut by one delimiter. */
interface Cut {
  delimiter: Delimiter;
  /** The number of cells that most rows have, how many rows have it, and the share of these. */
  width: number;
  same: number;
  score: number;
  /** The fewest cells of a row. */
  least: number;
  rows: number;
}
/** So many times more of a mark than of a comma in each row, and in half of the rows equally many: it is no accident of a text. */
const RICHER = 3;

/**
 * The delimiter by which most rows have the same number of cells. Of equals the rarer in text wins: `1,5;2,5` is two numbers. One comma in
 * each row, as in `April 9, 2023`, does not outvote many semicolons of which some rows lack the last.
 */
function guessDelimiter(text: string, sep: Delimiter | null, quote: Quote, skip: number, whole: boolean): Guess<Delimiter> {
  if (sep) return { value: sep, reason: 'SEP_LINE' };
  const cuts: Cut[] = [];
  for (const delimiter of ['TAB', 'SEMICOLON', 'PIPE', 'COMMA', 'SPACE'] as const) {
    const { rows } = sampleRows(text, delimiter, quote, skip, whole);
    const widths = rows.map(({ length }) => length);
    const [width, same] = mostCommon(widths);
    if (width < 2) continue;
    const score = same / rows.length;
    // Words of a sentence are separated by spaces too: only a table has the same number of them in every row.
    if (delimiter === 'SPACE' && score < 1) continue;
    cuts.push({ delimiter, width, same, score, least: Math.min(...widths), rows: rows.length });
  }
  let [best] = cuts.toSorted((a, b) => b.score - a.score);
  if (!best) {
    const { rows } = sampleRows(text, 'COMMA', quote, skip, whole);
    // Some rows with commas may be sentences, or the table below a long title: they are refused, and its owner is asked.
    return rows.every(({ length }) => length === 1) ? { value: 'NONE', reason: 'ONE_COLUMN' } : { value: 'COMMA', reason: 'UNEVEN' };
  }
  if (best.delimiter === 'COMMA' || best.delimiter === 'SPACE') {
    const marks = best.width - 1;
    best = cuts.find((one) => one.delimiter !== 'SPACE' && one.score >= 0.5 && one.least - 1 >= RICHER * marks) ?? best;
  }
  return { value: best.delimiter, reason: 'SAME_WIDTH', params: { width: best.width, rows: best.rows, same: best.same } };
}

/**
 * Where each row is one cell, a quote that opens one and does not close it is speech, and would take the next row with it. A column that is
 * only guessed to be one is cut as it was before this could be asked for: digests depend on it.
 */
function guessQuoteOfRows(text: string, skip: number, whole: boolean): Guess<Quote> {
  const rows = text.split(/\r\n|\n|\r/).slice(skip, whole ? undefined : -1);
  for (const [value, mark] of [
    ['DOUBLE', '"'],
    ['SINGLE', "'"],
  ] as const) {
    const opened = rows.map((row) => row.trim()).filter((row) => row.startsWith(mark));
    const enclosed = new RegExp(`^${mark}([^${mark}]|${mark}${mark})*${mark}$`);
    if (opened.length > 0 && opened.every((row) => enclosed.test(row))) return { value, reason: 'QUOTED_CELLS', params: { cells: opened.length } };
  }
  return { value: 'NONE', reason: 'NO_QUOTES' };
}

function guessQuote(text: string): Guess<Quote> {
  const edge = ',;\t|\r\n';
  const count = (mark: string): number => (text.match(new RegExp(mark, 'g')) ?? []).length;
  const double = count(`(^|[${edge}]) *"`);
  if (double > 0) return { value: 'DOUBLE', reason: 'QUOTED_CELLS', params: { cells: double } };
  const single = count(`(^|[${edge}]) *'`);
  // A quote that opens and never closes is an apostrophe.
  if (single > 0 && count(`' *(?=[${edge}]|$)`) >= single) return { value: 'SINGLE', reason: 'QUOTED_CELLS', params: { cells: single } };
  return { value: 'DOUBLE', reason: 'NO_QUOTES' };
}

/** Whether the first row names the columns: names differ from what stands below them, data does not. */
function guessHeader(rows: readonly string[][], format: NumberFormat): Guess<boolean> {
  const [first = [], ...rest] = rows;
  const isNumber = (cell: string): boolean => numberIn(cell, format) !== null;
  if (rest.length === 0) return { value: !first.every(isNumber), reason: 'NO_SIGN' };
  let names = 0;
  let repeats = 0;
  const numbers: number[] = [];
  for (const [i, cell] of first.entries()) {
    const below = rest.map((row) => row[i] ?? '').filter((one) => textKey(one) !== '');
    if (below.length > 0 && below.filter(isNumber).length >= 0.8 * below.length) {
      const [value, word] = [numberIn(cell, format), missingKey(textKey(cell))];
      if (value !== null) numbers.push(value);
      else if (word !== '' && !KNOWN.has(word)) names++;
    } else if (below.some((one) => textKey(one) === textKey(cell))) repeats++;
  }
  // Columns named by years or counted through are numbers over numbers too.
  const counted = numbers.length > 1 && numbers.length < first.length && numbers.slice(1).every((year, i) => year === numbers[i]! + 1);
  if (counted && repeats === 0) return { value: true, reason: 'NO_SIGN' };
  if (numbers.length > names) return { value: false, reason: 'NUMBERS_IN_FIRST_ROW', params: { columns: numbers.length } };
  if (names > 0) return { value: true, reason: 'NAMES_OVER_NUMBERS', params: { columns: names } };
  if (repeats > 0) return { value: false, reason: 'FIRST_ROW_REPEATS', params: { columns: repeats } };
  return { value: true, reason: 'NO_SIGN' };
}
