/** What jsdom lacks and the components need. Runs before anything is imported. */
const observed = new Set<() => void>();

class Resizes implements ResizeObserver {
  private readonly look: () => void;

  constructor(callback: ResizeObserverCallback) {
    this.look = () => callback([], this);
  }
  observe(): void {
    observed.add(this.look);
  }
  unobserve(): void {}
  disconnect(): void {
    observed.delete(this.look);
  }
}
globalThis.ResizeObserver ??= Resizes;

/** Tells every observer that sizes are others now. */
export const resizeAll = (): void => observed.forEach((look) => look());
