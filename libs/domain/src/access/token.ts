import type { TokenScope } from './roles.ts';

/** After signing in, what else asks for the password is given without it for this long. */
export const PROOF_MINUTES = 10;

/** Whether a session alone must not make such a token: it would give whoever borrows a browser more than the browser has, or for longer. */
export function tokenNeedsProof(scopes: readonly TokenScope[], expiresAt: Date | null): boolean {
  return scopes.includes('ADMIN') || expiresAt === null;
}
