import type { WipPolicy } from './board.ts';

export interface ColumnLoad {
  name: string;
  /** Cards in the column now. */
  count: number;
  /** Null: no limit. */
  wipLimit: number | null;
  wipPolicy: WipPolicy;
}
/** FREE below the limit, FULL at it, OVER above it; NONE without a limit. */
export type WipState = 'NONE' | 'FREE' | 'FULL' | 'OVER';

export function wipState(column: Pick<ColumnLoad, 'count' | 'wipLimit'>): WipState {
  if (column.wipLimit === null) return 'NONE';
  if (column.count < column.wipLimit) return 'FREE';
  return column.count === column.wipLimit ? 'FULL' : 'OVER';
}

/** The column's state after `entering` more cards, and whether its policy turns them away. */
export function wipAfter(column: ColumnLoad, entering: number): { state: WipState; refused: boolean } {
  const state = wipState({ count: column.count + entering, wipLimit: column.wipLimit });
  return { state, refused: entering > 0 && state === 'OVER' && column.wipPolicy === 'REFUSE' };
}
