import { ADMINS, WRITERS, type OrganisationGrants, type ProjectGrants } from './grant.ts';

export const ORGANISATION = {
  /** Views of lists over all projects: one's own, those for all, and another's that is for all. */
  'organisationView.keep': { org: [], team: [], scope: 'WRITE', own: 'organisation.read' },
  'organisationView.share': { org: WRITERS, team: [], scope: 'WRITE' },
  'organisationView.manage': { org: ADMINS, team: [], scope: 'WRITE', own: 'organisationView.share' },
} as const satisfies OrganisationGrants;

export const PROJECT = {
  /** Keeps a view that nobody else sees: whoever reads the project may. */
  'view.keep': { org: [], open: [], team: [], scope: 'WRITE', own: 'project.read' },
  'view.share': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  /** Changes and deletes a shared view. */
  'view.manage': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE', own: 'view.share' },
} as const satisfies ProjectGrants;
