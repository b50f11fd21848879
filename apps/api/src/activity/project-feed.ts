import type { ProjectEventsType } from './activity.types.ts';

/** A stretch of a project's log: everything after `from`, up to and with `seq`. */
export type Stretch = ProjectEventsType & { from: number };

/** Stretches kept for subscribers that read a little later than others; who falls further behind reads the database. */
const KEPT_ACTIVITIES = 2000;

/**
 * The end of a project's log, held in memory while somebody watches: each stretch is read once and shared by all. It holds
 * nothing for any subscriber: each has a position and asks for what follows, so a slow one coalesces and costs no memory.
 */
export class ProjectFeed {
  private readonly kept: Stretch[] = [];
  private keptActivities = 0;
  private readonly waiting = new Set<() => void>();

  constructor(private position: number) {}

  get head(): number {
    return this.position;
  }

  add(stretch: Stretch): void {
    if (stretch.reset) {
      this.kept.length = 0;
      this.keptActivities = 0;
    } else {
      this.kept.push(stretch);
      this.keptActivities += stretch.activities.length;
      while (this.keptActivities > KEPT_ACTIVITIES && this.kept.length > 1) this.keptActivities -= this.kept.shift()?.activities.length ?? 0;
    }
    this.position = stretch.seq;
    this.wake();
  }

  /** Everything after `position` as one stretch; null when that is no longer (or was never) held here. */
  after(position: number): Stretch | null {
    const first = this.kept.findIndex((stretch) => stretch.from <= position && position < stretch.seq);
    if (first < 0) return null;
    const stretch = joined(this.kept.slice(first));
    // Who caught up by a read of their own stands between two of ours.
    return stretch.from === position ? stretch : { ...stretch, from: position, activities: stretch.activities.filter(({ seq }) => seq > position) };
  }

  /** Ends every wait, so that subscribers look at the head and at their rights again. */
  wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  /** Resolves when the head is beyond `position`, at wake(), after `timeoutMs`, or once `ended`. */
  async changed(position: number, timeoutMs: number, ended?: AbortSignal): Promise<void> {
    if (this.position > position || ended?.aborted) return;
    let resolve = (): void => undefined;
    const woken = new Promise<void>((settle) => (resolve = settle));
    this.waiting.add(resolve);
    const timer = setTimeout(resolve, timeoutMs);
    ended?.addEventListener('abort', resolve);
    await woken;
    clearTimeout(timer);
    ended?.removeEventListener('abort', resolve);
    this.waiting.delete(resolve);
  }
}

/** Consecutive stretches as one: all activities in order, each thing once as it was last. */
export function joined(stretches: readonly Stretch[]): Stretch {
  const [first] = stretches;
  const last = stretches.at(-1);
  if (!first || !last) throw new Error('nothing to join');
  if (first === last) return first;
  const latest = <T extends { id: string }>(pick: (stretch: Stretch) => readonly T[]): T[] => [...new Map(stretches.flatMap((stretch) => pick(stretch).map((thing) => [thing.id, thing] as const))).values()];
  return {
    from: first.from,
    seq: last.seq,
    reset: false,
    activities: stretches.flatMap((stretch) => stretch.activities),
    tickets: latest((stretch) => stretch.tickets),
    columns: latest((stretch) => stretch.columns),
    comments: latest((stretch) => stretch.comments),
    runs: latest((stretch) => stretch.runs),
    labels: latest((stretch) => stretch.labels),
  };
}
