import { isReference, type FieldPolicy, type StoreObject } from '@apollo/client';

/** A list that the server gives page by page, as the cache holds it: one list, however much of it has been read. */
interface Pages {
  nodes: readonly object[];
  pageInfo?: { hasNextPage: boolean };
}

/**
 * How pages of a list come together. A page read with `after` follows what is there. The first page read again (a poll,
 * news, the way back to a screen) takes the place of what it overlaps, and what had been read beyond it stays.
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
      if (args?.after) return { ...incoming, nodes: [...existing.nodes.filter((node) => !came.has(idOf(node))), ...incoming.nodes] };
      const end = existing.nodes.findLastIndex((node) => came.has(idOf(node)));
      const beyond = incoming.pageInfo?.hasNextPage && end >= 0 ? existing.nodes.slice(end + 1) : [];
      return beyond.length === 0 ? incoming : { ...incoming, nodes: [...incoming.nodes, ...beyond], pageInfo: existing.pageInfo };
    },
  };
}
