import type { ApolloClient } from '@apollo/client';
import { describeError } from '../shell/error/describe-error.ts';
import type { LoggedActivity, News, NewsSource } from './news.ts';

/** What one frame brought, already in the cache: the log up to `seq`. */
export interface EventBatch {
  seq: number;
  activities: readonly LoggedActivity[];
  /** As it came: with the things as they are now that the activities touch. */
  sent: readonly News[];
}
export interface FeedHandlers {
  onEvents(batch: EventBatch): void;
  /**
   * What happened up to `seq` is not told: it was too much. Who listens reads again what they show, and hears what follows when that is
   * done; where it fails they are asked once more.
   */
  onReset(seq: number): void | Promise<void>;
}

const RESUBSCRIBE_AFTER_MS = 1000;
/** A change of thousands of things makes all who look on read again: each at a moment of their own within this. */
const READ_WITHIN_MS = 1000;
/** Things written to the cache in one frame; what is more waits for the next one. */
const THINGS_A_FRAME = 30;
/** In a stream of events the board is drawn this often at most: it stays calm, and the browser has time for the person. */
const DRAW_EVERY_MS = 80;

/**
 * The log of a project from `since` on. Events are gathered and applied once a frame; after a cut connection it asks again
 * from the last position applied, so nothing is missed and nothing counts twice.
 */
export class ProjectFeed {
  private received: number;
  private waiting: News[] = [];
  private appliedAt = Number.NEGATIVE_INFINITY;
  private frame: { cancel: () => void } | null = null;
  private subscription: { unsubscribe(): void } | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private catchingUp = false;
  /** Those who listen read again, or are about to. */
  private startingOver: { cancel: () => void } | null = null;
  private stopped = false;

  constructor(
    private readonly client: ApolloClient,
    private readonly source: NewsSource,
    private readonly projectId: string,
    since: number,
    private readonly handlers: FeedHandlers,
  ) {
    this.received = since;
  }

  start(): void {
    this.stopped = false;
    this.resume();
  }

  stop(): void {
    this.stopped = true;
    this.pause();
    this.startingOver?.cancel();
    this.startingOver = null;
    this.frame?.cancel();
    this.frame = null;
  }

  /** The connection is cut. Left to itself the socket would ask again from where it first began. */
  pause(): void {
    clearTimeout(this.retry);
    this.subscription?.unsubscribe();
    this.subscription = null;
  }

  /** The connection is back: goes on from the last position received. */
  resume(): void {
    if (!this.stopped && !this.subscription && !this.startingOver) this.subscribe();
  }

  /** Something was loaded that is behind what has been received: it must hear what came since. Others hear it twice. */
  rewind(since: number): void {
    if (since >= this.received) return;
    this.received = since;
    this.pause();
    this.resume();
  }

  /** Those who listen read again what they show. What has come and is not applied yet is part of that. */
  readAgain(): void {
    if (!this.stopped && !this.startingOver) this.startOver(this.received, 0);
  }

  /** Asks by a request for what the socket has not brought. */
  async catchUp(): Promise<void> {
    if (this.catchingUp || this.stopped) return;
    this.catchingUp = true;
    try {
      const { data } = await this.client.query({
        query: this.source.catchUp,
        variables: { projectId: this.projectId, since: this.received },
        fetchPolicy: 'no-cache',
      });
      if (data) this.take(data.projectEvents);
    } catch {
      // the socket still brings it
    } finally {
      this.catchingUp = false;
    }
  }

  private subscribe(): void {
    const again = (): void => {
      this.pause();
      if (!this.stopped) this.retry = setTimeout(() => this.resume(), RESUBSCRIBE_AFTER_MS);
    };
    const ended = (error: unknown): void => {
      if (describeError(error).code !== 'NOT_FOUND') return again();
      // The project is no longer ours to read: what this browser still holds of it goes, and every screen asks anew.
      this.stop();
      void this.client.resetStore().catch(() => undefined);
    };
    this.subscription = this.client
      .subscribe({ query: this.source.subscription, variables: { projectId: this.projectId, since: this.received }, fetchPolicy: 'no-cache' })
      .subscribe({
        next: ({ data, error }) => {
          if (data) this.take(data.projectEvents);
          else if (error) ended(error);
        },
        error: ended,
        complete: again,
      });
  }

  private take(events: News): void {
    if (this.stopped || this.startingOver) return;
    if (events.reset) return this.startOver(events.seq, Math.random() * READ_WITHIN_MS);
    this.waiting.push(...inPieces(events, this.received));
    this.received = Math.max(this.received, events.seq);
    this.frame ??= nextFrame(() => this.apply(), DRAW_EVERY_MS - (performance.now() - this.appliedAt));
  }

  private startOver(seq: number, afterMs: number): void {
    this.waiting = [];
    this.frame?.cancel();
    this.frame = null;
    this.pause();
    this.received = seq;
    const read = async (): Promise<void> => {
      try {
        await this.handlers.onReset(seq);
      } catch {
        if (!this.stopped) this.startingOver = whenSeen(() => void read(), RESUBSCRIBE_AFTER_MS);
        return;
      }
      this.startingOver = null;
      this.resume();
    };
    this.startingOver = whenSeen(() => void read(), afterMs);
  }

  private apply(): void {
    this.frame = null;
    this.appliedAt = performance.now();
    const batch: News[] = [];
    for (let things = 0; this.waiting.length > 0;) {
      const next = this.waiting[0];
      if (!next || (batch.length > 0 && things + thingsOf(next).length > THINGS_A_FRAME)) break;
      things += thingsOf(next).length;
      batch.push(next);
      this.waiting.shift();
    }
    const last = batch.at(-1);
    if (!last) return;
    if (this.waiting.length > 0) this.frame = nextFrame(() => this.apply(), 0);
    this.client.cache.batch({ update: (cache) => this.source.write(cache, batch) });
    this.handlers.onEvents({ seq: last.seq, activities: batch.flatMap((events) => events.activities), sent: batch });
  }
}

/** The things that came with what happened, each with the list it stands in. */
function thingsOf(events: News): { list: string; thing: unknown }[] {
  return Object.entries(events).flatMap(([list, value]: [string, unknown]) =>
    list !== 'activities' && Array.isArray(value) ? value.map((thing: unknown) => ({ list, thing })) : [],
  );
}

/** One message as pieces that fit a frame: things in the order of their lists, and with the last of them what happened. `before` is the position until then. */
function inPieces(events: News, before: number): News[] {
  const things = thingsOf(events);
  if (things.length <= THINGS_A_FRAME) return [events];
  const lists = [...new Set(things.map(({ list }) => list))];
  return Array.from({ length: Math.ceil(things.length / THINGS_A_FRAME) }, (_, i) => {
    const [here, rest] = [things.slice(i * THINGS_A_FRAME, (i + 1) * THINGS_A_FRAME), things.length > (i + 1) * THINGS_A_FRAME];
    const only = Object.fromEntries(lists.map((name) => [name, here.filter(({ list }) => list === name).map(({ thing }) => thing)]));
    return { ...events, ...only, ...(rest && { seq: before, activities: [] }) };
  });
}

/** The next frame after `waitMs`, or soon where the page is hidden and has none. */
function nextFrame(run: () => void, waitMs: number): { cancel: () => void } {
  let frame = 0;
  const draw = (): void => {
    if (document.visibilityState === 'hidden') run();
    else frame = requestAnimationFrame(run);
  };
  const timer = waitMs > 0 || document.visibilityState === 'hidden' ? setTimeout(draw, Math.max(waitMs, 0)) : undefined;
  if (timer === undefined) draw();
  return {
    cancel() {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    },
  };
}

/** After `waitMs`; where nobody sees the page, when somebody does. */
function whenSeen(run: () => void, waitMs: number): { cancel: () => void } {
  const look = (): void => {
    if (document.visibilityState === 'hidden') return;
    document.removeEventListener('visibilitychange', look);
    run();
  };
  const timer = setTimeout(() => {
    document.addEventListener('visibilitychange', look);
    look();
  }, waitMs);
  return {
    cancel() {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    },
  };
}
