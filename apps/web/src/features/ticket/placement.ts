/** Where a card stands: its column and its rank there. */
export interface Placement {
  columnId: string;
  rank: string;
}

/** Where a ticket lies; null for one of the backlog alone. */
export function placeOf({ columnId, rank }: { columnId: string | null; rank: string | null }): Placement | null {
  return columnId === null || rank === null ? null : { columnId, rank };
}
