import { ADMINS, type ProjectGrants } from './grant.ts';

export const PROJECT = {
  'ticket.write': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  'ticket.delete': { org: ADMINS, open: [], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
} as const satisfies ProjectGrants;
