import type { ApolloClient } from '@apollo/client';
import { SERIES } from '@trainyard/domain';
import { Curves } from './curves.ts';
import { LogTail } from './log-tail.ts';
import { writeRunCards } from './run-cards.ts';
import { RunProgressDocument, RunSeriesDocument, type RunProgressSubscription, type RunSeriesQuery } from './runs.generated.ts';

/** Buckets asked for at first: as many as a wide screen has columns for one chart. */
const WIDTH = 1_000;
const LINES = 500;

type Push = RunProgressSubscription['runProgress'];
type Stored = NonNullable<NonNullable<RunSeriesQuery['run']>['attempt']>;

export interface FeedEvents {
  /** Stored points and lines are in. */
  loaded(): void;
  failed(error: unknown): void;
  /** Something a query must tell: a new attempt, a resume, the end. */
  moved(): void;
}

/** What is read of what is stored. */
export interface FeedAsked {
  series: readonly string[];
  withLog: boolean;
}

const ALL: FeedAsked = { series: SERIES, withLog: true };

/**
 * One run's curves and log: what is stored, then what is pushed. Pushes that overtake the first answer wait for it;
 * points delivered twice are dropped by their step, lines by their number.
 */
export class RunFeed {
  readonly curves = new Curves();
  readonly log = new LogTail();
  /** It is told what is new. */
  isLive = false;
  /** There are more points stored than were read. */
  isThinned = false;
  private attemptId: string | null = null;
  private claim = 0;
  private waiting: Push[] | null = [];
  private stopped = false;
  private unsubscribe: (() => void) | null = null;
  private readonly client: ApolloClient;
  private readonly runId: string;
  private readonly events: FeedEvents;
  private readonly asked: FeedAsked;

  constructor(client: ApolloClient, runId: string, events: FeedEvents, asked = ALL) {
    this.asked = asked;
    this.client = client;
    this.runId = runId;
    this.events = events;
  }

  /** @param live Whether more is to come: an ended run needs no subscription. */
  start(live: boolean): void {
    this.stopped = false;
    this.isLive = live;
    this.waiting = [];
    if (live) {
      const pushes = this.client.subscribe({ query: RunProgressDocument, variables: { runId: this.runId }, fetchPolicy: 'no-cache' });
      const subscription = pushes.subscribe({
        next: ({ data, error }) => {
          if (error) this.events.failed(error);
          else if (data) this.take(data.runProgress);
        },
        error: (error) => this.events.failed(error),
      });
      this.unsubscribe = () => subscription.unsubscribe();
    }
    void this.load();
  }

  stop(): void {
    this.stopped = true;
    this.unsubscribe?.();
  }

  private async load(): Promise<void> {
    try {
      const { data, error } = await this.client.query({
        query: RunSeriesDocument,
        variables: { runId: this.runId, series: [...this.asked.series], width: WIDTH, lines: LINES, withLog: this.asked.withLog },
        fetchPolicy: 'no-cache',
      });
      if (this.stopped) return;
      if (error) throw error;
      this.fill(data?.run?.attempt ?? null);
      this.events.loaded();
    } catch (error) {
      if (!this.stopped) this.events.failed(error);
    }
  }

  private fill(stored: Stored | null): void {
    this.curves.clear();
    this.log.clear();
    if (stored) {
      this.attemptId = stored.id;
      // A claim that does not train yet has superseded nothing: its first points will.
      this.claim = stored.state === 'STARTING' ? stored.claim - 1 : stored.claim;
      this.isThinned = stored.metrics.some(({ steps, pointCount }) => pointCount > steps.length);
      this.curves.append(stored.metrics);
      this.log.append(stored.log ?? []);
    }
    const waiting = this.waiting ?? [];
    this.waiting = null;
    for (const push of waiting) this.apply(push);
  }

  private take(push: Push): void {
    if (this.stopped) return;
    writeRunCards(this.client.cache, [push.run]);
    if (this.waiting) this.waiting.push(push);
    else this.apply(push);
  }

  private apply(push: Push): void {
    if (push.attemptId !== this.attemptId) {
      // Another attempt: its curve starts anew, and what is shown of the last one is history.
      this.attemptId = push.attemptId;
      this.claim = push.claim;
      this.curves.clear();
      this.log.clear();
      this.events.moved();
    } else if (push.claim > this.claim) {
      this.claim = push.claim;
      this.curves.resumeFrom(push.resumedFromStep ?? 0);
      this.events.moved();
    }
    if (push.claim === this.claim) this.curves.append(push.metrics);
    this.log.append(push.log);
    if (push.ended) this.events.moved();
  }
}
