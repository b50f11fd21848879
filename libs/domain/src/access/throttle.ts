/** Failed sign-ins of one account or address. */
export interface Failures {
  failures: number;
  lastFailureAt: Date;
}

/** Wrong passwords that cost nothing: people mistype. */
export const FREE_FAILURES = 5;
const FIRST_WAIT_SECONDS = 15;
const LONGEST_WAIT_SECONDS = 15 * 60;
/** After this long without a failure the count starts anew. */
export const FORGET_AFTER_SECONDS = 60 * 60;

/** The count after one more failure at `now`, and until when the next try is refused: the `free`th costs 15 s, then 30 s, 60 s ... at most 15 min. */
export function afterFailure(before: Failures | null, now: Date, free = FREE_FAILURES): { failures: number; blockedUntil: Date | null } {
  const forgotten = before === null || now.getTime() - before.lastFailureAt.getTime() > FORGET_AFTER_SECONDS * 1000;
  const failures = (forgotten ? 0 : before.failures) + 1;
  if (failures < free) return { failures, blockedUntil: null };
  const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(failures - free, 20));
  return { failures, blockedUntil: new Date(now.getTime() + wait * 1000) };
}

/** Whole seconds still to wait, 0 when a try is allowed. */
export function secondsBlocked(blockedUntil: Date | null, now: Date): number {
  return blockedUntil === null ? 0 : Math.max(0, Math.ceil((blockedUntil.getTime() - now.getTime()) / 1000));
}

/** What a wrong password is counted by. */
export interface SignInLimit {
  by: 'PAIR' | 'ADDRESS' | 'ACCOUNT';
  /** The failure that first costs a wait. */
  free: number;
  /** Whether a right password begins the count anew. What strangers share stands as it was, less this one try. */
  startsAnew: boolean;
}

const BY_ADDRESS: SignInLimit = { by: 'ADDRESS', free: 6 * FREE_FAILURES, startsAnew: false };

/**
 * The limits of a try to sign in: account and address together, and more patiently each alone. Many addresses together can
 * hold an account by the last one. So a browser that is known for the account is not asked for it: it has a count of its own.
 */
export function signInLimits(browserIsKnown: boolean): readonly SignInLimit[] {
  if (browserIsKnown) return [BY_ADDRESS];
  return [{ by: 'PAIR', free: FREE_FAILURES, startsAnew: true }, BY_ADDRESS, { by: 'ACCOUNT', free: 10 * FREE_FAILURES, startsAnew: false }];
}
