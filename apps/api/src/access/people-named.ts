import type { FieldSql, Names } from '../platform/lists/list.ts';
import type { Statement } from '../platform/lists/statement.ts';

/** The ids of people by name or id, and by address for those who may know the addresses of all. */
function peopleNamed(names: Names, statement: Statement): string {
  const byAddress = statement.mayReadAddresses ? ` OR u.email_key = ANY (${names.normal})` : '';
  return `ARRAY(SELECT u.id FROM app_user u WHERE u.name_key = ANY (${names.normal}) OR u.id = ANY (${names.ids})${byAddress})`;
}

/** A field of a list that is a person: `column` has their id, or null. */
export const personIn = (column: string) =>
  ({
    named: (names, statement) => `${column} = ANY (${peopleNamed(names, statement)})`,
    mine: (statement) => `${column} = ${statement.me}`,
    none: `${column} IS NULL`,
    cell: `(SELECT u.name FROM app_user u WHERE u.id = ${column})`,
  }) satisfies FieldSql;
