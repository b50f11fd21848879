import { Lines } from '../http/lines.ts';

/** Events of one line that are made or wait to be read. One takes a few milliseconds, where it is read. */
const AT_ONCE = 4;

/**
 * Events of subscriptions take turns, as requests do (turns.ts): of one person's browsers, or of one token, so many at once. What is
 * looked up for an event and what it weighs in memory lies between `take` and `end`; so three hundred subscriptions over sockets that
 * nobody reads hold no more of it than a few do.
 */
export class EventTurns {
  private readonly lines: Lines;

  constructor(atOnce = AT_ONCE) {
    this.lines = new Lines(atOnce);
  }

  /** For one subscription of the line `name`, until it has `ended`. */
  of(name: string, ended: AbortSignal): EventTurn {
    return new EventTurn(this.lines, name, ended);
  }
}

/** The turn of one subscription: taken before an event is made, ended once it was read or there is none. */
export class EventTurn {
  private isHeld = false;

  constructor(
    private readonly lines: Lines,
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
    const stop = this.lines.take(this.name, () => {
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
    this.lines.end(this.name);
  }
}
