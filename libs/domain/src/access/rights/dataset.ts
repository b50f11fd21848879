import { ADMINS, WRITERS, type OrganisationGrants, type ProjectGrants } from './grant.ts';

export const ORGANISATION = {
  'dataset.create': { org: WRITERS, team: [], scope: 'WRITE' },
  'dataset.path': { org: ADMINS, team: [], scope: 'WRITE' },
  /** Checks again or removes a dataset of the organisation. */
  'dataset.manage': { org: ADMINS, team: [], scope: 'WRITE', own: 'dataset.create' },
} as const satisfies OrganisationGrants;

export const PROJECT = {
  /** Checks again or removes a dataset of the project. */
  'data.manage': { org: ADMINS, open: [], team: [], scope: 'WRITE', own: 'run.queue' },
} as const satisfies ProjectGrants;
