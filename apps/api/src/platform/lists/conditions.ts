import { daysOf, fieldOf, instantsOf, normalForm, type Condition, type FieldSpec, type Query, type Value } from '@trainyard/domain';
import { isId } from '../input.ts';
import { likePart, written, type FieldSql, type ListDefinition, type Names } from './list.ts';
import type { Statement } from './statement.ts';

/** A field by its name, with what it is in SQL. The query was parsed for these fields. */
export function fieldSql(list: ListDefinition, name: string): { spec: FieldSpec; sql: FieldSql; within: string } {
  const found = fieldOf(list.fields, name);
  const dot = name.indexOf('.');
  const own = dot < 0 ? name : `${name.slice(0, dot)}.*`;
  const sql = Object.hasOwn(list.sql, own) ? list.sql[own] : undefined;
  if (!found || !sql) throw new Error(`${list.name} has no field ${name}`);
  return { spec: found.spec, sql, within: dot < 0 ? '' : name.slice(dot + 1) };
}

/** Everything that a row must fulfil: what the caller may know of, and what they ask for. */
export function whereOf(list: ListDefinition, query: Query, statement: Statement): string {
  const all = [list.readable(statement)];
  if (list.ofProject) {
    if (statement.projectId !== null) all.push(list.ofProject(statement.param(statement.projectId, 'uuid')));
    else if (!saysWhichProjects(query)) all.push('p.archived_at IS NULL');
  }
  return allOf([...all, ...askedOf(list, query, statement)]);
}

/** What a query asks for of a row, without who may know of it. */
export const askedOf = (list: ListDefinition, query: Query, statement: Statement): string[] => [
  ...query.conditions.map((condition) => conditionSql(list, condition, statement)),
  ...query.words.map(({ text, negated }) => (negated ? `(${list.contains(text, statement)}) IS NOT TRUE` : list.contains(text, statement))),
];

export const allOf = (conditions: readonly string[]): string => conditions.map((one) => `(${one})`).join(' AND ') || 'true';

/** Archived projects are asked for, or projects are asked for by name. */
function saysWhichProjects({ conditions }: Query): boolean {
  return conditions.some(({ field, negated }) => field === 'archived' || (field === 'project' && !negated));
}

function conditionSql(list: ListDefinition, { field, negated, values }: Condition, statement: Statement): string {
  const { spec, sql, within } = fieldSql(list, field);
  const any = anyOf(spec, sql, within, values, statement);
  const meant = any.length === 1 ? (any[0] ?? '') : any.map((one) => `(${one})`).join(' OR ');
  // What is not there is not the value, too.
  return negated ? `(${meant}) IS NOT TRUE` : meant;
}

function anyOf(spec: FieldSpec, sql: FieldSql, within: string, values: readonly Value[], statement: Statement): string[] {
  const value = (): string => {
    if (sql.value === undefined) throw new Error('a field to compare has a value');
    return written(sql.value, statement, within);
  };
  const any: string[] = [];
  const words = values.flatMap((one) => (one.is === 'WORD' ? [one.word] : []));
  if (spec.type === 'FLAG') any.push(...words.map((word) => written(sql.flags?.[word] ?? 'false', statement, within)));
  // Of a single word: where all rows are read, comparing with an array is half of the work.
  else if (words.length === 1) any.push(`${value()} = ${statement.param(words[0], 'text')}`);
  else if (words.length > 1) any.push(`${value()} = ANY (${statement.param(words, 'text[]')})`);

  const texts = values.flatMap((one) => (one.is === 'TEXT' ? [one.text] : []));
  if (texts.length > 0) {
    if (sql.named) any.push(sql.named(namesOf(texts, statement), statement));
    else if (spec.type === 'VALUE') any.push(`${value()} ILIKE ANY (${statement.param(texts.map(likePart), 'text[]')})`);
    else any.push(...texts.map((text) => `${value()} ILIKE ${statement.param(`%${likePart(text)}%`, 'text')}`));
  }
  for (const one of values) {
    if (one.is === 'NONE') any.push(sql.none === undefined ? `${value()} IS NULL` : written(sql.none, statement, within));
    if (one.is === 'ME') any.push(sql.mine?.(statement) ?? 'false');
    if (one.is === 'NUMBERS') any.push(rangeSql(sql.number === undefined ? value() : written(sql.number, statement, within), one, statement));
    if (one.is === 'TIMES' && spec.type === 'DAY') {
      const { from, to } = daysOf(one.from, one.to, statement.asked);
      const bounds = [];
      if (from) bounds.push(`${value()} >= ${statement.param(from, 'date')}`);
      if (to) bounds.push(`${value()} <= ${statement.param(to, 'date')}`);
      any.push(bounds.join(' AND '));
    } else if (one.is === 'TIMES') {
      const { from, before } = instantsOf(one.from, one.to, statement.asked);
      const bounds = [];
      if (from) bounds.push(`${value()} >= ${statement.param(from.toISOString(), 'timestamptz')}`);
      if (before) bounds.push(`${value()} < ${statement.param(before.toISOString(), 'timestamptz')}`);
      any.push(bounds.join(' AND '));
    }
  }
  return any;
}

function rangeSql(value: string, { from, to }: Extract<Value, { is: 'NUMBERS' }>, statement: Statement): string {
  const bounds = [];
  if (from) bounds.push(`${value} ${from.open ? '>' : '>='} ${statement.param(from.value, 'float8')}`);
  if (to) bounds.push(`${value} ${to.open ? '<' : '<='} ${statement.param(to.value, 'float8')}`);
  return bounds.join(' AND ');
}

/** Each form takes a parameter only where a list compares it. */
const namesOf = (texts: readonly string[], statement: Statement): Names => ({
  texts,
  get normal() {
    return statement.param(texts.map(normalForm), 'text[]');
  },
  get plain() {
    return statement.param(texts, 'text[]');
  },
  get capital() {
    return statement.param(
      texts.map((text) => text.toUpperCase()),
      'text[]',
    );
  },
  get ids() {
    return statement.param(texts.filter(isId), 'uuid[]');
  },
  get patterns() {
    return statement.param(texts.map(likePart), 'text[]');
  },
});
