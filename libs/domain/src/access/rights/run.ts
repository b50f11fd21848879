import { ADMINS, type ProjectGrants } from './grant.ts';

export const PROJECT = {
  'run.queue': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  'run.cancel': { org: ADMINS, open: [], team: ['LEAD', 'MEMBER'], scope: 'WRITE', own: 'run.queue', in: ['ACTIVE', 'ARCHIVED'] },
} as const satisfies ProjectGrants;
