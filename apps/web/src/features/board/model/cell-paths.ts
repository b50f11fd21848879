import type { BoardModel } from './board-model.ts';
import { cellOf, columnIn, laneIn, type Lane } from './cells.ts';

/** The ways between the cells of a board, which keys follow: to the columns beside, and to the lanes above and below. */
export class CellPaths {
  /**
   * @param columnIds left to right
   * @param lanes those that are open, from the top; one undefined: the board has none
   */
  constructor(
    private readonly model: BoardModel,
    private readonly columnIds: readonly string[],
    private readonly lanes: readonly (Lane | undefined)[] = [undefined],
  ) {}

  /** In the order in which a board is read. */
  all(): string[] {
    return this.lanes.flatMap((lane) => this.columnIds.map((columnId) => cellOf(columnId, lane)));
  }

  /** The cell `by` columns beside another in its lane; for a walk (not `empty`) the next that holds cards. */
  beside(cellId: string | undefined, by: number, empty: boolean): string | null {
    const lane = cellId === undefined ? this.lanes[0] : laneIn(cellId);
    const at = this.columnIds.indexOf(columnIn(cellId ?? ''));
    return this.next(this.columnIds, at, by, (columnId) => this.held(cellOf(columnId, lane), empty));
  }

  /** The cell of the same column in the lane above (negative) or below. */
  beyond(cellId: string, by: number, empty: boolean): string | null {
    const at = this.lanes.indexOf(laneIn(cellId));
    if (at === -1 || laneIn(cellId) === undefined) return null;
    return this.next(this.lanes, at, by, (lane) => this.held(cellOf(columnIn(cellId), lane), empty));
  }

  private held(cellId: string, empty: boolean): string | null {
    return empty || this.model.view(cellId).total > 0 ? cellId : null;
  }

  private next<T>(all: readonly T[], from: number, by: number, found: (one: T) => string | null): string | null {
    for (let i = from + by; i >= 0 && i < all.length; i += by) {
      const cellId = found(all[i]!);
      if (cellId !== null) return cellId;
    }
    return null;
  }
}
