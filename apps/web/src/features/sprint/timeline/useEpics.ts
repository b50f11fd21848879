import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { timeZone } from '../../lists/export-address.ts';
import { TicketRowFragmentDoc } from '../../ticket/tickets.generated.ts';
import { TimelineEpicsDocument, TimelineProgressDocument, type TimelineEpicsQuery, type TimelineProgressQuery } from './timeline.generated.ts';

export type Epic = TimelineEpicsQuery['tickets']['nodes'][number];
export type EpicProgress = TimelineProgressQuery['projectEpics']['epics'][number];

/** In the order of the project. */
const QUERY = 'type:epic sort:backlog';
/** Pages of a hundred. */
const PAGES_MAX = 10;

export interface Epics {
  /** Null: they are on their way. */
  epics: readonly Epic[] | null;
  progress: ReadonlyMap<string, EpicProgress>;
  error: unknown;
  renew: () => Promise<void>;
}

/** All epics of a project with how far they are. They are read whole: a line leads from one to any other. */
export function useEpics(projectId: string): Epics {
  const client = useApolloClient();
  const [epics, setEpics] = useState<readonly Epic[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const progress = useQuery(TimelineProgressDocument, { variables: { projectId }, fetchPolicy: 'cache-and-network' });
  const { refetch } = progress;
  const renew = useCallback(async (): Promise<void> => {
    try {
      const read: Epic[] = [];
      for (let [after, page] = [null as string | null, 0]; page < PAGES_MAX; page++) {
        const variables = { projectId, query: QUERY, timeZone: timeZone(), after };
        const { data } = await client.query({ query: TimelineEpicsDocument, variables, fetchPolicy: 'no-cache' });
        const found = data?.tickets;
        read.push(...(found?.nodes ?? []));
        if (!found?.pageInfo.hasNextPage) break;
        after = found.pageInfo.endCursor;
      }
      // what is changed of them is made from the cache
      client.cache.batch({
        update: (cache) => {
          for (const data of read) cache.writeFragment({ id: cache.identify(data), fragment: TicketRowFragmentDoc, fragmentName: 'TicketRow', data });
        },
      });
      setEpics(read);
      setError(null);
    } catch (failure) {
      setError(failure);
    }
  }, [client, projectId]);
  useEffect(() => {
    void renew();
  }, [renew]);
  return {
    epics,
    progress: new Map((progress.data?.projectEpics.epics ?? []).map((one) => [one.ticketId, one])),
    error: error ?? progress.error ?? null,
    renew: async () => {
      await Promise.all([renew(), refetch()]);
    },
  };
}
