import { entryAt, type LaneField } from '@trainyard/domain';
import type { BoardModel } from '../model/board-model.ts';
import { cellOf, type Lane } from '../model/cells.ts';
import { LANE_ROWS, ROW, ROW_WITH_RUN } from '../model/rows.ts';

/** Pixels: the title of a lane, the gap below it, the frame and padding of its cells with their foot, and a cell without cards. */
export const LANE_TITLE = 34;
export const LANE_GAP = 8;
const CELL_FRAME = 32;
const EMPTY_CELL = 44;

/** How high the cells of a lane are: as its fullest one, up to a few cards; further ones are scrolled to. Cards that are not read count as plain ones. */
export function cellHeight(model: BoardModel, columnIds: readonly string[], lane: Lane): number {
  const heights = columnIds.map((columnId) => {
    const view = model.view(cellOf(columnId, lane));
    let height = 0;
    for (let row = 0; row < Math.min(view.total, LANE_ROWS); row += 1) {
      const entry = entryAt(view, row);
      height += entry && model.hasRun(entry.id) ? ROW_WITH_RUN : ROW;
    }
    return height;
  });
  return Math.max(EMPTY_CELL, CELL_FRAME + Math.max(...heights));
}

/** Names a lane among those that are folded. */
export const foldId = (by: LaneField, lane: Lane): string => `${by}@${lane ?? ''}`;
