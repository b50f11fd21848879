import { ADMINS, type ProjectGrants } from './grant.ts';

export const PROJECT = {
  /** Sees webhooks and what was sent. */
  'webhook.read': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE', in: ['ACTIVE', 'ARCHIVED', 'DELETED'] },
  /** Changes and removes webhooks, and sends again. */
  'webhook.manage': { org: ADMINS, open: [], team: ['LEAD'], scope: 'WRITE' },
  /** Has what happens told to a new address: that outlives the session it was done in. */
  'webhook.empower': { org: ADMINS, open: [], team: ['LEAD'], scope: 'BROWSER', proof: true },
} as const satisfies ProjectGrants;
