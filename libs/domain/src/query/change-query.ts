import { normalForm } from '../text.ts';
import type { Query, Value } from './query.ts';

/** Whether two values mean the same, as far as can be told without knowing what there is. */
export function sameValue(a: Value, b: Value): boolean {
  if (a.is === 'TEXT' && b.is === 'TEXT') return normalForm(a.text) === normalForm(b.text);
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The values of which a thing must have one: those of a field that the query names alone. */
export function valuesAsked(query: Query, field: string): readonly Value[] {
  const [first, ...others] = query.conditions.filter((condition) => condition.field === field && !condition.negated);
  return first && others.length === 0 ? first.values : [];
}

/** The query, asking for these values of a field and, of that field, for nothing else; for none: it asks nothing of the field. */
export function askingFor(query: Query, field: string, values: readonly Value[]): Query {
  const at = query.conditions.findIndex((condition) => condition.field === field);
  const others = query.conditions.filter((condition) => condition.field !== field);
  if (values.length === 0) return { ...query, conditions: others };
  return { ...query, conditions: others.toSpliced(at < 0 ? others.length : at, 0, { field, negated: false, values }) };
}

/** The query with a value taken away, or added to those asked for; `alone` in place of them. */
export function toggled(query: Query, field: string, value: Value, alone = false): Query {
  const before = valuesAsked(query, field);
  const isAsked = before.some((one) => sameValue(one, value));
  if (alone) return askingFor(query, field, isAsked && before.length === 1 ? [] : [value]);
  return askingFor(query, field, isAsked ? before.filter((one) => !sameValue(one, value)) : [...before, value]);
}
