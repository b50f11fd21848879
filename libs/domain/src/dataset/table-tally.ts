import { refuse, type Result } from '../result.ts';
import { plainText } from '../text.ts';
import type { ColumnEvidence, DatasetColumn } from './dataset.ts';
import { legacyCellReader } from './legacy-reading.ts';
import { parseNumber, readNumber, type NumberFormat } from './number-format.ts';
import { MAX_DISTINCT, cellReader, keyOf, missingKey, textKey, textOfFormula, type AskedColumn, type Cell, type ColumnReading, type ColumnType } from './reading.ts';

/** Shown of a column's values; what may be done with the column is never decided by these. */
const MAX_LISTED = 100;
const MAX_NUMBERS_LISTED = 20;

/** Words that hardly ever mean anything else than "no value" … */
const STRONG = new Set(['na', 'n/a', 'nan', 'null', '?', '#n/a', '\\n', '<na>', 'n.a.', '#value!']);
/** … and words that are values of their own as often. */
const WEAK = new Set(['none', '-', '--', '.', 'nil', '/']);
/** A class of its own is not rare; a gap is. */
const RARE = 0.2;
/** More distinct numbers than this were measured and are no classes. */
const MEASURED = 20;
const LEADING_ZERO = /^[+-]?0\d+$/;
const WHOLE = /^[+-]?\d+$/;
/** Where one number in so many begins with a zero, the column holds codes. */
const CODES = 20;
const TWO_CAPITALS = /^[A-Z]{2}$/;

/**
 * How a table is looked through for its columns: formats and words as the reading says, or as they were before readings.
 * `guessedFrom`: the last row that the format was guessed from; what comes later may be written otherwise.
 */
export type TallyRule = { format: NumberFormat; asked: readonly AskedColumn[]; guessedFrom: number } | 'LEGACY';

export interface TalliedColumn {
  summary: DatasetColumn;
  reading: ColumnReading;
}

/** Gathers the summary of each column row by row, in memory that does not grow with the table. */
export class TableTally {
  private readonly columns: ColumnTally[];

  constructor(names: readonly string[], rule: TallyRule) {
    this.columns = names.map((name) => new ColumnTally(name, rule));
  }

  /** @param row as a spreadsheet counts it, from 1 */
  add(cells: readonly string[], row: number): void {
    for (let i = 0; i < this.columns.length; i++) this.columns[i]!.add(cells[i] ?? '', row);
  }

  /** Every column, or where a column of numbers holds something else. */
  finish(): Result<{ columns: TalliedColumn[] }> {
    const columns: TalliedColumn[] = [];
    for (const tally of this.columns) {
      const column = tally.finish();
      if (!column.ok) return column;
      columns.push(column);
    }
    return { ok: true, columns };
  }
}

/** One way that a cell was written, and how often. */
interface Written {
  text: string;
  count: number;
  /** Of the first. */
  row: number;
  number: number | null;
}

interface Numbers {
  count: number;
  mean: number;
  min: number;
  max: number;
}
const noNumbers = (): Numbers => ({ count: 0, mean: 0, min: Infinity, max: -Infinity });

function addNumber(into: Numbers, value: number, times: number): void {
  into.count += times;
  into.mean += ((value - into.mean) * times) / into.count;
  into.min = Math.min(into.min, value);
  into.max = Math.max(into.max, value);
}

/** How a column's numbers are spelled: what tells codes from amounts, also among more than are counted apart. */
class Spelling {
  private count = 0;
  private coded = 0;
  private firstCoded: string | null = null;
  private whole = true;
  private readonly widths = new Set<number>();
  /** Whole, and too long for a double to tell it from its neighbours. */
  firstLong: string | null = null;

  add(written: string, value: number, times: number): void {
    const text = plainText(written);
    this.count += times;
    if (!WHOLE.test(text)) {
      this.whole = false;
      return;
    }
    if (this.widths.size < 2) this.widths.add(text.length);
    if (LEADING_ZERO.test(text)) {
      this.coded += times;
      this.firstCoded ??= text;
    }
    if (!Number.isSafeInteger(value)) this.firstLong ??= text;
  }

  /** One that begins with a zero, where such are many, or where all are of one width as postcodes are. */
  get code(): string | null {
    return this.whole && (this.coded * CODES >= this.count || this.widths.size === 1) ? this.firstCoded : null;
  }
}

class ColumnTally {
  private readonly name: string;
  private readonly rule: TallyRule;
  private readonly asked: AskedColumn | null;
  private readonly written = new Map<string, Written>();
  /** What came when there were too many different ones to count apart. Known words are few and always counted. */
  private readonly lateNumbers = noNumbers();
  private readonly spelling = new Spelling();
  private lateTexts = 0;
  private firstLateText: Written | null = null;
  private readonly words: ReadonlySet<string>;

  constructor(name: string, rule: TallyRule) {
    this.name = name;
    this.rule = rule;
    this.asked = rule === 'LEGACY' ? null : (rule.asked.find((column) => column.name === name) ?? null);
    this.words = new Set([...STRONG, ...WEAK, ...(this.asked?.missing ?? []).map(missingKey)]);
  }

  add(text: string, row: number): void {
    const before = this.written.get(text);
    if (before !== undefined) {
      before.count++;
      return;
    }
    const number = this.numberOf(text);
    if (this.written.size < MAX_DISTINCT || text === '' || this.words.has(missingKey(text))) {
      this.written.set(text, { text, count: 1, row, number });
    } else if (number !== null) {
      addNumber(this.lateNumbers, number, 1);
      this.spelling.add(text, number, 1);
    } else {
      this.lateTexts++;
      this.firstLateText ??= { text, count: 1, row, number };
    }
  }

  finish(): Result<TalliedColumn> {
    const decided = this.rule === 'LEGACY' ? this.decideLegacy() : this.decide();
    if (!decided.ok) return decided;
    const { reading, evidence } = decided;
    const read = this.rule === 'LEGACY' ? legacyCellReader(reading.type) : cellReader(reading, this.rule.format);
    return this.summary(reading, evidence, read);
  }

  private numberOf(text: string): number | null {
    if (this.rule === 'LEGACY') return parseNumber(text);
    return textOfFormula(text) === null ? readNumber(textKey(text), this.rule.format) : null;
  }

  private summary(reading: ColumnReading, evidence: ColumnEvidence | null, read: (text: string) => Cell): Result<TalliedColumn> {
    const values = new Map<string, number>();
    const gaps = new Map<string, number>();
    const numbers = noNumbers();
    let odd: Written | null = null;
    for (const one of this.written.values()) {
      const cell = read(one.text);
      if (cell.kind === 'MISSING') gaps.set(cell.word, (gaps.get(cell.word) ?? 0) + one.count);
      else if (cell.kind === 'ODD') odd = odd === null || one.row < odd.row ? one : odd;
      else {
        if (cell.kind === 'NUMBER') addNumber(numbers, cell.value, one.count);
        const key = keyOf(cell)!;
        values.set(key, (values.get(key) ?? 0) + one.count);
      }
    }
    const isNumber = reading.type === 'NUMBER';
    if (isNumber && this.firstLateText && (odd === null || this.firstLateText.row < odd.row)) odd = this.firstLateText;
    if (odd) return this.stray(odd);
    const late = this.lateNumbers.count + this.lateTexts;
    if (isNumber && late > 0) {
      const { count, mean, min, max } = this.lateNumbers;
      addNumber(numbers, mean, count);
      numbers.min = Math.min(numbers.min, min);
      numbers.max = Math.max(numbers.max, max);
    }
    const distinct = late > 0 ? MAX_DISTINCT + 1 : values.size;
    const categories = isNumber && distinct > MAX_NUMBERS_LISTED ? [] : mostFrequent(values).slice(0, MAX_LISTED);
    const filled = isNumber && numbers.count > 0;
    return {
      ok: true,
      reading,
      summary: {
        name: this.name,
        type: reading.type,
        missing: sum(gaps.values()),
        min: filled ? numbers.min : null,
        max: filled ? numbers.max : null,
        mean: filled ? numbers.mean : null,
        distinct,
        gaps: [...gaps].map(([word, count]) => ({ word, count })).toSorted((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1)),
        categories,
        evidence,
      },
    };
  }

  private stray({ row, text }: Written): Result<never> {
    return refuse('DATASET_NOT_NUMERIC', { column: this.name, row, got: text.slice(0, 80), form: 'NUMBER' });
  }

  /** What was asked for; else a number where all cells are, apart from words that say that there is none. */
  private decide(): Result<{ reading: ColumnReading; evidence: ColumnEvidence | null }> {
    const { asked } = this;
    const given = new Set((asked?.missing ?? []).map(missingKey));
    const filled = [...this.written.values()].filter(({ text }) => textKey(text) !== '' && !given.has(missingKey(textKey(text))));
    const numbers = filled.filter(({ number }) => number !== null);
    const texts = filled.filter(({ number }) => number === null);
    const answer = (type: ColumnType, missing: string[], reason: ColumnEvidence['reason'], example: string | null = null) => ({
      ok: true as const,
      reading: { name: this.name, type, missing: asked?.missing ?? missing },
      evidence: { reason, example: example?.slice(0, 40) ?? null },
    });
    const named = (among: readonly Written[], words: ReadonlySet<string>): string[] => [...new Set(among.map(({ text }) => textKey(text)).filter((text) => words.has(missingKey(text))))].slice(0, 20);
    // Who names the words says with it that the others are values.
    const known = new Set(asked?.missing ? [] : [...STRONG, ...WEAK]);
    if (asked?.type) return answer(asked.type, asked.type === 'NUMBER' ? named(texts, known) : this.rareWords(filled), 'ASKED');
    const numeric = count(numbers) + this.lateNumbers.count;
    if (numeric === 0) return answer('CATEGORY', this.rareWords(filled), filled.length === 0 ? 'EMPTY' : 'WORDS', texts[0]?.text ?? null);
    for (const { text, number, count: times } of numbers) this.spelling.add(text, number!, times);
    const { code, firstLong } = this.spelling;
    if (code !== null) return answer('CATEGORY', this.rareWords(filled), 'LEADING_ZEROS', code);
    if (firstLong !== null) return answer('CATEGORY', this.rareWords(filled), 'LONG_NUMBERS', firstLong);
    const odd = texts.filter(({ text }) => !known.has(missingKey(text)));
    if (odd.length === 0 && this.lateTexts === 0) {
      const weak = texts.filter(({ text }) => WEAK.has(missingKey(text)));
      const measured = this.lateNumbers.count > 0 || new Set(numbers.map(({ number }) => number)).size > MEASURED;
      if (weak.length === 0 || measured || count(weak) < numeric * 0.05) return answer('NUMBER', named(texts, known), 'ALL_NUMBERS', numbers[0]?.text ?? null);
      return answer('CATEGORY', this.rareWords(filled), 'WORDS', weak[0]!.text);
    }
    const stray = this.otherFormat(odd) ?? this.mistake(odd, numeric);
    return stray ? this.stray(stray) : answer('CATEGORY', this.rareWords(filled), 'WORDS', (odd[0] ?? this.firstLateText)?.text ?? null);
  }

  /**
   * The first of late cells that are numbers with the other decimal mark, among numbers. The format was guessed from rows before them, so
   * they are no words: the owner is asked.
   */
  private otherFormat(odd: readonly Written[]): Written | null {
    if (this.rule === 'LEGACY' || odd.length === 0) return null;
    const { format, guessedFrom } = this.rule;
    const other: NumberFormat = { decimal: format.decimal === 'POINT' ? 'COMMA' : 'POINT', thousands: 'NONE' };
    const late = odd.every(({ text, row }) => row > guessedFrom && readNumber(textKey(text), other) !== null);
    return late ? odd.reduce((a, b) => (b.row < a.row ? b : a)) : null;
  }

  /** In a column of words: those that mean "no value", where they are too rare to be a class of their own. NA is also a country's code. */
  private rareWords(filled: readonly Written[]): string[] {
    const all = count(filled) + this.lateNumbers.count + this.lateTexts;
    const others = filled.filter(({ text }) => !STRONG.has(missingKey(text)));
    const codes = others.filter(({ text }) => TWO_CAPITALS.test(textKey(text))).length * 2 > others.length;
    const strong = filled.filter(({ text }) => STRONG.has(missingKey(text)) && !(codes && TWO_CAPITALS.test(textKey(text))));
    return count(strong) < all * RARE ? [...new Set(strong.map(({ text }) => textKey(text)))].slice(0, 20) : [];
  }

  private decideLegacy(): Result<{ reading: ColumnReading; evidence: null }> {
    const read = legacyCellReader('NUMBER');
    const filled = [...this.written.values()].filter(({ text }) => read(text).kind !== 'MISSING');
    const numbers = count(filled.filter(({ number }) => number !== null)) + this.lateNumbers.count;
    const words = filled.filter(({ number }) => number === null);
    const reading = (type: ColumnType) => ({ ok: true as const, reading: { name: this.name, type, missing: [] }, evidence: null });
    if (words.length === 0 && this.lateTexts === 0) return reading(numbers > 0 ? 'NUMBER' : 'CATEGORY');
    const stray = this.mistake(words, numbers);
    return stray ? this.stray(stray) : reading('CATEGORY');
  }

  /**
   * Words in a column that is mostly numbers are mistakes when they are few: fewer than one cell in a hundred, or none twice.
   * Otherwise the column holds codes such as ticket numbers, of which some look like numbers.
   */
  private mistake(words: readonly Written[], numbers: number): Written | null {
    const cells = count(words) + this.lateTexts;
    const first = words.reduce<Written | null>((a, b) => (a === null || b.row < a.row ? b : a), this.firstLateText);
    if (first === null || cells >= numbers) return null;
    const rare = cells * 100 < cells + numbers;
    const repeated = words.length + (this.lateTexts > 0 ? 1 : 0) < cells;
    return rare || !repeated ? first : null;
  }
}

function mostFrequent(values: ReadonlyMap<string, number>): { value: string; count: number }[] {
  return [...values].map(([value, times]) => ({ value, count: times })).toSorted((a, b) => b.count - a.count || compareCategories(a.value, b.value));
}

const count = (written: readonly Written[]): number => written.reduce((total, one) => total + one.count, 0);

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Numbers by size, before words by code unit; what is one number but not one text, such as `1` and `01`, by code unit too. */
export function compareCategories(a: string, b: string): number {
  const [x, y] = [parseNumber(a), parseNumber(b)];
  if (x !== null && y !== null && x !== y) return x - y;
  if ((x === null) !== (y === null)) return x !== null ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
