import { DomainError } from '../domain-error.ts';

/** Refuses a change made from an older state than the one found; `params.version` is the one to look at. */
export function sameVersion(found: { version: number }, version: number): void {
  if (found.version !== version) throw new DomainError('STALE_VERSION', { version: found.version });
}
