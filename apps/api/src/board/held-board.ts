import type { ProjectScope } from '@trainyard/domain';
import { PROJECT_SCOPE } from '../platform/authorize.ts';
import { row, type Tx } from '../platform/sql/database.ts';
import { BOARD_COLUMNS } from './board.rows.ts';
import type { BoardType } from './board.types.ts';

export type HeldBoard = Pick<BoardType, 'id' | 'name' | 'kind' | 'archived' | 'version' | 'projectId'> & ProjectScope & { rank: string };

/** A board, which until `tx` ends nobody else changes: its name, its place, and which columns it has in which order. Null where there is none. */
export function holdBoard(tx: Tx, of: 'BOARD' | 'COLUMN', id: string): Promise<HeldBoard | null> {
  const board = of === 'BOARD' ? '$1' : '(SELECT board_id FROM board_column WHERE id = $1)';
  return row(
    tx,
    `SELECT ${BOARD_COLUMNS}, b.rank, ${PROJECT_SCOPE} FROM board b JOIN project p ON p.id = b.project_id WHERE b.id = ${board} FOR NO KEY UPDATE OF b`,
    [id],
  );
}
