import { refuse, type Result } from '../result.ts';
import { Amounts, AmountsRead, amountOf } from './amount.ts';
import { compareCategories } from './compare-categories.ts';
import type { ColumnEvidence, DatasetColumn } from './dataset.ts';
import { legacyCellReader } from './legacy-reading.ts';
import { KNOWN, STRONG, WEAK } from './missing-words.ts';
import { NumberSum } from './number-sum.ts';
import { parseNumber, readNumber, type NumberFormat } from './number-format.ts';
import { NumberSpelling } from './number-spelling.ts';
import {
  MAX_DISTINCT,
  cellReader,
  keyOf,
  missingKey,
  textKey,
  textOfFormula,
  type AskedColumn,
  type Cell,
  type ColumnReading,
  type ColumnType,
} from './reading.ts';

/** Shown of a column's values; what may be done with the column is never decided by these. */
const MAX_LISTED = 100;
const MAX_NUMBERS_LISTED = 20;

/** A class of its own is not rare; a gap is. */
const RARE = 0.2;
/** A word among numbers may be a class of its own, unless it is rarer than this. */
const RARE_AMONG_NUMBERS = 0.05;
/** More distinct numbers than this were measured and are no classes. */
const MEASURED = 20;
const TWO_CAPITALS = /^[A-Z]{2}$/;

/**
 * How a table is looked through for its columns: formats and words as the reading says, or as they were before readings.
 * `guessedFrom`: the last row that the format was guessed from; what comes later may be written otherwise.
 */
export type TallyRule = FormatRule | 'LEGACY';
interface FormatRule {
  format: NumberFormat;
  asked: readonly AskedColumn[];
  guessedFrom: number;
}

export interface TalliedColumn {
  summary: DatasetColumn;
  reading: ColumnReading;
}

/** One way that a cell was written, and how often. */
interface Written {
  text: string;
  /** As it is compared as a value, and as a word for "no value". */
  key: string;
  word: string;
  count: number;
  /** Of the first. */
  row: number;
  number: number | null;
}

type Decided = { reading: ColumnReading; evidence: ColumnEvidence | null };

/** Gathers one column, and decides what it holds where its owner did not. */
export class ColumnTally {
  private readonly name: string;
  private readonly rule: TallyRule;
  private readonly asked: AskedColumn | undefined;
  /** What its owner calls no value, and the empty cell. */
  private readonly given: ReadonlySet<string>;
  private readonly written = new Map<string, Written>();
  /** What came when there were too many different ones to count apart. Words that may say "no value" are few and always counted. */
  private readonly lateNumbers = new NumberSum();
  private readonly spelling = new NumberSpelling();
  private lateTexts = 0;
  private firstLateText: Written | undefined;
  /** None of these texts was another thing than a number with the other decimal mark. */
  private lateAreOther = true;
  private readonly amounts = new Amounts();
  private readonly amountsRead = new AmountsRead();

  constructor(name: string, rule: TallyRule) {
    this.name = name;
    this.rule = rule;
    this.asked = rule === 'LEGACY' ? undefined : rule.asked.find((column) => column.name === name);
    this.given = new Set(this.asked?.missing?.map(missingKey)).add('');
  }

  add(text: string, row: number): void {
    const before = this.written.get(text);
    if (before !== undefined) {
      before.count++;
      return;
    }
    const key = textKey(text);
    const word = missingKey(key);
    // What says "no value" may be in another currency, and is no amount.
    const isGiven = this.given.has(word);
    const number = isGiven ? null : (this.numberOf(text, key) ?? this.amountIn(text, key, row));
    if (this.written.size < MAX_DISTINCT || KNOWN.has(word) || isGiven) {
      this.written.set(text, { text, key, word, count: 1, row, number });
    } else if (number !== null) {
      this.lateNumbers.add(number, 1);
      this.spelling.add(text, number, 1);
    } else {
      this.lateTexts++;
      this.firstLateText ??= { text, key, word, count: 1, row, number };
      this.lateAreOther &&= this.rule !== 'LEGACY' && isOther(key, this.rule.format);
      this.amounts.look(key);
    }
  }

  finish(): Result<TalliedColumn> {
    const { rule } = this;
    const decided = rule === 'LEGACY' ? this.decideLegacy() : this.decide(rule);
    if (!decided.ok) return decided;
    const { reading, evidence } = decided;
    if (this.amountsRead.other) return this.stray(this.amountsRead.other, 'ONE_CURRENCY');
    return this.summary(reading, evidence, rule === 'LEGACY' ? legacyCellReader(reading.type) : cellReader(reading, rule.format));
  }

  private numberOf(text: string, key: string): number | null {
    if (this.rule === 'LEGACY') return parseNumber(text);
    return textOfFormula(text) === null ? readNumber(key, this.rule.format) : null;
  }

  /** Where its owner says that it holds numbers: a guess makes none of `(1)`, which may be a label. */
  private amountIn(text: string, key: string, row: number): number | null {
    if (this.rule === 'LEGACY' || this.asked?.type !== 'NUMBER') return null;
    const amount = amountOf(key);
    const value = amount && readNumber(amount.number, this.rule.format);
    if (amount && value !== null && readNumber(key, this.rule.format) === null) this.amountsRead.add(text, row, amount, value);
    return value;
  }

  private summary(reading: ColumnReading, evidence: ColumnEvidence | null, read: (text: string) => Cell): Result<TalliedColumn> {
    const values = new Map<string, number>();
    const gaps = new Map<string, number>();
    const numbers = new NumberSum();
    numbers.merge(this.lateNumbers);
    const odd: Written[] = [];
    for (const one of this.written.values()) {
      const cell = read(one.text);
      if (cell.kind === 'MISSING') gaps.set(cell.word, (gaps.get(cell.word) ?? 0) + one.count);
      else if (cell.kind === 'ODD') odd.push(one);
      else {
        if (cell.kind === 'NUMBER') numbers.add(cell.value, one.count);
        const key = keyOf(cell)!;
        values.set(key, (values.get(key) ?? 0) + one.count);
      }
    }
    const isNumber = reading.type === 'NUMBER';
    const stray = isNumber ? this.first(odd) : undefined;
    if (stray) return this.stray(stray);
    const distinct = this.lateNumbers.count + this.lateTexts > 0 ? MAX_DISTINCT + 1 : Math.min(values.size, MAX_DISTINCT + 1);
    const categories = isNumber && distinct > MAX_NUMBERS_LISTED ? [] : mostFrequent(values).slice(0, MAX_LISTED);
    return {
      ok: true,
      reading,
      summary: {
        name: this.name,
        type: reading.type,
        missing: sum(gaps.values()),
        ...(isNumber ? numbers : new NumberSum()).bounds,
        distinct,
        gaps: mostFrequent(gaps).map(({ value, count }) => ({ word: value, count })),
        categories,
        evidence,
      },
    };
  }

  private stray({ row, text }: Pick<Written, 'row' | 'text'>, form: 'NUMBER' | 'ONE_CURRENCY' = 'NUMBER'): Result<never> {
    return refuse('DATASET_NOT_NUMERIC', { column: this.name, row, got: text.slice(0, 80), form });
  }

  /** The first cell of these, which are in the order of rows, and of the texts that were not counted apart. */
  private first([one]: readonly Written[]): Written | undefined {
    const late = this.firstLateText;
    return !late || (one && one.row < late.row) ? one : late;
  }

  /** What was asked for; else a number where all cells are, apart from words that say that there is none. */
  private decide(rule: FormatRule): Result<Decided> {
    const { asked } = this;
    const filled = [...this.written.values()].filter(({ word }) => !this.given.has(word));
    const numbers = filled.filter(({ number }) => number !== null);
    const texts = filled.filter(({ number }) => number === null);
    // Who names the words says with it that the others are values.
    const isGap = ({ word }: Written): boolean => !asked?.missing && KNOWN.has(word);
    const gaps = texts.filter(isGap);
    const odd = texts.filter((one) => !isGap(one));
    const answer = (type: ColumnType, reason: ColumnEvidence['reason'], example?: Pick<Written, 'text'>) => ({
      ok: true as const,
      reading: { name: this.name, type, missing: asked?.missing ?? spellings(type === 'NUMBER' ? gaps : this.rareWords(filled)) },
      evidence: { reason, example: example?.text.slice(0, 40) ?? null },
    });
    if (asked?.type) {
      const { example } = this.amountsRead;
      const decided = answer(asked.type, 'ASKED');
      return example === null ? decided : { ...decided, evidence: { reason: 'AMOUNTS_READ', example } };
    }
    const numeric = count(numbers) + this.lateNumbers.count;
    for (const { key } of odd) this.amounts.look(key);
    const words = this.first(odd) && this.amounts.areAll ? 'AMOUNTS' : 'WORDS';
    if (numeric === 0) return answer('CATEGORY', filled.length === 0 ? 'EMPTY' : words, odd[0] ?? texts[0]);
    for (const { text, number, count: times } of numbers) this.spelling.add(text, number!, times);
    const { code, firstLong } = this.spelling;
    if (code !== null) return answer('CATEGORY', 'LEADING_ZEROS', { text: code });
    if (firstLong !== null) return answer('CATEGORY', 'LONG_NUMBERS', { text: firstLong });
    const stranger = this.first(odd);
    if (!stranger) {
      const weak = gaps.filter(({ word }) => WEAK.has(word));
      const measured = new Set(numbers.map(({ number }) => number)).size > MEASURED;
      return measured || count(weak) < numeric * RARE_AMONG_NUMBERS ? answer('NUMBER', 'ALL_NUMBERS', numbers[0]) : answer('CATEGORY', 'WORDS', weak[0]);
    }
    const stray = this.otherFormat(odd, rule) ?? this.mistake(odd, numeric);
    return stray ? this.stray(stray) : answer('CATEGORY', words, stranger);
  }

  /**
   * The first of late cells that are numbers with the other decimal mark, among numbers. The format was guessed from rows before them, so
   * they are no words: the owner is asked. Who comes after 10,000 others comes after those rows.
   */
  private otherFormat(odd: readonly Written[], { format, guessedFrom }: FormatRule): Written | undefined {
    return this.lateAreOther && odd.every(({ key, row }) => row > guessedFrom && isOther(key, format)) ? this.first(odd) : undefined;
  }

  /** In a column of words: those that mean "no value", where they are too rare to be a class of their own. NA is also a country's code. */
  private rareWords(filled: readonly Written[]): Written[] {
    const all = count(filled) + this.lateNumbers.count + this.lateTexts;
    const others = filled.filter(({ word }) => !STRONG.has(word));
    const codes = others.filter(({ key }) => TWO_CAPITALS.test(key)).length * 2 > others.length;
    const strong = filled.filter(({ key, word }) => STRONG.has(word) && !(codes && TWO_CAPITALS.test(key)));
    return count(strong) < all * RARE ? strong : [];
  }

  private decideLegacy(): Result<Decided> {
    const read = legacyCellReader('CATEGORY');
    const filled = [...this.written.values()].filter(({ text }) => read(text).kind !== 'MISSING');
    const numbers = count(filled.filter(({ number }) => number !== null)) + this.lateNumbers.count;
    const words = filled.filter(({ number }) => number === null);
    const reading = (type: ColumnType) => ({ ok: true as const, reading: { name: this.name, type, missing: [] }, evidence: null });
    if (!this.first(words)) return reading(numbers > 0 ? 'NUMBER' : 'CATEGORY');
    const stray = this.mistake(words, numbers);
    return stray ? this.stray(stray) : reading('CATEGORY');
  }

  /**
   * The first of words in a column that is mostly numbers, where they are mistakes: so few that they are fewer than one cell in a hundred, or
   * none is there twice. Otherwise the column holds codes such as ticket numbers, of which some look like numbers.
   */
  private mistake(words: readonly Written[], numbers: number): Written | undefined {
    const cells = count(words) + this.lateTexts;
    const rare = cells * 100 < cells + numbers;
    // Whether late ones are there twice nobody knows: more than one of them are codes.
    const repeated = words.length + Math.min(this.lateTexts, 1) < cells;
    return cells < numbers && (rare || !repeated) ? this.first(words) : undefined;
  }
}

/** A number with the other decimal mark than the format's. */
const isOther = (key: string, { decimal }: NumberFormat): boolean =>
  readNumber(key, { decimal: decimal === 'POINT' ? 'COMMA' : 'POINT', thousands: 'NONE' }) !== null;

/** How each word is spelled, once: case and width make no other word. */
function spellings(words: readonly Written[]): string[] {
  const first = new Map<string, string>();
  for (const { word, key } of words) if (!first.has(word)) first.set(word, key);
  return [...first.values()];
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
