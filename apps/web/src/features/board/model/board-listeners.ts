/** Who looks at what of a board: at one column, or at any change. */
export class BoardListeners {
  private readonly ofColumn = new Map<string, Set<() => void>>();
  private readonly ofAll = new Set<() => void>();

  add(columnId: string, listener: () => void): () => void {
    const set = this.ofColumn.get(columnId) ?? new Set();
    this.ofColumn.set(columnId, set.add(listener));
    return () => void set.delete(listener);
  }

  addToAll(listener: () => void): () => void {
    this.ofAll.add(listener);
    return () => void this.ofAll.delete(listener);
  }

  tell(columnId: string): void {
    for (const listener of this.ofColumn.get(columnId) ?? []) listener();
  }

  tellAll(): void {
    for (const listener of this.ofAll) listener();
  }
}
