import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { RunFeed } from './run-feed.ts';
import { useReconnects } from '../shell/useReconnects.ts';

export interface RunFeedState {
  feed: RunFeed | null;
  loading: boolean;
  error: unknown;
}

/** The curves and log of a run while somebody looks; loaded afresh after the connection came back. */
export function useRunFeed(runId: string, live: boolean, onMoved: () => void): RunFeedState {
  const client = useApolloClient();
  const reconnects = useReconnects();
  const [state, setState] = useState<RunFeedState>({ feed: null, loading: true, error: null });
  useEffect(() => {
    const feed = new RunFeed(client, runId, {
      loaded: () => setState({ feed, loading: false, error: null }),
      failed: (error) => setState((now) => ({ ...now, loading: false, error })),
      moved: onMoved,
    });
    feed.start(live);
    return () => feed.stop();
  }, [client, runId, live, onMoved, reconnects]);
  return state;
}
