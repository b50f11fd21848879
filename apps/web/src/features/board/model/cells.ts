import type { LaneField } from '@trainyard/domain';

/** What cards of a lane have in common: the id of a person or label, or a stage; null: nothing. */
export type Lane = string | null;

/** No id and no stage has it. */
const BETWEEN = '@';

/**
 * Where the cards of one column lie, and on a board in lanes of one lane of it. The order of cards, what loads them, the keyboard and drags know cells
 * by such ids and nothing of lanes: on a board without lanes the cell is the column.
 */
export const cellOf = (columnId: string, lane: Lane | undefined): string => (lane === undefined ? columnId : `${columnId}${BETWEEN}${lane ?? ''}`);

export const columnIn = (cellId: string): string => cellId.split(BETWEEN, 1)[0] ?? cellId;

/** Undefined: the board has no lanes. */
export function laneIn(cellId: string): Lane | undefined {
  const at = cellId.indexOf(BETWEEN);
  return at === -1 ? undefined : cellId.slice(at + BETWEEN.length) || null;
}

/** The lane of a card by what it says of itself; cards do not say their stage, which is then `known`. */
export function laneSaid(by: LaneField, card: { assignee: { id: string } | null; labelIds: readonly string[] }, known: Lane): Lane {
  if (by === 'ASSIGNEE') return card.assignee?.id ?? null;
  return by === 'LABEL' ? (card.labelIds[0] ?? null) : known;
}
