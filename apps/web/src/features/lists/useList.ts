import { skipToken, useApolloClient, useQuery } from '@apollo/client/react';
import { PAGE_MAX } from '@trainyard/domain';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useState } from 'react';
import { readAgain } from '../../apollo-pages.ts';
import { timeZone } from './export-address.ts';
import { useLookAgain } from './useLookAgain.ts';

/** What is seen at first; what is scrolled to comes in larger pieces. */
const PAGE = 50;

/** What is found of a list so far, page after page. */
export interface Found<Row> {
  nodes: readonly Row[];
  totalCount: number;
  totalCountIsCapped: boolean;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** What every list of the server is asked by. */
export interface ListVariables {
  query?: string | null;
  timeZone?: string | null;
  first: number;
  after?: string | null;
}

/** What the server has answered so far. */
export interface ListAnswer<Row> {
  /** The newest there is, of this query or of the one before. */
  found: Found<Row> | undefined;
  /** What is shown is of another query. */
  isOld: boolean;
  error: unknown;
  refetch: () => unknown;
  fetchMore: () => Promise<unknown>;
  /** Reads the first rows again, as many as these: what is shown beyond them stays. */
  readAgain: (count?: number) => Promise<void>;
  /** The list has changed meanwhile: by how many rows that are not shown. */
  newer: number | null;
  /** Shows a row that was made here on top, whatever the order, until something else is asked for. */
  putOnTop: (row: Row) => Promise<void>;
  /** Ids of those. */
  onTop: ReadonlySet<string>;
}

/**
 * Asks a list of the server. Its rows are those of the cache, so that what is changed here or told by a feed is seen at once. Whether others
 * have changed it is asked now and then while it is looked at: what only changes within rows is shown, what would move them waits to be asked for.
 * @param asked null: it is not known yet what to ask for
 */
export function useList<Data, Variables extends ListVariables, Row extends { id: string }>(
  document: TypedDocumentNode<Data, Variables>,
  asked: Omit<Variables, 'timeZone' | 'first' | 'after'> | null,
  foundIn: (data: Data) => Found<Row>,
): ListAnswer<Row> {
  const client = useApolloClient();
  const variables = { ...asked, timeZone: timeZone(), first: PAGE } as unknown as Variables;
  const which = asked && JSON.stringify(variables);
  const [seen, setSeen] = useState<{ which: string | null; newer: number } | null>(null);
  const list = useQuery<Data, Variables>(document, (asked ? { variables, fetchPolicy: 'cache-and-network' } : skipToken) as never);
  const [made, setMade] = useState<{ which: string | null; rows: readonly Row[] }>({ which: null, rows: [] });
  const data = (list.data ?? list.previousData) as Data | undefined;
  const found = data === undefined ? undefined : foundIn(data);
  const own = made.which === which ? made.rows : [];
  const onTop = new Set(own.map(({ id }) => id));
  const read = async (count = PAGE): Promise<void> => {
    await readAgain(count, async (page) => {
      const answer = await list.fetchMore({ variables: page as Partial<Variables> });
      return answer.data ? foundIn(answer.data as Data).pageInfo : undefined;
    });
    setSeen(null);
  };

  useLookAgain(which !== null, async (isBack) => {
    // what failed while the server was away is asked for again once it is back
    if (isBack) return list.data === undefined ? list.refetch() : read();
    if (list.data === undefined) return undefined;
    const answer = await client.query<Data, Variables>({ query: document, variables, fetchPolicy: 'no-cache' } as never);
    const fresh = answer.data && foundIn(answer.data as Data);
    if (!fresh || !found) return undefined;
    const shown = found.nodes.map(({ id }) => id);
    const stays = fresh.totalCount === found.totalCount && fresh.nodes.every(({ id }, i) => id === shown[i]);
    if (stays) client.writeQuery({ query: document, variables, data: answer.data } as never);
    setSeen(stays ? null : { which, newer: fresh.nodes.filter(({ id }) => !shown.includes(id)).length });
    return undefined;
  });

  return {
    // a row of the cache is newer than the one that was put on top
    found: found && {
      ...found,
      nodes: [...own.map((row) => found.nodes.find(({ id }) => id === row.id) ?? row), ...found.nodes.filter(({ id }) => !onTop.has(id))],
    },
    isOld: list.data === undefined && found !== undefined,
    error: list.error,
    refetch: list.refetch,
    fetchMore: () => list.fetchMore({ variables: { after: found?.pageInfo.endCursor ?? null, first: PAGE_MAX } as Partial<Variables> }),
    readAgain: read,
    newer: seen && seen.which === which ? seen.newer : null,
    putOnTop: (row) => {
      setMade((before) => ({ which, rows: [row, ...(before.which === which ? before.rows : [])] }));
      return read();
    },
    onTop,
  };
}
