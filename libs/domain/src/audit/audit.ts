/** What the audit trail tells of. REQUEST is any request that was refused for want of a right or a sign-in. */
export const AUDIT_KINDS = [
  'SIGN_IN',
  'SIGN_OUT',
  'SESSION_ENDED',
  'PASSWORD_CHANGED',
  'TOKEN_CREATED',
  'TOKEN_REVOKED',
  'TOKEN_USED',
  'ACCOUNT_CREATED',
  'ACCOUNT_CHANGED',
  'MEMBERSHIP_CHANGED',
  'PROJECT_ACCESS_CHANGED',
  'REQUEST',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

export const AUDIT_OUTCOMES = ['DONE', 'REFUSED'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Where a request came from. */
export interface Origin {
  address: string;
  userAgent: string | null;
}

/** A thing that may be repeated without end is told once at once, and its repeats together after so long. */
export const AUDIT_WINDOW_MS = 5 * 60_000;
/** Different things told apart in one window; the rest is counted as one, so that no flood fills the disk. */
export const AUDIT_WINDOW_KEYS = 200;
/** Refusals that are kept at most, whatever their age. */
export const AUDIT_REFUSALS_MAX = 500_000;
/** Nothing younger is ever deleted but refusals beyond that number. */
export const AUDIT_DAYS_MIN = 30;

/** Repeats of one window, by key. `others` gathers what found no place of its own. */
export interface AuditWindow {
  since: number;
  repeats: Map<string, number>;
  others: number;
}

/** Counts one more of `key`; true when it is to be told at once. */
export function noteRepeat(window: AuditWindow, key: string): boolean {
  const before = window.repeats.get(key);
  if (before !== undefined) {
    window.repeats.set(key, before + 1);
    return false;
  }
  if (window.repeats.size >= AUDIT_WINDOW_KEYS) {
    window.others += 1;
    return false;
  }
  window.repeats.set(key, 0);
  return true;
}

export const auditWindow = (now: number): AuditWindow => ({ since: now, repeats: new Map(), others: 0 });
export const windowIsOver = (window: AuditWindow, now: number): boolean => now - window.since >= AUDIT_WINDOW_MS;
