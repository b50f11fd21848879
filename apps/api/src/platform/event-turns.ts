/** Events of one line that are made or wait to be read. One takes a few milliseconds, where it is read. */
const AT_ONCE = 4;

interface Line {
  running: number;
  /** In the order in which they came. */
  waiting: Set<() => void>;
}

/**
 * Events of subscriptions take turns, as requests do (turns.ts): of one person's browsers, or of one token, so many at once. What is
 * looked up for an event and what it weighs in memory lies between `take` and `end`; so three hundred subscriptions over sockets that
 * nobody reads hold no more of it than a few do.
 */
export class EventTurns {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly atOnce = AT_ONCE) {}

  /** For one subscription of the line `name`, until it has `ended`. */
  of(name: string, ended: AbortSignal): EventTurn {
    return new EventTurn(this, name, ended);
  }

  /** Calls `begin` when it is the next one's turn; answers the way not to wait any longer. */
  take(name: string, begin: () => void): () => void {
    const line = this.lines.get(name) ?? { running: 0, waiting: new Set() };
    this.lines.set(name, line);
    if (line.running >= this.atOnce) line.waiting.add(begin);
    else {
      line.running += 1;
      begin();
    }
    return () => line.waiting.delete(begin);
  }

  /** The turn goes to whoever waits for it. */
  end(name: string): void {
    const line = this.lines.get(name);
    if (!line) return;
    const [next] = line.waiting;
    if (next) {
      line.waiting.delete(next);
      next();
    } else if ((line.running -= 1) === 0) this.lines.delete(name);
  }
}

/** The turn of one subscription: taken before an event is made, ended once it was read or there is none. */
export class EventTurn {
  private isHeld = false;

  constructor(
    private readonly turns: EventTurns,
    private readonly name: string,
    private readonly ended: AbortSignal,
  ) {}

  /** Resolves when it is its turn, at once where it has it, and when nobody listens any more. */
  async take(): Promise<void> {
    if (this.isHeld || this.ended.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const giveUp = (): void => {
      stop();
      resolve();
    };
    const stop = this.turns.take(this.name, () => {
      this.isHeld = true;
      this.ended.removeEventListener('abort', giveUp);
      resolve();
    });
    if (!this.isHeld) this.ended.addEventListener('abort', giveUp, { once: true });
    await promise;
  }

  end(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    this.turns.end(this.name);
  }
}
