import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { timeZone } from '../../lists/export-address.ts';
import { TicketRowFragmentDoc } from '../../ticket/tickets.generated.ts';
import { TimelineEpicsDocument, TimelineProgressDocument, type TimelineEpicsQuery, type TimelineProgressQuery } from './timeline.generated.ts';

export type Epic = TimelineEpicsQuery['tickets']['nodes'][number];
export type EpicProgress = TimelineProgressQuery['projectEpics']['epics'][number];

/** In the order of the project. */
const QUERY = 'type:epic sort:backlog';
/** Epics that are read at first, and with each step further; the server gives a hundred at once. */
export const EPICS_EACH = 1_000;
/** The reader of the log that counts what is in epics may be behind what is new: it is asked again so long after, and so often. */
const BEHIND_MS = 700;
const BEHIND_TRIES = 10;

export interface Epics {
  /** Null: they are on their way. */
  epics: readonly Epic[] | null;
  /** How many there are. */
  total: number;
  progress: ReadonlyMap<string, EpicProgress>;
  error: unknown;
  /** Reads further ones. */
  more: () => Promise<void>;
  /** Reads those that are shown again, with how far they are. */
  renew: () => Promise<void>;
  /** How far they are alone. */
  renewProgress: () => Promise<void>;
}

/** Epics of a project with how far they are. Those that are shown are read whole: a line leads from one to any other. */
export function useEpics(projectId: string): Epics {
  const client = useApolloClient();
  const [epics, setEpics] = useState<readonly Epic[] | null>(null);
  const [total, setTotal] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const wanted = useRef(EPICS_EACH);
  /** Counts readings: an older one that ends later is thrown away. */
  const reading = useRef(0);
  const progress = useQuery(TimelineProgressDocument, { variables: { projectId }, fetchPolicy: 'cache-and-network' });
  const { refetch } = progress;
  const read = useCallback(async (): Promise<void> => {
    const mine = (reading.current += 1);
    try {
      const found: Epic[] = [];
      let count = 0;
      for (let after: string | null = null; found.length < wanted.current;) {
        const variables: { projectId: string; query: string; timeZone: string; after: string | null } = {
          projectId,
          query: QUERY,
          timeZone: timeZone(),
          after,
        };
        const { data } = await client.query({ query: TimelineEpicsDocument, variables, fetchPolicy: 'no-cache' });
        if (mine !== reading.current) return;
        const page = data?.tickets;
        found.push(...(page?.nodes ?? []));
        count = page?.totalCount ?? 0;
        if (!page?.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      // what is changed of them is made from the cache
      client.cache.batch({
        update: (cache) => {
          for (const data of found) cache.writeFragment({ id: cache.identify(data), fragment: TicketRowFragmentDoc, fragmentName: 'TicketRow', data });
        },
      });
      setEpics(found);
      setTotal(Math.max(count, found.length));
      setError(null);
    } catch (failure) {
      if (mine === reading.current) setError(failure);
    }
  }, [client, projectId]);
  useEffect(() => {
    void read();
  }, [read]);
  const renewProgress = useCallback(async (): Promise<void> => {
    for (let tries = 0; tries < BEHIND_TRIES; tries++) {
      const { data } = await refetch();
      if ((data?.projectEpics.behind ?? 0) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, BEHIND_MS));
    }
  }, [refetch]);
  const renew = useCallback(async (): Promise<void> => {
    await Promise.all([read(), renewProgress()]);
  }, [read, renewProgress]);
  const more = useCallback((): Promise<void> => {
    wanted.current += EPICS_EACH;
    return read();
  }, [read]);
  return {
    epics,
    total,
    progress: new Map((progress.data?.projectEpics.epics ?? []).map((one) => [one.ticketId, one])),
    error: error ?? progress.error ?? null,
    more,
    renew,
    renewProgress,
  };
}
