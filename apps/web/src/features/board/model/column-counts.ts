import type { PlacementChange } from './placement-changes.ts';

/** How many cards lie in each column, shown or not: what a page said, and what the log says since. */
export class ColumnCounts {
  private readonly columns = new Map<string, { all: number; seq: number }>();

  of(columnId: string): number {
    return this.columns.get(columnId)?.all ?? 0;
  }

  read(columnId: string, { all, seq }: { all?: number; seq: number }): void {
    const known = this.columns.get(columnId);
    if (all !== undefined && (!known || seq >= known.seq)) this.columns.set(columnId, { all, seq });
  }

  /** Applies what happened up to `seq`; answers the columns that have another count since. */
  apply(changes: readonly PlacementChange[], seq: number): string[] {
    const touched = changes.flatMap(({ seq: at, from, to }) =>
      from?.columnId === to?.columnId ? [] : [...this.add(from?.columnId, -1, at), ...this.add(to?.columnId, 1, at)],
    );
    for (const column of this.columns.values()) column.seq = Math.max(column.seq, seq);
    return touched;
  }

  private add(columnId: string | undefined, by: 1 | -1, seq: number): string[] {
    const column = columnId === undefined ? undefined : this.columns.get(columnId);
    if (!column || columnId === undefined || seq <= column.seq) return [];
    column.all += by;
    return [columnId];
  }
}
