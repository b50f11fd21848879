import type { Query } from '../query/query.ts';
import { SET_FIELDS } from './fields.ts';
import { LINK_FIELDS } from './links.ts';

/** An entry of the log, as far as it says what has changed. */
export interface LoggedChange {
  entity: string;
  action: string;
  changes: unknown;
}

/** Where the log calls a field otherwise than queries do, or one change may be asked for in several ways. */
const ASKED_AS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(SET_FIELDS.map(({ as, name }) => [as, [name]])),
  dueDate: ['due', 'is'],
  ...Object.fromEntries(Object.values(LINK_FIELDS).map((as) => [as, as === LINK_FIELDS.BLOCKED_BY ? ['is'] : []])),
  state: ['state', 'is', 'ended'],
  resolution: ['resolution'],
  columnId: ['column', 'board', 'is', 'entered'],
  boardId: ['column', 'board', 'is', 'entered'],
  rank: [],
};
const BY_ENTITY: Readonly<Record<string, readonly string[]>> = { COMMENT: ['comments'], ATTACHMENT: ['files'], RUN: ['run'] };

/** The fields of a ticket that an entry of its log may have changed, by their names in queries; null: any of them. */
export function touchedFields({ entity, action, changes }: LoggedChange): ReadonlySet<string> | null {
  const known = BY_ENTITY[entity];
  if (known) return new Set(known);
  if (entity !== 'TICKET' || (action !== 'UPDATED' && action !== 'MOVED') || typeof changes !== 'object' || changes === null) return null;
  const names = Object.keys(changes).map((as) => ASKED_AS[as]);
  return names.includes(undefined) ? null : new Set(['updated', ...names.flatMap((each) => each ?? [])]);
}

/** The fields that a query looks at. Words are looked for in the title. */
export function askedFields({ conditions, words }: Query): ReadonlySet<string> {
  return new Set([...conditions.map(({ field }) => field), ...(words.length > 0 ? ['title'] : [])]);
}
