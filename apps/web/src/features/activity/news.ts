import type { ApolloCache } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { createContext, use } from 'react';
import type { ActivityNewsFragment } from './activity.generated.ts';

export type LoggedActivity = ActivityNewsFragment['activities'][number];

/** What the server sends of a project's log: what happened, and the tickets it happened to. What else comes with it the rooms know that hold it. */
export interface News extends Pick<ActivityNewsFragment, 'seq' | 'reset' | 'activities'> {
  tickets: readonly { id: string; latestRun: { id: string } | null }[];
}

/** How the news of a project are asked for and kept: handed in from where the rooms are joined. */
export interface NewsSource<Sent extends News = News> {
  subscription: TypedDocumentNode<{ projectEvents: Sent }, { projectId: string; since: number }>;
  catchUp: TypedDocumentNode<{ projectEvents: Sent }, { projectId: string; since: number }>;
  /** A piece of what was sent that holds only these of its tickets and nothing that happened. */
  pieceOf(sent: Sent, tickets: Sent['tickets'], seq: number): Sent;
  /** Writes what each room holds. */
  write(cache: ApolloCache, batch: readonly Sent[]): void;
}

export const NewsContext = createContext<NewsSource | null>(null);

export function useNewsSource(): NewsSource {
  const source = use(NewsContext);
  if (!source) throw new Error('useNewsSource needs a NewsContext above it');
  return source;
}
