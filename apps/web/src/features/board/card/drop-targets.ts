/** What a column offers to a drag over it. */
export interface DropTarget {
  /** The gap under the pointer: number of cards before it, as the column shows them. */
  indexAt(clientY: number): number;
  /** Draws the line at a gap; null takes it away. Straight to the element: a drag draws no component. */
  mark(index: number | null): void;
  /** Says while a card is carried that it does not get in here. */
  refuses(refusing: boolean): void;
}

/** The columns on screen, by id. One of them at most shows the line. */
export class DropTargets {
  private readonly columns = new Map<string, DropTarget>();
  private marked: string | null = null;
  private refusing = new Set<string>();

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
    // where it does not get in, there is no gap for it; what it is let go over says why
    target.mark(this.refusing.has(columnId) ? null : index);
    this.marked = columnId;
    return index;
  }

  /** A card is carried that these columns turn away. */
  begin(refusing: ReadonlySet<string>): void {
    this.refusing = new Set(refusing);
    for (const [columnId, target] of this.columns) target.refuses(this.refusing.has(columnId));
  }

  end(): void {
    this.clear();
    this.begin(new Set());
  }

  clear(): void {
    if (this.marked !== null) this.columns.get(this.marked)?.mark(null);
    this.marked = null;
  }
}
