import { ADMINS, type TeamGrants } from './grant.ts';

export const TEAM = {
  /** When a person works: their week, their days off. Their own, and those of who is in a team that one leads. */
  'workTime.manage': { org: ADMINS, team: ['LEAD'], scope: 'WRITE', own: 'organisation.read' },
} as const satisfies TeamGrants;
