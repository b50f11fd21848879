import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { useConnection } from '../../connection.ts';
import { useNewsSource, type NewsSource } from './news.ts';
import { ProjectFeed, type EventBatch, type FeedHandlers } from './project-feed.ts';

export interface ProjectEventsOptions {
  /** Null: nothing to listen to yet. */
  projectId: string | null;
  /**
   * Position of the log that what is on screen was read at; null: not known yet. 'JOIN' hears what others listen to anyway,
   * for parts that load again by themselves.
   */
  since: number | 'JOIN' | null;
  /** What came, once a frame; the cache holds the things already. */
  onEvents: (batch: EventBatch) => void;
  /** What happened up to `seq` is not told: it was too much. What is on screen is read again; until that is done nothing else comes. */
  onReset: FeedHandlers['onReset'];
}

/** One feed a project, whoever listens: the board and the ticket open beside it hear the same. */
class SharedFeed {
  readonly listeners = new Set<FeedHandlers>();
  feed: ProjectFeed | null = null;

  listen(client: ApolloClient, source: NewsSource, projectId: string, since: number | 'JOIN', handlers: FeedHandlers): void {
    this.listeners.add(handlers);
    if (since === 'JOIN') return;
    if (this.feed) return this.feed.rewind(since);
    this.feed = new ProjectFeed(client, source, projectId, since, {
      onEvents: (batch) => this.listeners.forEach((listener) => listener.onEvents(batch)),
      onReset: async (seq) => void (await Promise.all([...this.listeners].map(async (listener) => listener.onReset(seq)))),
    });
    this.feed.start();
  }
}
const shared = new WeakMap<ApolloClient, Map<string, SharedFeed>>();

function feedOf(client: ApolloClient, projectId: string): SharedFeed {
  const feeds = shared.get(client) ?? new Map<string, SharedFeed>();
  shared.set(client, feeds);
  const feed = feeds.get(projectId) ?? new SharedFeed();
  feeds.set(projectId, feed);
  return feed;
}

/**
 * Listens to a project while mounted. `catchUp()` asks by a request for what the socket is late with; `readAgain()` lets all that listen
 * read again what they show.
 */
export function useProjectEvents({ projectId, since, onEvents, onReset }: ProjectEventsOptions): { catchUp: () => void; readAgain: () => void } {
  const client = useApolloClient();
  const source = useNewsSource();
  const connection = useConnection();
  const current = useRef<SharedFeed | null>(null);
  const events = useEffectEvent(onEvents);
  const reset = useEffectEvent(onReset);

  useEffect(() => {
    if (projectId === null || since === null) return;
    const joined = feedOf(client, projectId);
    const handlers: FeedHandlers = { onEvents: (batch) => events(batch), onReset: (seq) => reset(seq) };
    joined.listen(client, source, projectId, since, handlers);
    current.current = joined;
    return () => {
      joined.listeners.delete(handlers);
      // another listener may follow at once (a board loaded again): the feed ends when none has
      queueMicrotask(() => {
        if (joined.listeners.size > 0) return;
        joined.feed?.stop();
        joined.feed = null;
      });
    };
  }, [client, source, projectId, since]);

  useEffect(() => {
    if (connection === 'ONLINE') current.current?.feed?.resume();
    else current.current?.feed?.pause();
  }, [connection]);

  return useMemo(
    () => ({
      catchUp: () => void current.current?.feed?.catchUp(),
      readAgain: () => current.current?.feed?.readAgain(),
    }),
    [],
  );
}
