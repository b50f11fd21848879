import { refuse, type ErrorParams, type Result } from '../result.ts';
import { plainText } from '../text.ts';
import { CsvText } from './csv-text.ts';
import { decodeStart, guessEncoding } from './encoding.ts';
import { isGrouped, readNumber, type Decimal, type NumberFormat, type Thousands } from './number-format.ts';
import { DELIMITER_MARKS, DELIMITERS, QUOTE_MARKS, cellsOfRow, missingKey, textKey, type AskedReading, type Delimiter, type Quote, type TableFormat } from './reading.ts';

/** Bytes of a file's beginning that a guess is made from, and that a dataset keeps for its owner to look at. */
export const SAMPLE_BYTES = 64 * 1024;
/** Rows of it that are looked at. */
const SAMPLE_ROWS = 1_000;

export const READING_FIELDS = ['encoding', 'delimiter', 'quote', 'skip', 'header', 'decimal', 'thousands'] as const satisfies readonly (keyof TableFormat)[];
export type ReadingField = (typeof READING_FIELDS)[number];

/** Why something is read as it is: a reason that every screen has words for, and the facts of its sentence. */
export const EVIDENCE_REASONS = [
  'ASKED',
  'BYTE_ORDER_MARK', 'ZERO_BYTES', 'ASCII', 'VALID_UTF8', 'CHARACTERS', 'NONE_FITS',
  'SEP_LINE', 'SAME_WIDTH', 'ONE_COLUMN',
  'QUOTED_CELLS', 'NO_QUOTES',
  'NOT_GUESSED',
  'NO_ROW',
  'NAMES_OVER_NUMBERS', 'NUMBERS_IN_FIRST_ROW', 'FIRST_ROW_REPEATS', 'NO_SIGN',
  'MARKS', 'NO_MARKS', 'GROUPS', 'NO_GROUPS',
] as const;
export type EvidenceReason = (typeof EVIDENCE_REASONS)[number];
export interface ReadingEvidence {
  field: ReadingField;
  reason: EvidenceReason;
  params: ErrorParams;
}

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

type Guess<T> = { value: T; reason: EvidenceReason; params?: ErrorParams };

/**
 * Decides how a table is read, from its beginning and from what its owner asked for.
 * @param whole the bytes are the whole file
 */
export function guessFormat(bytes: Uint8Array, whole: boolean, asked: AskedReading): GuessedFormat {
  const evidence: ReadingEvidence[] = [];
  const decide = <K extends ReadingField>(field: K, guess: () => Guess<TableFormat[K]>): TableFormat[K] => {
    const wanted = (asked[field] ?? null) as TableFormat[K] | null;
    if (wanted !== null) {
      evidence.push({ field, reason: 'ASKED', params: {} });
      return wanted;
    }
    const { value, reason, params = {} } = guess();
    evidence.push({ field, reason, params });
    return value;
  };
  const encoding = decide('encoding', () => {
    const guess = guessEncoding(bytes, whole);
    return { value: guess.encoding, reason: guess.reason, params: guess.params };
  });
  const { text, sep } = withoutSepLine(decodeStart(bytes, encoding, whole));
  const quote = asked.quote ?? guessQuote(text).value;
  const skip = asked.skip ?? 0;
  const delimiter = decide('delimiter', () => guessDelimiter(text, sep, quote, skip, whole));
  decide('quote', () => guessQuote(text));
  // What looks like a title is data in another file: `rowsAbove` proposes, the owner decides.
  decide('skip', () => ({ value: 0, reason: 'NOT_GUESSED' }));
  const { rows, rowNumbers, refused } = sampleRows(text, delimiter, quote, skip, whole);
  // Numbers tell a header from data, and need their format first; names in the first row do not disturb it.
  const numbers = guessNumbers(rows, delimiter, asked);
  const header = decide('header', () => guessHeader(rows, { decimal: numbers.decimal.value, thousands: numbers.thousands.value }));
  const decimal = decide('decimal', () => numbers.decimal);
  const thousands = decide('thousands', () => numbers.thousands);
  // More rows are left out at the top than the sample holds, or the first one is longer than it.
  const isBlind = rows.length === 0 && !whole;
  const told = evidence.map((one): ReadingEvidence => (isBlind && TOLD_BY_ROWS.includes(one.field) && one.reason !== 'ASKED' ? { field: one.field, reason: 'NO_ROW', params: {} } : one));
  const unfounded = told.some(({ reason }) => reason === 'NO_ROW') ? refuse('DATASET_MALFORMED', { row: skip + 1, form: 'ROW_TO_GUESS_FROM', unit: 'BYTES', limit: SAMPLE_BYTES }) : null;
  return { format: { encoding, delimiter, quote, skip, header, decimal, thousands }, evidence: told, rows, rowNumbers, unfounded, refused: zeroByte(text, encoding) ?? refused };
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
  const counts = new Map<number, number>();
  for (const width of filled) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [common] = [...counts].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]) ? b : a), [0, 0]);
  const first = filled.findIndex((width) => width >= common);
  const width = rows[first]?.length ?? 0;
  if (first < 1 || common < 2 || rows.slice(first).some((row) => cellsOfRow(row, width) === null)) return 0;
  return filled.slice(0, first).every((cells) => cells < 2 || cells < common - 1) ? rowNumbers[first]! - 1 : 0;
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
  const preferred: readonly Delimiter[] = ['TAB', 'SEMICOLON', 'PIPE', 'COMMA', 'SPACE'];
  let best: Cut | null = null;
  const cuts: Cut[] = [];
  for (const delimiter of preferred) {
    const { rows } = sampleRows(text, delimiter, quote, skip, whole);
    const widths = new Map<number, number>();
    for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1);
    const [width, same] = [...widths].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]) ? b : a), [1, 0]);
    if (width < 2) continue;
    // Words of a sentence are separated by spaces too: only a table has the same number of them in every row.
    const score = same / rows.length;
    if (delimiter === 'SPACE' && score < 1) continue;
    const cut = { delimiter, width, same, score, least: Math.min(...widths.keys()), rows: rows.length };
    cuts.push(cut);
    if (!best || score > best.score + 1e-9) best = cut;
  }
  if (best?.delimiter === 'COMMA' || best?.delimiter === 'SPACE') {
    const { width } = best;
    best = cuts.find((one) => one.delimiter !== 'SPACE' && one.score >= 0.5 && one.least - 1 >= RICHER * (width - 1)) ?? best;
  }
  if (!best) return { value: 'COMMA', reason: 'ONE_COLUMN' };
  return { value: best.delimiter, reason: 'SAME_WIDTH', params: { width: best.width, rows: best.rows, same: best.same } };
}

function guessQuote(text: string): Guess<Quote> {
  const count = (mark: string): number => (text.match(new RegExp(`(^|[,;\\t|\\r\\n])[ ]*${mark}`, 'g')) ?? []).length;
  const [double, single] = [count('"'), count("'")];
  if (double === 0 && single > 0) {
    const closed = (text.match(/'[ ]*(?=[,;\t|\r\n]|$)/g) ?? []).length;
    // A quote that opens and never closes is an apostrophe.
    if (closed >= single) return { value: 'SINGLE', reason: 'QUOTED_CELLS', params: { cells: single } };
  }
  return double > 0 ? { value: 'DOUBLE', reason: 'QUOTED_CELLS', params: { cells: double } } : { value: 'DOUBLE', reason: 'NO_QUOTES' };
}

/** Cells that could be numbers in one format or another: digits with marks among them. */
const NUMBERISH = /^[+-]?\d[\d.,' ]*(e[+-]?\d+)?%?$|^[+-]?[.,]\d+(e[+-]?\d+)?%?$/i;

function guessNumbers(rows: readonly string[][], delimiter: Delimiter, asked: AskedReading): { decimal: Guess<Decimal>; thousands: Guess<Thousands> } {
  const seen = { POINT: 0, COMMA: 0 };
  const groups: Record<Exclude<Thousands, 'NONE'>, number> = { COMMA: 0, POINT: 0, SPACE: 0, APOSTROPHE: 0 };
  /** One mark and three digits behind it: a fraction or a group. */
  const either = { POINT: 0, COMMA: 0 };
  /** By column: its cells, those that could be numbers, and of these the ones with either mark for a fraction. */
  const columns: { filled: number; numberish: number; POINT: number; COMMA: number }[] = [];
  const examples: Partial<Record<string, string>> = {};
  const note = (key: string, cell: string): void => void (examples[key] ??= cell.slice(0, 40));
  for (const [cell, column] of rows.flatMap((row) => row.map((one, i) => [one, (columns[i] ??= { filled: 0, numberish: 0, POINT: 0, COMMA: 0 })] as const))) {
    const text = plainText(cell);
    if (text !== '') column.filled++;
    if (!NUMBERISH.test(text)) continue;
    column.numberish++;
    const marks = text.replace(/[^.,' ]/g, '');
    if (marks === '') continue;
    const [point, comma] = [text.lastIndexOf('.'), text.lastIndexOf(',')];
    const last = point > comma ? 'POINT' : 'COMMA';
    const other = last === 'POINT' ? 'COMMA' : 'POINT';
    const mark = last === 'POINT' ? '.' : ',';
    const times = text.split(mark).length - 1;
    if (/^[+-]?\d{1,3}( \d{3})+([.,]\d+)?%?$/.test(text)) {
      groups.SPACE++;
      note('SPACE', cell);
    } else if (/^[+-]?\d{1,3}('\d{3})+([.,]\d+)?%?$/.test(text)) {
      groups.APOSTROPHE++;
      note('APOSTROPHE', cell);
    }
    if (point >= 0 && comma >= 0) {
      if (times > 1) continue;
      // Both stand there: the last one is the fraction's, and the other one groups. Else it is a list of numbers, such as `2.3,2.4`.
      if (!isGrouped(text.replace(/^[+-]/, '').split(mark)[0]!, other)) continue;
      seen[last]++;
      column[last]++;
      note(last, cell);
      groups[other]++;
      note(other, cell);
    } else if (point >= 0 || comma >= 0) {
      if (times > 1) {
        if (!isGrouped(text.replace(/^[+-]|%$/g, ''), last)) continue;
        groups[last]++;
        note(`${last} group`, cell);
      } else if (new RegExp(`^[+-]?[1-9]\\d{0,2}\\${mark}\\d{3}%?$`).test(text)) {
        either[last]++;
        note(`${last} either`, cell);
      } else {
        seen[last]++;
        column[last]++;
        note(last, cell);
      }
    }
  }
  const decimal = ((): Guess<Decimal> => {
    // One mark cannot be both: who says that it groups says that the other one is the fraction's.
    if (asked.thousands === 'POINT') return { value: 'COMMA', reason: 'ASKED' };
    if (asked.thousands === 'COMMA') return { value: 'POINT', reason: 'ASKED' };
    const total = seen.POINT + seen.COMMA;
    if (total > 0) {
      // Versions or dates among the columns must not outvote the numbers: columns are counted first, then cells.
      const won = (mark: Decimal, other: Decimal): number => columns.filter((one) => one.numberish >= 0.8 * (one.filled - 1) && one[mark] > one[other]).length;
      const ahead = won('COMMA', 'POINT') - won('POINT', 'COMMA') || (delimiter === 'SEMICOLON' && seen.COMMA > 0 ? 1 : seen.COMMA - seen.POINT);
      const value = ahead > 0 ? 'COMMA' : 'POINT';
      return { value, reason: 'MARKS', params: { cells: seen[value], of: total, example: examples[value] ?? null } };
    }
    // Groups by one mark leave the other for fractions.
    if (groups.POINT > 0 && groups.COMMA === 0) return { value: 'COMMA', reason: 'GROUPS', params: { cells: groups.POINT, example: examples['POINT group'] ?? null } };
    if (groups.COMMA > 0) return { value: 'POINT', reason: 'GROUPS', params: { cells: groups.COMMA, example: examples['COMMA group'] ?? null } };
    // A single mark with three digits behind it could be either; where commas do not separate cells they are fractions.
    if (either.COMMA > 0 && either.POINT === 0 && delimiter !== 'COMMA') return { value: 'COMMA', reason: 'MARKS', params: { cells: either.COMMA, of: either.COMMA, example: examples['COMMA either'] ?? null } };
    return { value: 'POINT', reason: 'NO_MARKS' };
  })();
  const mark = asked.decimal ?? decimal.value;
  const thousands = ((): Guess<Thousands> => {
    const other = mark === 'POINT' ? 'COMMA' : 'POINT';
    const counts: [Exclude<Thousands, 'NONE'>, number][] = [[other, groups[other] + either[other]], ['SPACE', groups.SPACE], ['APOSTROPHE', groups.APOSTROPHE]];
    const [value, cells] = counts.reduce((a, b) => (b[1] > a[1] ? b : a));
    if (cells === 0) return { value: 'NONE', reason: 'NO_GROUPS' };
    return { value, reason: 'GROUPS', params: { cells, example: examples[value] ?? examples[`${value} group`] ?? examples[`${value} either`] ?? null } };
  })();
  return { decimal, thousands };
}

/** Whether the first row names the columns: names differ from what stands below them, data does not. */
function guessHeader(rows: readonly string[][], format: NumberFormat): Guess<boolean> {
  const [first = [], ...rest] = rows;
  if (rest.length === 0) return { value: !first.every((cell) => readNumber(cell, format) !== null), reason: 'NO_SIGN' };
  let names = 0;
  let numbers = 0;
  let repeats = 0;
  const years: number[] = [];
  for (const [i, cell] of first.entries()) {
    const below = rest.flatMap((row) => (row[i] === undefined || textKey(row[i]) === '' ? [] : [row[i]]));
    const numeric = below.filter((one) => readNumber(one, format) !== null).length;
    const value = readNumber(cell, format);
    if (below.length > 0 && numeric >= 0.8 * below.length) {
      if (value === null && textKey(cell) !== '' && !isMissingWord(cell)) names++;
      if (value !== null) {
        numbers++;
        years.push(value);
      }
    } else if (textKey(cell) !== '' && below.some((one) => textKey(one) === textKey(cell))) repeats++;
  }
  // Columns named by years or counted through are numbers over numbers too.
  if (numbers > 1 && repeats === 0 && numbers < first.length && years.every((year, i) => i === 0 || year === years[i - 1]! + 1)) return { value: true, reason: 'NO_SIGN' };
  if (numbers > names) return { value: false, reason: 'NUMBERS_IN_FIRST_ROW', params: { columns: numbers } };
  if (names > 0) return { value: true, reason: 'NAMES_OVER_NUMBERS', params: { columns: names } };
  if (repeats > 0) return { value: false, reason: 'FIRST_ROW_REPEATS', params: { columns: repeats } };
  return { value: true, reason: 'NO_SIGN' };
}

const WORDS = new Set(['na', 'n/a', 'nan', 'null', 'none', '?', '-']);
const isMissingWord = (cell: string): boolean => WORDS.has(missingKey(cell));
