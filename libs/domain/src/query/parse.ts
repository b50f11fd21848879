import { fieldOf, namesOf, type FieldSpecs } from './fields.ts';
import { nearest } from './nearest.ts';
import { EMPTY_QUERY, QUERY_LIMITS, type Condition, type Query, type QueryError, type QueryProblem, type SortKey, type Value, type Word } from './query.ts';
import { tokens, type Item, type Piece } from './tokens.ts';
import { isProblem, valueOf } from './values.ts';

export type Parsed = { ok: true; query: Query } | { ok: false; errors: readonly QueryError[] };

/** Controls that are no blanks, and halves of characters: no text that can be looked for has them. */
const NOT_IN_TEXT = /(?!\s)[\p{Cc}\p{Cs}]/u;

/** The query that a text says for these fields, or everything that is wrong with it. Any text gives one of the two. */
export function parse(text: string, fields: FieldSpecs): Parsed {
  if (text.length > QUERY_LIMITS.length)
    return { ok: false, errors: [{ problem: 'TOO_LONG', start: QUERY_LIMITS.length, end: text.length, params: { max: QUERY_LIMITS.length } }] };
  const control = NOT_IN_TEXT.exec(text);
  if (control) return { ok: false, errors: [{ problem: 'CONTROL_CHARACTER', start: control.index, end: control.index + control[0].length, params: {} }] };
  const reading = new Reading(fields);
  const { items, unclosed } = tokens(text);
  for (const item of items) reading.item(item);
  if (unclosed !== null) reading.wrong('UNCLOSED_QUOTE', { start: unclosed, end: text.length });
  return reading.errors.length > 0 ? { ok: false, errors: reading.errors.toSorted((a, b) => a.start - b.start) } : { ok: true, query: reading.query };
}

class Reading {
  readonly errors: QueryError[] = [];
  private readonly conditions: Condition[] = [];
  private readonly words: Word[] = [];
  private readonly sort: SortKey[] = [];
  private group: string | null = null;

  private readonly fields: FieldSpecs;

  constructor(fields: FieldSpecs) {
    this.fields = fields;
  }

  get query(): Query {
    if (this.conditions.length + this.words.length + this.sort.length === 0 && this.group === null) return EMPTY_QUERY;
    return { conditions: this.conditions, words: this.words, sort: this.sort, ...(this.group !== null && { group: this.group }) };
  }

  wrong(problem: QueryProblem, { start, end }: { start: number; end: number }, params: QueryError['params'] = {}): void {
    if (this.errors.length < QUERY_LIMITS.errors) this.errors.push({ problem, start, end, params });
  }

  item(item: Item): void {
    if (item.field === null) return this.word(item);
    const typed = item.field.text;
    const where = { start: item.start + (item.negated ? 1 : 0), end: item.field.end };
    if (typed.toLowerCase() === 'sort') return this.sorts(item);
    const groups = namesOf(this.fields, 'group');
    if (typed.toLowerCase() === 'group' && groups.length > 0) return this.groups(item, groups);
    const found = fieldOf(this.fields, typed);
    if (!found?.spec.filter) {
      const allowed = namesOf(this.fields, 'filter');
      const suggestion = nearest(typed.toLowerCase(), [...allowed, 'sort']);
      return this.wrong('UNKNOWN_FIELD', where, { field: typed, allowed: allowed.join(', '), ...(suggestion !== null && { suggestion }) });
    }
    if (this.isOneTooMany(item)) return;
    if (item.pieces.length > QUERY_LIMITS.values) return this.wrong('TOO_MANY_VALUES', item, { field: found.name, max: QUERY_LIMITS.values });
    const values: Value[] = [];
    for (const piece of item.pieces) {
      if (!this.isPlausible(piece, found.name)) continue;
      const value = valueOf(found.spec, piece);
      if (isProblem(value)) this.wrong(value.problem, piece, { field: found.name, value: piece.text, ...value.params });
      else values.push(value);
    }
    this.conditions.push({ field: found.name, negated: item.negated, values });
  }

  private word(item: Item): void {
    const [piece] = item.pieces;
    if (!piece || piece.text.trim() === '' || this.isOneTooMany(item)) return;
    if (piece.text.length > QUERY_LIMITS.value) return this.wrong('VALUE_TOO_LONG', piece, { max: QUERY_LIMITS.value });
    this.words.push({ text: piece.text, negated: item.negated });
  }

  private sorts(item: Item): void {
    if (item.negated) return this.wrong('SORT_NEGATED', item, { suggestion: `sort:-${item.pieces[0]?.text.replace(/^-/, '') ?? ''}` });
    for (const piece of item.pieces) {
      if (!this.isPlausible(piece, 'sort')) continue;
      const descending = piece.text.startsWith('-');
      const typed = descending ? piece.text.slice(1) : piece.text;
      const found = fieldOf(this.fields, typed);
      if (!found?.spec.sort) {
        const allowed = namesOf(this.fields, 'sort');
        const suggestion = nearest(typed.toLowerCase(), allowed);
        this.wrong('NOT_SORTABLE', piece, { value: typed, allowed: allowed.join(', '), ...(suggestion !== null && { suggestion }) });
      } else if (this.sort.some((key) => key.field === found.name)) this.wrong('SORTED_TWICE', piece, { value: found.name });
      else if (this.sort.length === QUERY_LIMITS.sorts) this.wrong('TOO_MANY_SORTS', piece, { max: QUERY_LIMITS.sorts });
      else this.sort.push({ field: found.name, descending });
    }
  }

  private groups(item: Item, allowed: readonly string[]): void {
    if (this.group !== null || item.pieces.length > 1) return this.wrong('TOO_MANY_VALUES', item, { field: 'group', max: 1 });
    const [piece] = item.pieces;
    if (!piece || !this.isPlausible(piece, 'group')) return;
    const name = piece.text.toLowerCase();
    if (!item.negated && allowed.includes(name)) this.group = name;
    else {
      const suggestion = nearest(name, allowed);
      const value = (item.negated ? '-' : '') + piece.text;
      this.wrong('UNKNOWN_WORD', piece, { field: 'group', value, allowed: allowed.join(', '), ...(suggestion !== null && !item.negated && { suggestion }) });
    }
  }

  /** What has no text is no value, whatever the field. */
  private isPlausible(piece: Piece, field: string): boolean {
    if (piece.text.trim() === '') this.wrong('NO_VALUE', piece, { field });
    else if (piece.text.length > QUERY_LIMITS.value) this.wrong('VALUE_TOO_LONG', piece, { field, max: QUERY_LIMITS.value });
    else return true;
    return false;
  }

  private isOneTooMany(item: Item): boolean {
    if (this.conditions.length + this.words.length < QUERY_LIMITS.conditions) return false;
    if (!this.errors.some((error) => error.problem === 'TOO_MANY_CONDITIONS')) this.wrong('TOO_MANY_CONDITIONS', item, { max: QUERY_LIMITS.conditions });
    return true;
  }
}
