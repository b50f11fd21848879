import type { ProjectEventsType } from './activity.types.ts';
import type { Thing } from './live-things.ts';

/** A stretch of a project's log: everything after `from`, up to and with `seq`; `letters` is what it weighs. */
export type Stretch = ProjectEventsType & { from: number; letters: number };

/** Stretches kept for subscribers that read a little later than others; who falls further behind reads the database. */
const KEPT_ACTIVITIES = 2000;
/** Letters of one tail, and of all tails of a process, that are kept for them. */
const KEPT_LETTERS = 400_000;
const KEPT_LETTERS_OF_ALL = 16_000_000;

/** What the tails of a process keep together. Where that is too much, those without news for longest forget first: nobody waits for theirs. */
export class TailBudget {
  kept = 0;
  /** In the order of their last news. */
  private readonly tails = new Set<ProjectTail>();

  constructor(private readonly most = KEPT_LETTERS_OF_ALL) {}

  /** `tail` has news, which it keeps whatever the others hold: its subscribers are about to take it. */
  heard(tail: ProjectTail): void {
    this.tails.delete(tail);
    for (const quiet of this.tails) while (this.kept > this.most && quiet.drop(0));
    this.tails.add(tail);
    while (this.kept > this.most && tail.drop(1));
  }

  /** Nobody follows `tail` any more. */
  left(tail: ProjectTail): void {
    this.tails.delete(tail);
  }
}

/**
 * The end of a project's log, held in memory while somebody watches: each stretch is read once and shared by all. It holds
 * nothing for any subscriber: each has a position and asks for what follows, so a slow one coalesces and costs no memory.
 */
export class ProjectTail {
  private readonly kept: Stretch[] = [];
  private keptActivities = 0;
  private keptLetters = 0;
  private readonly waiting = new Set<() => void>();

  constructor(
    private position: number,
    private readonly budget: TailBudget,
  ) {}

  get head(): number {
    return this.position;
  }

  add(stretch: Stretch): void {
    if (stretch.reset) this.forget();
    this.kept.push(stretch);
    this.weigh(stretch, 1);
    while ((this.keptActivities > KEPT_ACTIVITIES || this.keptLetters > KEPT_LETTERS) && this.drop(1));
    this.budget.heard(this);
    this.position = stretch.seq;
    this.wake();
  }

  /** Holds nothing any more. */
  forget(): void {
    while (this.drop(0));
    this.budget.left(this);
  }

  /** Forgets its oldest stretch, where it holds more than `least`; says whether it did. */
  drop(least: 0 | 1): boolean {
    const oldest = this.kept.length > least ? this.kept.shift() : undefined;
    if (oldest) this.weigh(oldest, -1);
    return oldest !== undefined;
  }

  private weigh({ activities, letters }: Stretch, sign: 1 | -1): void {
    this.keptActivities += sign * activities.length;
    this.keptLetters += sign * letters;
    this.budget.kept += sign * letters;
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

/** Consecutive stretches as one: all activities in order, each thing once as it was last; nothing of it is told where one of them is not. */
export function joined(stretches: readonly Stretch[]): Stretch {
  const [first] = stretches;
  const last = stretches.at(-1);
  if (!first || !last) throw new Error('nothing to join');
  if (first === last) return first;
  const untold = stretches.find(({ reset }) => reset);
  if (untold) return { ...untold, from: first.from, seq: last.seq };
  const things: Record<string, Map<string, Thing>> = {};
  for (const [field, found] of stretches.flatMap((stretch) => Object.entries(stretch.things))) {
    const latest = (things[field] ??= new Map<string, Thing>());
    for (const thing of found) latest.set(thing.id, thing);
  }
  return {
    from: first.from,
    seq: last.seq,
    letters: stretches.reduce((sum, { letters }) => sum + letters, 0),
    reset: false,
    activities: stretches.flatMap((stretch) => stretch.activities),
    things: Object.fromEntries(Object.entries(things).map(([field, latest]) => [field, [...latest.values()]])),
  };
}
