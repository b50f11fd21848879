import type { TokenScope } from './roles.ts';

/** After signing in, what else asks for the password is given without it for this long. */
export const PROOF_MINUTES = 10;
/** A session lasts for a month at most. */
const LONGEST_WITHOUT_PROOF_MS = 31 * 86_400_000;

/** Whether a session alone must not make such a token: it would give whoever borrows a browser more than the browser has, or for longer. */
export function tokenNeedsProof(scopes: readonly TokenScope[], expiresAt: Date | null, now: Date): boolean {
  return scopes.includes('ADMIN') || expiresAt === null || expiresAt.getTime() - now.getTime() > LONGEST_WITHOUT_PROOF_MS;
}
