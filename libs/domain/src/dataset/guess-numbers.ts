import { plainText } from '../text.ts';
import { amountOf } from './amount.ts';
import { isGrouped, numberParts, type Decimal, type Grouping, type NumberParts, type Thousands } from './number-format.ts';
import type { Guess } from './reading-evidence.ts';
import { columnName, missingKey, textKey, textOfFormula, type AskedColumn, type AskedReading, type Delimiter } from './reading.ts';

/** What the marks of numbers say, and the cells that say it. */
interface Marks {
  fraction: Record<Decimal, string[]>;
  group: Record<Grouping, string[]>;
  /** One mark and three digits behind it: a fraction or a group. */
  either: Record<Decimal, string[]>;
  columns: ColumnMarks[];
}
interface ColumnMarks {
  filled: number;
  /** Cells that could be numbers in one format or another. */
  numbers: number;
  /** How many more of them have a comma for their fraction than a point. */
  commas: number;
}

type NumbersAsked = Pick<AskedReading, 'decimal' | 'thousands' | 'header' | 'columns'>;

export function guessNumbers(rows: readonly string[][], delimiter: Delimiter, asked: NumbersAsked): { decimal: Guess<Decimal>; thousands: Guess<Thousands> } {
  const marks = marksOf(rows, asked);
  const decimal = guessDecimal(marks, delimiter, asked.thousands);
  return { decimal, thousands: guessThousands(marks, asked.decimal ?? decimal.value) };
}

function marksOf(rows: readonly string[][], asked: NumbersAsked): Marks {
  const amounts: (AmountReader | null)[] = [];
  const marks: Marks = {
    fraction: { POINT: [], COMMA: [] },
    group: { COMMA: [], POINT: [], SPACE: [], APOSTROPHE: [] },
    either: { POINT: [], COMMA: [] },
    columns: [],
  };
  for (const [cell, i] of rows.flatMap((row) => row.map((one, at) => [one, at] as const))) {
    const column = (marks.columns[i] ??= { filled: 0, numbers: 0, commas: 0 });
    const text = plainText(textKey(cell));
    if (text !== '') column.filled++;
    if (amounts[i] === undefined) amounts[i] = amountsOf(askedNumber(rows[0]![i] ?? '', i, asked));
    const parts = textOfFormula(cell) === null ? (numberParts(text) ?? numberParts(amounts[i]?.(textKey(cell)) ?? '')) : null;
    if (!parts) continue;
    column.numbers++;
    const { fraction, group, either } = meaningOf(parts);
    if (group) marks.group[group].push(cell);
    if (either) marks.either[either].push(cell);
    if (fraction) {
      marks.fraction[fraction].push(cell);
      column.commas += fraction === 'COMMA' ? 1 : -1;
    }
  }
  return marks;
}

/** The column at this place, where its owner said that it holds numbers: under its name, or where nothing names it, under its place. */
function askedNumber(first: string, at: number, { header, columns }: NumbersAsked): AskedColumn | undefined {
  const names = (header === null ? [true, false] : [header]).map((named) => columnName(first, at, named));
  return columns.find(({ name, type }) => type === 'NUMBER' && names.includes(name));
}

type AmountReader = (text: string) => string | null;

/**
 * Amounts are numbers in a column whose owner says so, and then show how they are written; in others they say nothing, nor where they are
 * its name or a word for "no value". Cells that are plain numbers need no owner, so a column without amounts says what it always said.
 */
function amountsOf(column: AskedColumn | undefined): AmountReader | null {
  if (!column) return null;
  const none = new Set([column.name, ...(column.missing ?? [])].map(missingKey));
  return (text) => (none.has(missingKey(text)) ? null : (amountOf(text)?.number ?? null));
}

/** What the marks of one number say of all numbers. */
function meaningOf({ digits, exponent }: NumberParts): { fraction?: Decimal; group?: Grouping; either?: Decimal } {
  const whole = digits.replace(/[.,]\d*$/, '');
  const group = (['COMMA', 'POINT', 'SPACE', 'APOSTROPHE'] as const).find((one) => isGrouped(whole, one));
  const mark = digits[whole.length];
  if (mark === undefined) return { group };
  const last = mark === '.' ? 'POINT' : 'COMMA';
  const isPlain = /^\d*$/.test(whole);
  // Nobody groups 0,123 or 1,234e5.
  if (isGrouped(digits, last) && !digits.startsWith('0') && exponent === '') return isPlain ? { either: last } : { group: last };
  // Versions such as 1.2.3, and lists such as 2.3,2.4, have no fraction.
  return isPlain || (group !== undefined && group !== last) ? { fraction: last, group } : {};
}

function guessDecimal({ fraction, group, either, columns }: Marks, delimiter: Delimiter, thousands: Thousands | null): Guess<Decimal> {
  // One mark cannot be both: who says that it groups says that the other one is the fraction's.
  if (thousands === 'POINT') return { value: 'COMMA', reason: 'ASKED' };
  if (thousands === 'COMMA') return { value: 'POINT', reason: 'ASKED' };
  const [points, commas] = [fraction.POINT.length, fraction.COMMA.length];
  if (points + commas > 0) {
    // Versions or dates among the columns must not outvote the numbers: columns are counted first, then cells. One cell may be a column's name.
    const byColumn = columns.filter(({ numbers, filled }) => numbers >= 0.8 * (filled - 1)).reduce((sum, column) => sum + Math.sign(column.commas), 0);
    const byCell = delimiter === 'SEMICOLON' && commas > 0 ? 1 : commas - points;
    const value = (byColumn || byCell) > 0 ? 'COMMA' : 'POINT';
    return { value, reason: 'MARKS', params: { ...facts(fraction[value]), of: points + commas } };
  }
  // Groups by one mark leave the other for fractions.
  if (group.COMMA.length > 0) return { value: 'POINT', reason: 'GROUPS', params: facts(group.COMMA) };
  if (group.POINT.length > 0) return { value: 'COMMA', reason: 'GROUPS', params: facts(group.POINT) };
  // A single mark with three digits behind it could be either; where something else than commas separates cells they are fractions.
  if (either.COMMA.length > 0 && either.POINT.length === 0 && delimiter !== 'COMMA' && delimiter !== 'NONE')
    return { value: 'COMMA', reason: 'MARKS', params: { ...facts(either.COMMA), of: either.COMMA.length } };
  return { value: 'POINT', reason: 'NO_MARKS' };
}

function guessThousands({ group, either }: Marks, decimal: Decimal): Guess<Thousands> {
  const other = decimal === 'POINT' ? 'COMMA' : 'POINT';
  const found: [Grouping, string[]][] = [
    [other, [...group[other], ...either[other]]],
    ['SPACE', group.SPACE],
    ['APOSTROPHE', group.APOSTROPHE],
  ];
  const [value, cells] = found.reduce((a, b) => (b[1].length > a[1].length ? b : a));
  return cells.length === 0 ? { value: 'NONE', reason: 'NO_GROUPS' } : { value, reason: 'GROUPS', params: facts(cells) };
}

const facts = (cells: readonly string[]): { cells: number; example: string } => ({ cells: cells.length, example: cells[0]!.slice(0, 40) });
