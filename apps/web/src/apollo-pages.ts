import { isReference, type FieldPolicy, type StoreObject } from '@apollo/client';
import { PAGE_MAX } from '@trainyard/domain';

/** A list that the server gives page by page, as the cache holds it: one list, however much of it has been read. */
interface Pages {
  nodes: readonly object[];
  pageInfo?: { hasNextPage: boolean };
}

/**
 * How pages of a list come together. A page read with `after` follows what is there. One read again (a poll, news, the way
 * back to a screen) takes the place of what it overlaps, and what had been read beyond it stays.
 * @param keyArgs what makes it another list: a search, an owner.
 */
export function pagesOf(...keyArgs: string[]): FieldPolicy<Pages> {
  return {
    keyArgs,
    merge(existing, incoming, { args, readField }) {
      if (!existing) return incoming;
      // steps of a history have no id of their own: their place in the log tells them apart
      const idOf = (node: object): unknown => (isReference(node) ? node.__ref : readField('seq', node as StoreObject));
      const came = new Set(incoming.nodes.map(idOf));
      const join = (before: readonly object[], beyond: readonly object[]): Pages => ({
        ...incoming,
        nodes: [...before, ...incoming.nodes, ...beyond],
        ...(beyond.length > 0 && { pageInfo: existing.pageInfo }),
      });
      const others = (from: number, to?: number): object[] => existing.nodes.slice(from, to).filter((node) => !came.has(idOf(node)));
      if (args?.after) {
        // one whose first row is known is read again; others, if any, have only moved down to it
        const [first] = incoming.nodes;
        const at = first ? existing.nodes.findIndex((node) => idOf(node) === idOf(first)) : -1;
        return at < 0 ? join(others(0), []) : join(others(0, at), others(at));
      }
      const end = existing.nodes.findLastIndex((node) => came.has(idOf(node)));
      return join([], incoming.pageInfo?.hasNextPage && end >= 0 ? existing.nodes.slice(end + 1) : []);
    },
  };
}

/** Reads the first `count` rows of such a list again, as many at a time as the server gives. */
export async function readAgain(
  count: number,
  read: (page: { first: number; after: string | null }) => Promise<{ hasNextPage: boolean; endCursor: string | null } | undefined>,
): Promise<void> {
  let after: string | null = null;
  for (let left = count; left > 0; left -= PAGE_MAX) {
    const page = await read({ first: Math.min(left, PAGE_MAX), after });
    if (!page?.hasNextPage) return;
    after = page.endCursor;
  }
}
