import { ADMINS, EVERYONE, type OrganisationGrants } from './grant.ts';

export const ORGANISATION = {
  'organisation.read': { org: EVERYONE, team: [], scope: 'READ' },
  'organisation.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
  'audit.read': { org: ADMINS, team: [], scope: 'ADMIN' },
} as const satisfies OrganisationGrants;
