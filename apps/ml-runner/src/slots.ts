/** Places for work that runs at the same time. */
export class Slots {
  private free: number;
  private waiting: (() => void)[] = [];

  constructor(count: number) {
    this.free = count;
  }

  /** Waits until there is a place; it does not take it. */
  async untilRoom(signal: AbortSignal): Promise<void> {
    while (this.free <= 0) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        const wake = () => {
          signal.removeEventListener('abort', wake);
          resolve();
        };
        signal.addEventListener('abort', wake, { once: true });
        this.waiting.push(wake);
      });
    }
    signal.throwIfAborted();
  }

  /** Takes a place until `work` has settled. */
  hold(work: Promise<unknown>): void {
    this.free -= 1;
    const release = () => {
      this.free += 1;
      const waiting = this.waiting;
      this.waiting = [];
      for (const wake of waiting) wake();
    };
    work.then(release, release);
  }
}
