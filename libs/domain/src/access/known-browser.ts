/**
 * A browser is known for an account once its person has signed in there. It may do nothing more than a stranger's; but it is
 * not held up by what strangers do. (OWASP's "device cookies".)
 */

/** Wrong passwords in a row that a known browser may send. It is known no more after the last one, so a stolen cookie is worth no more guesses than these. */
export const KNOWN_BROWSER_TRIES = 10;
/** A browser is known for this long after the last sign-in by it. */
export const KNOWN_BROWSER_DAYS = 180;
/** Browsers that are known for one account; who makes one more loses the one that was not used for longest. */
export const KNOWN_BROWSERS_EACH = 20;
/** People whom one browser is known for, each by a secret of their own; the one who signed in longest ago is forgotten first. */
export const PEOPLE_EACH_BROWSER = 8;

/** The wrong passwords of a known browser after one more, or null when that was the last and it is forgotten. */
export function afterKnownFailure(failures: number): number | null {
  return failures + 1 < KNOWN_BROWSER_TRIES ? failures + 1 : null;
}

/** 256 bits in base64url. */
const SECRET = /^[\w-]{43}$/;

/** The secrets in the cookie of a browser. Whatever else stands there was not made by us. */
export function secretsIn(cookie: string | undefined): string[] {
  return [...new Set((cookie ?? '').slice(0, PEOPLE_EACH_BROWSER * 44).split('.'))].filter((secret) => SECRET.test(secret));
}

/** The cookie once somebody has signed in by `secret`: it comes first, the others behind it, and the last is dropped when there are too many. */
export function withSecret(secrets: readonly string[], secret: string): string {
  return [secret, ...secrets.filter((other) => other !== secret)].slice(0, PEOPLE_EACH_BROWSER).join('.');
}
