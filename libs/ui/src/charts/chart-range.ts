/** The part of x that several charts show together. */
export class ChartRange {
  view: { from: number; to: number } | null = null;
  private readonly listeners = new Set<() => void>();

  show(view: { from: number; to: number } | null): void {
    if (view === this.view) return;
    this.view = view;
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
