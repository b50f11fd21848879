import { refuse, type Result } from '../result.ts';

export const PASSWORD_MIN = 10;
/** argon2id reads all of it; the bound keeps a request from costing seconds. */
export const PASSWORD_MAX = 200;

/** Length is what counts (NIST SP 800-63B); a password that is the person's own name or address is none. */
export function checkPassword(password: string, about: { email: string; name: string }): Result {
  const weak = (reason: string): Result => refuse('PASSWORD_TOO_WEAK', { reason, min: PASSWORD_MIN, max: PASSWORD_MAX });
  if ([...password].length < PASSWORD_MIN) return weak('SHORT');
  if ([...password].length > PASSWORD_MAX) return weak('LONG');
  if (new Set(password).size < 4) return weak('REPEATED');
  const lower = password.toLowerCase();
  const own = [about.email, about.email.split('@')[0] ?? '', about.name].map((word) => word.trim().toLowerCase());
  if (own.includes(lower)) return weak('OWN_NAME');
  return { ok: true };
}
