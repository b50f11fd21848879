import type { FieldSpec } from './fields.ts';

export const QUERY_LIMITS = { length: 2_000, conditions: 30, values: 50, sorts: 3, value: 250, errors: 10 } as const;

/** A moment as it was written: a day of the reader's zone, an instant, so long ago or ahead, or a day counted from today. */
export type Moment =
  | { at: 'DAY'; day: string }
  | { at: 'INSTANT'; instant: string }
  | { at: 'AGO'; amount: number; unit: AgoUnit }
  | { at: 'AHEAD'; amount: number; unit: AgoUnit }
  | { at: 'TODAY' }
  | { at: 'YESTERDAY' }
  | { at: 'TOMORROW' };
/** `d` is 24 hours and `w` seven of these, whatever clocks do meanwhile; of a field that is a day they are days of the calendar. */
export const AGO_HOURS = { h: 1, d: 24, w: 168 } as const;
export type AgoUnit = keyof typeof AGO_HOURS;

/** `open`: the bound itself is not within. */
export interface Bound<T> {
  value: T;
  open: boolean;
}

export type Value =
  | { is: 'NONE' }
  | { is: 'ME' }
  /** A word of the field, as a constant. */
  | { is: 'WORD'; word: string }
  | { is: 'TEXT'; text: string }
  | { is: 'NUMBERS'; from: Bound<number> | null; to: Bound<number> | null }
  | { is: 'TIMES'; from: Bound<Moment> | null; to: Bound<Moment> | null };

/** Any of `values`, or none of them where it is negated. A thing without the field fulfils every negated condition but `none`. */
export interface Condition {
  field: string;
  negated: boolean;
  values: readonly Value[];
}
/** Text that a thing contains, or does not. */
export interface Word {
  text: string;
  negated: boolean;
}
export interface SortKey {
  field: string;
  descending: boolean;
}

/** All conditions and all words hold. */
export interface Query {
  conditions: readonly Condition[];
  words: readonly Word[];
  sort: readonly SortKey[];
  /** The field that things are shown in groups of. */
  group?: string;
}
export const EMPTY_QUERY: Query = { conditions: [], words: [], sort: [] };

/** What may be wrong with the text of a query; screens have a sentence for each. */
export const QUERY_PROBLEMS = [
  'TOO_LONG',
  'TOO_MANY_CONDITIONS',
  'TOO_MANY_VALUES',
  'VALUE_TOO_LONG',
  'CONTROL_CHARACTER',
  'UNCLOSED_QUOTE',
  'UNKNOWN_FIELD',
  'NO_VALUE',
  'UNKNOWN_WORD',
  'NOT_A_NUMBER',
  'NOT_A_TIME',
  'NOT_A_DAY',
  'NO_RANGE',
  'BACKWARDS',
  'NOT_SORTABLE',
  'TOO_MANY_SORTS',
  'SORTED_TWICE',
  'SORT_NEGATED',
] as const;
export type QueryProblem = (typeof QUERY_PROBLEMS)[number];

/** What is wrong between two places of the text (in UTF-16 units, the end not within), and the facts of what would be right. */
export interface QueryError {
  problem: QueryProblem;
  start: number;
  end: number;
  /** `field` and `value` as typed, `allowed` words, `suggestion`, `max`, `example`: those that the problem has. */
  params: Readonly<Record<string, string | number>>;
}

/** The words of a field as they are written. */
export const wordsOf = (spec: FieldSpec): string[] => (spec.words ?? []).map((word) => word.toLowerCase());
