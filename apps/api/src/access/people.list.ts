import { normalForm, ORG_ROLES, PERSON_FIELDS } from '@trainyard/domain';
import { defineList, inOrderOfWords, likePart } from '../platform/lists/list.ts';

/** Accounts. Everybody signed in may know the names of all; addresses are looked through by those who may know the addresses of all. */
export const PEOPLE_LIST = defineList({
  name: 'people',
  fields: PERSON_FIELDS,
  table: 'app_user u',
  joins: '',
  key: 'u.id',
  readable: () => 'true',
  ofProject: null,
  contains: (text, statement) => {
    const pattern = statement.param(`%${likePart(normalForm(text))}%`, 'text');
    return `u.name_key LIKE ${pattern}${statement.mayReadAddresses ? ` OR u.email_key LIKE ${pattern}` : ''}`;
  },
  order: () => [{ field: 'name', descending: false }],
  sql: {
    name: { value: 'u.name', order: () => [{ by: 'u.name_key', as: 'text COLLATE "C"', nullable: false }] },
    email: {
      value: (statement) => (statement.mayReadAddresses ? 'u.email' : 'NULL::text'),
      cell: (statement) => (statement.mayReadAddresses ? 'u.email' : `CASE WHEN u.id = ${statement.me} THEN u.email END`),
    },
    role: { value: 'u.org_role', order: inOrderOfWords(ORG_ROLES, 'u.org_role') },
    created: { value: 'u.created_at', order: () => [{ by: 'u.created_at', as: 'timestamptz', nullable: false }] },
    is: { flags: { DISABLED: 'u.disabled', ME: (statement) => `u.id = ${statement.me}` } },
  },
});
