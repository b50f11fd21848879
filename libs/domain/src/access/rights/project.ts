import { ADMINS, EVERYONE, WRITERS, type OrganisationGrants, type ProjectGrants } from './grant.ts';

export const ORGANISATION = {
  'project.create': { org: WRITERS, team: [], scope: 'WRITE' },
} as const satisfies OrganisationGrants;

export const PROJECT = {
  'project.read': { org: ADMINS, open: EVERYONE, team: ['LEAD', 'MEMBER', 'VIEWER'], scope: 'READ', in: ['ACTIVE', 'ARCHIVED', 'DELETED'] },
  'project.manage': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE' },
  /** Makes the project read-only, and takes that back. */
  'project.archive': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE', in: ['ACTIVE', 'ARCHIVED'] },
  /** Has the project erased after a waiting time. */
  'project.delete': { org: ADMINS, open: [], team: [], scope: 'BROWSER', proof: true, in: ['ACTIVE', 'ARCHIVED'] },
  /** Takes that back within the waiting time. */
  'project.undelete': { org: ADMINS, open: [], team: [], scope: 'ADMIN', in: ['DELETED'] },
} as const satisfies ProjectGrants;
