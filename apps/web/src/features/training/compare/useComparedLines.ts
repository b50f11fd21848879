import { useApolloClient } from '@apollo/client/react';
import { isEnded, SERIES } from '@trainyard/domain';
import type { ChartRange } from '@trainyard/ui';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useReconnects } from '../../shell/useReconnects.ts';
import { RunFeed } from '../run-feed.ts';
import { ComparedPartDocument, type ComparedRunFragment } from './compare.generated.ts';
import type { ComparedLine } from './compared-curves.ts';
import { FineParts } from './fine-parts.ts';
import { clockOf, type XAxis } from './run-clock.ts';

/** Runs whose parts are asked for at once: an answer stays small, and the first curves are there early. */
const RUNS_AT_ONCE = 4;
/** Buckets of a part: as many as a chart has columns. */
const WIDTH = 600;
/** Until a range is settled. */
const SETTLE_MS = 150;

interface Feeds {
  feeds: readonly RunFeed[];
  isLoading: boolean;
  error: unknown;
}

/** The curves of several runs, those that go on live; loaded afresh after the connection came back. */
export function useComparedFeeds(runs: readonly ComparedRunFragment[], others: readonly string[], onMoved: () => void): Feeds {
  const client = useApolloClient();
  const reconnects = useReconnects();
  const ids = runs.map(({ id }) => id).join(',');
  const series = others.join('\n');
  const [told, setTold] = useState<{ of: object; loaded: number; error: unknown }>({ of: {}, loaded: 0, error: null });
  const moved = useEffectEvent(onMoved);
  const made = useMemo(() => {
    const of = { reconnects };
    const tell = (loaded: number, error: unknown): void =>
      setTold((now) => (now.of === of ? { of, loaded: now.loaded + loaded, error: error ?? now.error } : { of, loaded, error }));
    const asked = { series: [...SERIES, ...series.split('\n').filter((name) => name !== '')], withLog: false };
    const listener = { moved: (): void => undefined };
    const events = { loaded: () => tell(1, null), failed: (error: unknown) => tell(0, error), moved: () => listener.moved() };
    return { of, listener, feeds: ids.split(',').map((id) => new RunFeed(client, id, events, asked)) };
  }, [client, ids, series, reconnects]);
  const isGoing = useEffectEvent((i: number) => runs[i] !== undefined && !isEnded(runs[i].card.state));
  useEffect(() => {
    made.listener.moved = () => moved();
    made.feeds.forEach((feed, i) => feed.start(isGoing(i)));
    return () => made.feeds.forEach((feed) => feed.stop());
  }, [made]);
  // one that was tried again goes on anew
  const going = runs.map(({ card }) => isEnded(card.state)).join(',');
  useEffect(() => {
    made.feeds.forEach((feed, i) => {
      if (!isGoing(i) || feed.isLive) return;
      feed.stop();
      feed.start(true);
    });
  }, [made, going]);
  return { feeds: made.feeds, isLoading: told.of !== made.of || told.loaded < made.feeds.length, error: told.of === made.of ? told.error : null };
}

/** The lines of the charts: where their points lie on the axis, finer within the range that is shown. */
export function useComparedLines(
  runs: readonly ComparedRunFragment[],
  feeds: readonly RunFeed[],
  { axis, range, series }: { axis: XAxis; range: ChartRange; series: readonly string[] },
): { lines: readonly ComparedLine[]; error: unknown } {
  const client = useApolloClient();
  const [error, setError] = useState<unknown>(null);
  const [latest] = useState<{ runs: readonly ComparedRunFragment[] }>({ runs });
  useEffect(() => {
    latest.runs = runs;
  }, [latest, runs]);
  const ids = runs.map(({ id }) => id).join(',');
  const made = useMemo(() => {
    const parts = new FineParts();
    const lines = ids.split(',').flatMap((id, i): ComparedLine[] => {
      const feed = feeds[i];
      if (!feed) return [];
      const clock = (): ((step: number) => number) => {
        const run = latest.runs.find((one) => one.id === id);
        return run ? clockOf(axis, run, feed.curves) : (step) => step;
      };
      return [{ curves: feed.curves, clock, part: (name) => parts.of(id, name), onPart: parts.subscribe }];
    });
    return { parts, lines, ids: ids.split(',') };
  }, [ids, feeds, axis, latest]);

  const names = series.join('\n');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked = 0;
    const read = async (): Promise<void> => {
      const { view } = range;
      const mine = (asked += 1);
      made.parts.clear();
      if (!view) return;
      const thinned = feeds.flatMap((feed, i) => {
        const [line, id] = [made.lines[i], made.ids[i]];
        return feed.isThinned && line && id ? [{ id, ...stepsWithin(view, line.clock(), feed.curves.buffer('LOSS').lastStep) }] : [];
      });
      for (let at = 0; at < thinned.length; at += RUNS_AT_ONCE) {
        const group = thinned.slice(at, at + RUNS_AT_ONCE);
        const variables = {
          ids: group.map(({ id }) => id),
          series: names.split('\n'),
          width: WIDTH,
          from: Math.min(...group.map(({ from }) => from)),
          to: Math.max(...group.map(({ to }) => to)),
        };
        const { data } = await client.query({ query: ComparedPartDocument, variables, fetchPolicy: 'no-cache' });
        if (mine !== asked) return;
        made.parts.add((data?.runsById ?? []).flatMap(({ id, attempt }) => (attempt?.metrics ?? []).map((part) => ({ runId: id, series: part.series, part }))));
      }
    };
    const changed = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void read().catch(setError), range.view ? SETTLE_MS : 0);
    };
    const stop = range.subscribe(changed);
    if (range.view) changed();
    return () => {
      stop();
      asked = -1;
      clearTimeout(timer);
    };
  }, [client, range, made, feeds, names]);
  return { lines: made.lines, error };
}

/** The steps whose x lies in the range, by halving: a clock only rises. */
export function stepsWithin({ from, to }: { from: number; to: number }, clock: (step: number) => number, last: number): { from: number; to: number } {
  const firstFrom = (x: number): number => {
    let [low, high] = [0, Math.max(0, last)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (clock(middle) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { from: Math.max(0, firstFrom(from) - 1), to: firstFrom(to) };
}
