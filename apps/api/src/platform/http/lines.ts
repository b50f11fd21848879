interface Line {
  running: number;
  /** In the order in which they came. */
  waiting: Set<() => void>;
}

/** So many at once of each line; the others wait, and begin in the order in which they came. */
export class Lines {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly atOnce: number) {}

  /** How many of the line wait. */
  waiting(name: string): number {
    return this.lines.get(name)?.waiting.size ?? 0;
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
