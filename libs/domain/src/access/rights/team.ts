import { ADMINS, type OrganisationGrants, type TeamGrants } from './grant.ts';

export const ORGANISATION = {
  'team.create': { org: ADMINS, team: [], scope: 'ADMIN' },
  'profession.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
} as const satisfies OrganisationGrants;

export const TEAM = {
  'team.manage': { org: ADMINS, team: ['LEAD'], scope: 'WRITE' },
  /** Makes somebody a lead, who may then hand on rights. */
  'team.empower': { org: ADMINS, team: ['LEAD'], scope: 'BROWSER', proof: true },
} as const satisfies TeamGrants;
