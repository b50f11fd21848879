import type { TypePolicies } from '@apollo/client';
import { pagesOf } from '../../apollo-pages.ts';

/** Short lists come whole, never in parts: the newest one is true. */
export const boardTypePolicies: TypePolicies = {
  Project: { fields: { labels: { merge: false }, people: { merge: false }, boards: { merge: false } } },
  Board: { fields: { columns: { merge: false } } },
  Ticket: { fields: { labelIds: { merge: false }, comments: pagesOf(), activity: pagesOf() } },
};
