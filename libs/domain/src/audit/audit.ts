/** What the audit trail tells of. REQUEST is any request that was refused for want of a right or a sign-in. */
export const AUDIT_KINDS = [
  'SIGN_IN',
  'SIGN_OUT',
  'SESSION_ENDED',
  'PASSWORD_CHANGED',
  'PASSWORD_PROVED',
  'TOKEN_CREATED',
  'TOKEN_REVOKED',
  'TOKEN_USED',
  'ACCOUNT_CREATED',
  'ACCOUNT_CHANGED',
  'MEMBERSHIP_CHANGED',
  'TEAM_CHANGED',
  'PROJECT_ACCESS_CHANGED',
  'PROJECT_STATE_CHANGED',
  'PROJECT_ERASED',
  'WEBHOOK_CHANGED',
  'VIEW_CHANGED',
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
/** Different things of strangers told apart in one window; the rest is counted as one, so that no flood fills the disk. */
export const AUDIT_WINDOW_KEYS = 200;
/** The same of each account: what strangers do, or another, must not hide what it does. */
export const AUDIT_WINDOW_KEYS_EACH = 50;
/** Refusals that are kept at most, whatever their age. */
export const AUDIT_REFUSALS_MAX = 500_000;
/** Nothing younger is ever deleted but refusals beyond that number. */
export const AUDIT_DAYS_MIN = 30;

/** Repeats of one window, by key. Each source has places of its own; `others` counts what found none, by source. */
export interface AuditWindow {
  since: number;
  repeats: Map<string, number>;
  taken: Map<string | null, number>;
  others: Map<string | null, number>;
}

/** Counts one more of `key`, which is of that source (null: strangers); true when it is to be told at once. */
export function noteRepeat(window: AuditWindow, key: string, source: string | null): boolean {
  const before = window.repeats.get(key);
  if (before !== undefined) {
    window.repeats.set(key, before + 1);
    return false;
  }
  const taken = window.taken.get(source) ?? 0;
  if (taken >= (source === null ? AUDIT_WINDOW_KEYS : AUDIT_WINDOW_KEYS_EACH)) {
    window.others.set(source, (window.others.get(source) ?? 0) + 1);
    return false;
  }
  window.taken.set(source, taken + 1);
  window.repeats.set(key, 0);
  return true;
}

export const auditWindow = (now: number): AuditWindow => ({ since: now, repeats: new Map(), taken: new Map(), others: new Map() });
export const windowIsOver = (window: AuditWindow, now: number): boolean => now - window.since >= AUDIT_WINDOW_MS;
