import { ADMINS, type ProjectGrants } from './grant.ts';

export const PROJECT = {
  'board.manage': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE' },
} as const satisfies ProjectGrants;
