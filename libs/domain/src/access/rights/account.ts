import { ADMINS, OWNERS, type OrganisationGrants } from './grant.ts';

export const ORGANISATION = {
  /** Accounts: their names, lesser roles, disabling. */
  'user.manage': { org: ADMINS, team: [], scope: 'ADMIN' },
  /** Gives somebody more than they had: an account, a password, a stronger role, a disabled account back. */
  'user.empower': { org: ADMINS, team: [], scope: 'BROWSER', proof: true },
  /** Any change of an owner's account, and making one. */
  'owner.manage': { org: OWNERS, team: [], scope: 'BROWSER', proof: true },
  /** E-mail addresses of others: leads need them to add people to their team. */
  'address.read': { org: ADMINS, team: ['LEAD'], scope: 'READ', own: 'organisation.read' },
  /** One's own name and language, home page and inbox. */
  'profile.change': { org: [], team: [], scope: 'WRITE', own: 'organisation.read' },
  /** One's own password, sessions and access tokens. */
  'credential.manage': { org: [], team: [], scope: 'BROWSER', own: 'organisation.read' },
  /** Makes a token of one's own that can do more than a session, or lives longer. */
  'token.empower': { org: [], team: [], scope: 'BROWSER', own: 'organisation.read', proof: true },
} as const satisfies OrganisationGrants;
