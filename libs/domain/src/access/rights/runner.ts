import { ADMINS, EVERYONE, type OrganisationGrants } from './grant.ts';

export const ORGANISATION = {
  /** Makes the token of a runner, which reads datasets and goes on when whoever made it is gone. */
  'runner.empower': { org: ADMINS, team: [], scope: 'BROWSER', proof: true },
  'runner.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
  'runner.read': { org: EVERYONE, team: [], scope: 'READ' },
} as const satisfies OrganisationGrants;
