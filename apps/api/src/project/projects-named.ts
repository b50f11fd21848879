import type { Names } from '../platform/lists/list.ts';
import type { Statement } from '../platform/lists/statement.ts';

/** The ids of projects by key, id or whole name. Those that the caller may not know of are none. */
export const projectsNamed = (names: Names, statement: Statement): string =>
  `ARRAY(SELECT p.id FROM project p WHERE (p.key = ANY (${names.capital}) OR p.name = ANY (${names.plain}) OR p.id = ANY (${names.ids})) AND ${statement.readable})`;
