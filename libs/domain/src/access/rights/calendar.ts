import { ADMINS, type OrganisationGrants } from './grant.ts';

export const ORGANISATION = {
  /** Calendars of working days. Which of them a project goes by, whoever manages it says. */
  'calendar.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
} as const satisfies OrganisationGrants;
