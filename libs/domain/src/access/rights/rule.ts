import { ADMINS, type ProjectGrants } from './grant.ts';

export const PROJECT = {
  /** Writes rules and switches them on: they act in the name of whoever did, for longer than a session or a token. Also what a rule needs of its owner each time. */
  'rule.manage': { org: ADMINS, open: [], team: ['LEAD'], scope: 'ADMIN' },
} as const satisfies ProjectGrants;
