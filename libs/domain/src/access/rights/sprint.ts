import { ADMINS, type ProjectGrants } from './grant.ts';

export const PROJECT = {
  /** Plans, starts and completes sprints. Which tickets are in one is said by whoever writes tickets. */
  'sprint.manage': { org: ADMINS, open: [], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  /** Says what they think of a sprint, votes, and makes tickets of it. */
  'retro.write': { org: ADMINS, open: [], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  /** Nobody puts words into another's mouth, nor takes them out of it. */
  'retro.own': { org: [], open: [], team: [], scope: 'WRITE', own: 'retro.write' },
} as const satisfies ProjectGrants;
