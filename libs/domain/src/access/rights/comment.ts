import { ADMINS, type ProjectGrants } from './grant.ts';

export const PROJECT = {
  'comment.write': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  /** Nobody puts words into another's mouth. */
  'comment.edit': { org: [], open: [], team: [], scope: 'WRITE', own: 'comment.write' },
  'comment.delete': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE', own: 'comment.write' },
} as const satisfies ProjectGrants;
