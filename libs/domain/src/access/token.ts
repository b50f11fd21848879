import type { TokenScope } from './roles.ts';

/** A session lasts for a month at most. */
const LONGEST_WITHOUT_PROOF_MS = 31 * 86_400_000;

/**
 * The permissions that making a token of one's own demands, all of them. One that administers, or outlives every session, is
 * `token.empower`: whoever borrows a browser for a minute would else have more than the browser has, or for longer.
 */
export function tokenDemands(scopes: readonly TokenScope[], expiresAt: Date | null, now: Date): ('credential.manage' | 'token.empower')[] {
  const empowers = scopes.includes('ADMIN') || expiresAt === null || expiresAt.getTime() - now.getTime() > LONGEST_WITHOUT_PROOF_MS;
  return empowers ? ['credential.manage', 'token.empower'] : ['credential.manage'];
}
