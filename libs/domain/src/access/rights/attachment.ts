import { ADMINS, type ProjectGrants } from './grant.ts';

export const PROJECT = {
  'attachment.write': { org: ADMINS, open: ['MEMBER'], team: ['LEAD', 'MEMBER'], scope: 'WRITE' },
  /** Deletes an attached file, and brings it back. */
  'attachment.delete': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE', own: 'attachment.write' },
} as const satisfies ProjectGrants;
