import type { FieldSpecs } from '../query/fields.ts';
import { ORG_ROLES } from './roles.ts';

/** The fields of an account. Addresses are found and told where their reader may know them; teams, professions and shares are those of today. */
export const PERSON_FIELDS = {
  name: { type: 'TEXT', filter: true, sort: true, column: true },
  email: { type: 'TEXT', filter: true, column: true },
  role: { type: 'WORD', words: ORG_ROLES, filter: true, sort: true, column: true },
  team: { type: 'NAME', none: true, filter: true, column: true },
  profession: { type: 'NAME', none: true, filter: true, column: true },
  allocation: { type: 'NUMBER', filter: true, sort: true, column: true },
  created: { type: 'TIME', filter: true, sort: true, column: true },
  is: { type: 'FLAG', words: ['DISABLED', 'ME'], filter: true },
} as const satisfies FieldSpecs;
