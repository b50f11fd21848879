import { ADMINS, type ProjectGrants } from './grant.ts';

export const PROJECT = {
  /** Plans, starts and completes sprints. Which tickets are in one is said by whoever writes tickets. */
  'sprint.manage': { org: ADMINS, open: [], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
} as const satisfies ProjectGrants;
