/** What a column offers to a drag over it. */
export interface DropTarget {
  /** The gap under the pointer: number of cards before it, as the column shows them. */
  indexAt(clientY: number): number;
  /** Draws the line at a gap; null takes it away. Straight to the element: a drag draws no component. */
  mark(index: number | null): void;
}

/** The columns on screen, by id. One of them at most shows the line. */
export class DropTargets {
  private readonly columns = new Map<string, DropTarget>();
  private marked: string | null = null;

  register(columnId: string, target: DropTarget): () => void {
    this.columns.set(columnId, target);
    return () => void this.columns.delete(columnId);
  }

  /** Marks the gap under the pointer and returns it. */
  over(columnId: string, clientY: number): number | null {
    if (this.marked !== columnId) this.clear();
    const target = this.columns.get(columnId);
    if (!target) return null;
    const index = target.indexAt(clientY);
    target.mark(index);
    this.marked = columnId;
    return index;
  }

  clear(): void {
    if (this.marked !== null) this.columns.get(this.marked)?.mark(null);
    this.marked = null;
  }
}
