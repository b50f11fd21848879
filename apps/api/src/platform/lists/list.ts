import type { FieldSpecs, SortKey } from '@trainyard/domain';
import type { Statement } from './statement.ts';

/** SQL over a row of the list. `within` is the rest of a family's name: `accuracy` of `metric.accuracy`. */
export type Expression = string | ((statement: Statement, within: string) => string);
export const written = (expression: Expression, statement: Statement, within: string): string =>
  typeof expression === 'string' ? expression : expression(statement, within);

/** Texts that a thing may be called by, as parameters: their normal forms, as they were written, in capitals, and those that are ids. */
export interface Names {
  readonly texts: readonly string[];
  readonly normal: string;
  readonly plain: string;
  readonly capital: string;
  readonly ids: string;
  readonly patterns: string;
}

export interface OrderColumn {
  by: Expression;
  as: 'text COLLATE "C"' | 'float8' | 'int' | 'timestamptz' | 'date';
  /** Rows without it come last, whatever the direction. */
  nullable: boolean;
}

/** What a field is in SQL; what is left out is its `value`. */
export interface FieldSql {
  /** What WORD, NUMBER, TIME, DAY, TEXT and VALUE compare. A VALUE is text, and a number where `number` says so. */
  value?: Expression;
  number?: Expression;
  /** Of NAME and PERSON: whether one of the names is meant. */
  named?: (names: Names, statement: Statement) => string;
  /** Of PERSON: whether it is the caller. */
  mine?: (statement: Statement) => string;
  /** Whether there is none. */
  none?: Expression;
  order?: (statement: Statement, within: string) => readonly OrderColumn[];
  /** What CSV tells. */
  cell?: Expression;
  /** Of a family: the names within it that a row has, as a SELECT of one column. */
  members?: string;
  /** Of FLAG: the conditions, by word. */
  flags?: Readonly<Record<string, Expression>>;
}

export interface ListDefinition<Fields extends FieldSpecs = FieldSpecs> {
  /** A word of the program: it is in cursors, addresses and saved views. */
  name: string;
  fields: Fields;
  /** The table with its alias, what it is always joined with (`project p` for most), and its key. */
  table: string;
  joins: string;
  key: string;
  /** What the caller may know of: every row and every count is within. */
  readable: (statement: Statement) => string;
  /** Within one project. Null: the list knows no projects. */
  ofProject: ((project: string) => string) | null;
  /** Whether a row contains a word. */
  contains: (text: string, statement: Statement) => string;
  /** The order where none is asked for. */
  order: (projectId: string | null) => readonly SortKey[];
  sql: { readonly [Name in keyof Fields]: FieldSql };
}

export const defineList = <Fields extends FieldSpecs>(definition: ListDefinition<Fields>): ListDefinition<Fields> => definition;

/** Text as a part of a LIKE pattern. */
export const likePart = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

/** Words are ordered as their constant is, not by their letters. */
export const inOrderOfWords =
  (words: readonly string[], value: string) =>
  (statement: Statement): readonly OrderColumn[] => [{ by: `array_position(${statement.param(words, 'text[]')}, ${value})`, as: 'int', nullable: true }];

/** Names in one cell of CSV, with commas between them; one that holds a comma or a quotation mark is quoted, as CSV itself does. */
export const namesInCell = (name: string, options: { distinct?: boolean; order?: string } = {}): string =>
  `string_agg(${options.distinct ? 'DISTINCT ' : ''}CASE WHEN ${name} ~ '[,"]' THEN '"' || replace(${name}, '"', '""') || '"' ELSE ${name} END, ', '${options.order ? ` ORDER BY ${options.order}` : ''})`;

/** Of the field `archived`, over `project p`; what belongs to no project is not archived. */
export const ARCHIVED: FieldSql = { value: `CASE WHEN p.archived_at IS NULL THEN 'NO' ELSE 'YES' END` };
