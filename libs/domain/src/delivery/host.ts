import { compareTexts } from '../text.ts';

/** The code hosts that a connection can meet. GITEA is Forgejo too: they speak the same. */
export const CODE_HOSTS = ['GITHUB', 'GITLAB', 'GITEA'] as const;
export type CodeHost = (typeof CODE_HOSTS)[number];

/** Somebody on a host. */
export interface HostPerson {
  /** The numeric id, as text: a login changes, and its old name may go to somebody else. */
  id: string;
  login: string;
  /** As the host says it of the account. A login that ends in `[bot]` proves nothing. */
  isBot: boolean;
}

/** Orders ids of a host by their number. Numbers as large as 2^53 and above keep their order, so they stay text. */
export function compareIds(one: string, other: string): number {
  return one.length - other.length || compareTexts(one, other);
}

/**
 * One text for all values that are equal, whatever the order of their keys. It settles ties: of two observations that nothing else
 * orders, every reader must choose the same. A key that holds `undefined` counts as absent.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) =>
    held !== null && typeof held === 'object' && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([one], [other]) => compareTexts(one, other)))
      : held,
  );
}
