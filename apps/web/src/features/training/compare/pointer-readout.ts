import type { Readout } from '@trainyard/ui';

/** What a chart tells where the pointer or the crosshair of the keyboard is. */
export interface Pointed {
  series: string;
  x: number;
  /** By run. */
  values: ReadonlyMap<string, number | null>;
}

/** The chart that is pointed at speaks for all: one legend for many charts, outside of React until it is drawn. */
export class PointerReadout {
  private now: Pointed | null = null;
  private active: string | null = null;
  private readonly listeners = new Set<() => void>();

  /** The chart of this series is the one that is pointed at. */
  enter(series: string): void {
    this.active = series;
  }

  leave(series: string): void {
    if (this.active !== series) return;
    this.active = null;
    this.set(null);
  }

  tell(series: string, runIds: readonly string[], { x, values }: Readout): void {
    if (this.active !== series) return;
    this.set(x === null ? null : { series, x, values: new Map(runIds.map((id, i) => [id, values[i] ?? null])) });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly get = (): Pointed | null => this.now;

  private set(next: Pointed | null): void {
    if (next === this.now) return;
    this.now = next;
    for (const listener of this.listeners) listener();
  }
}
