import { normalForm, ORG_ROLES, PERSON_FIELDS } from '@trainyard/domain';
import { defineList, inOrderOfWords, likePart, namesInCell, type FieldSql, type Names } from '../platform/lists/list.ts';
import { HOLDS_TODAY } from './current-membership.ts';

const TODAYS = `FROM membership m WHERE m.user_id = u.id AND ${HOLDS_TODAY}`;
/** The whole share of their time that is given to teams, in percent. */
const ALLOCATION = `(SELECT COALESCE(sum(m.allocation), 0)::int ${TODAYS})`;

/** A field that is a thing of the memberships of today, `x` of `table`: what it may be called, and what CSV tells. */
const ofMemberships = (table: string, id: string, called: (names: Names) => string, told: string): FieldSql => ({
  named: (names) =>
    `EXISTS (SELECT FROM membership m JOIN ${table} x ON x.id = m.${id} WHERE m.user_id = u.id AND ${HOLDS_TODAY} AND (x.id = ANY (${names.ids}) OR ${called(names)}))`,
  none: `NOT EXISTS (SELECT ${TODAYS})`,
  cell: `(SELECT ${namesInCell(`x.${told}`, { distinct: true })} FROM membership m JOIN ${table} x ON x.id = m.${id} WHERE m.user_id = u.id AND ${HOLDS_TODAY})`,
});

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
    team: ofMemberships('team', 'team_id', ({ normal }) => `x.name_key = ANY (${normal})`, 'name'),
    profession: ofMemberships(
      'role',
      'role_id',
      ({ patterns, capital }) => `x.name_en ILIKE ANY (${patterns}) OR x.name_zh ILIKE ANY (${patterns}) OR x.key = ANY (${capital})`,
      'name_en',
    ),
    allocation: { value: ALLOCATION, order: () => [{ by: ALLOCATION, as: 'int', nullable: false }] },
    created: { value: 'u.created_at', order: () => [{ by: 'u.created_at', as: 'timestamptz', nullable: false }] },
    is: { flags: { DISABLED: 'u.disabled', ME: (statement) => `u.id = ${statement.me}` } },
  },
});
