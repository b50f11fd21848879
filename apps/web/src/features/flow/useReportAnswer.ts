import { useQuery } from '@apollo/client/react';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useEffectEvent } from 'react';
import { useWorkNews } from '../activity/work-news.ts';

/** How soon what the log reader had not taken in is asked for again, and how long after many tries. */
const AGAIN_MS = 1_500;
const SELDOM_MS = 10_000;

export interface ReportAnswer<Data> {
  data: Data | undefined;
  error: unknown;
  /** What is shown is of an earlier question. */
  isOld: boolean;
  refetch: () => Promise<unknown>;
}

/**
 * What a report asks. A live one is asked again when there is news, and until the log reader has taken in all of it.
 * @param isLive of now, not of a past moment
 * @param skip it is not asked at all
 */
export function useReportAnswer<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  isLive: boolean,
  skip = false,
): ReportAnswer<Data> {
  const asked = useQuery<Data, Variables>(document, { variables, fetchPolicy: 'cache-and-network', skip } as never);
  const data = (asked.data ?? asked.previousData) as Data | undefined;
  const behind = behindOf(data);
  useWorkNews(async () => (isLive && !skip ? asked.refetch() : undefined));
  const again = useEffectEvent(() => void asked.refetch().catch(() => undefined));
  useEffect(() => {
    if (behind === 0 || !isLive) return undefined;
    let waits = AGAIN_MS;
    let timer = setTimeout(function ask() {
      if (globalThis.document.visibilityState !== 'hidden') again();
      waits = Math.min(SELDOM_MS, waits * 1.5);
      timer = setTimeout(ask, waits);
    }, waits);
    return () => clearTimeout(timer);
  }, [behind, isLive]);
  return { data, error: asked.error, isOld: asked.data === undefined && data !== undefined, refetch: asked.refetch };
}

/** Entries of the log that are not in the answer yet, where it says so. */
export function behindOf(data: unknown): number {
  if (typeof data !== 'object' || data === null) return 0;
  return Math.max(0, ...Object.values(data).map((of: unknown) => (typeof of === 'object' && of !== null && 'behind' in of ? Number(of.behind) : 0)));
}
