import type { SortKey } from '@trainyard/domain';
import { fieldSql } from './conditions.ts';
import { written, type ListDefinition, type OrderColumn } from './list.ts';
import type { Statement } from './statement.ts';

/** One expression that rows are ordered by. */
interface Key {
  sql: string;
  as: OrderColumn['as'] | 'uuid';
  nullable: boolean;
  descending: boolean;
}

/** An order that no two rows share: last comes the key of the table, in the direction of what stands before it, as indexes have it. */
export function orderKeys(list: ListDefinition, sort: readonly SortKey[], statement: Statement): readonly Key[] {
  const asked = sort.length > 0 ? sort : list.order(statement.projectId);
  const keys: Key[] = asked.flatMap(({ field, descending }) => {
    const { sql, within } = fieldSql(list, field);
    if (!sql.order) throw new Error(`${list.name} is not sorted by ${field}`);
    return sql.order(statement, within).map(({ by, as, nullable }) => ({ sql: written(by, statement, within), as, nullable, descending }));
  });
  return [...keys, { sql: list.key, as: 'uuid', nullable: false, descending: keys.at(-1)?.descending ?? false }];
}

/** `names` stand for the keys where these are columns already. */
export const orderSql = (keys: readonly Key[], names?: readonly string[]): string =>
  keys.map(({ sql, descending, nullable }, i) => `${names?.[i] ?? sql}${descending ? ' DESC' : ''}${nullable ? ' NULLS LAST' : ''}`).join(', ');

/** Whether a row could have these values of the keys: a cursor comes from outside. */
export const areValuesOf = (keys: readonly Key[], values: readonly (string | null)[]): boolean =>
  values.length === keys.length && keys.every(({ nullable }, i) => nullable || values[i] !== null);

/** Whether a row comes after the one with these keys. */
export function afterSql(keys: readonly Key[], values: readonly (string | null)[], statement: Statement): string {
  const bound = keys.map(({ as }, i) => (values[i] === null || values[i] === undefined ? null : statement.param(values[i], as)));
  const first = keys[0];
  const allPlain = keys.every(({ nullable, descending }) => !nullable && descending === first?.descending);
  // An index of the same columns begins right there.
  if (allPlain) return `(${keys.map(({ sql }) => sql).join(', ')}) ${first?.descending ? '<' : '>'} (${bound.join(', ')})`;
  const after = keys.map((key, i) => {
    const before = keys.slice(0, i).map((one, j) => (bound[j] === null ? `${one.sql} IS NULL` : `${one.sql} = ${bound[j]}`));
    return [...before, behind(key, bound[i] ?? null)].join(' AND ');
  });
  return after.map((one) => `(${one})`).join(' OR ');
}

/** Nothing is behind what is not there. */
function behind({ sql, nullable, descending }: Key, bound: string | null): string {
  if (bound === null) return 'false';
  const further = `${sql} ${descending ? '<' : '>'} ${bound}`;
  return nullable ? `(${further} OR ${sql} IS NULL)` : further;
}
