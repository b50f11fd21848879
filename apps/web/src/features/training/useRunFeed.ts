import { useApolloClient } from '@apollo/client/react';
import { isEnded, type RunState } from '@trainyard/domain';
import { useEffect, useMemo, useState } from 'react';
import type { Curves } from './curves.ts';
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

/** The curves of several runs, those still going live. Which runs they are is settled when it is first called. */
export function useRunsCurves(runs: readonly { id: string; card: { state: RunState } }[]): { curves: readonly Curves[]; error: unknown } {
  const client = useApolloClient();
  const [error, setError] = useState<unknown>(null);
  const [feeds] = useState(() =>
    runs.map((run) => ({
      live: !isEnded(run.card.state),
      feed: new RunFeed(client, run.id, { loaded: () => undefined, failed: setError, moved: () => undefined }),
    })),
  );
  useEffect(() => {
    for (const { feed, live } of feeds) feed.start(live);
    return () => feeds.forEach(({ feed }) => feed.stop());
  }, [feeds]);
  const curves = useMemo(() => feeds.map(({ feed }) => feed.curves), [feeds]);
  return { curves, error };
}
