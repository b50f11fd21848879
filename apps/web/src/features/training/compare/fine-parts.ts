/** Points of a series of one run that lie in the range looked at, finer than what was read of the whole. */
export interface FinePart {
  steps: readonly number[];
  values: readonly (number | null)[];
}

/** What was read of the range that is shown, by run and series. */
export class FineParts {
  private readonly known = new Map<string, FinePart>();
  private readonly listeners = new Set<() => void>();

  of(runId: string, series: string): FinePart | undefined {
    return this.known.get(`${runId} ${series}`);
  }

  add(parts: readonly { runId: string; series: string; part: FinePart }[]): void {
    for (const { runId, series, part } of parts) this.known.set(`${runId} ${series}`, part);
    this.changed();
  }

  clear(): void {
    if (this.known.size === 0) return;
    this.known.clear();
    this.changed();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
