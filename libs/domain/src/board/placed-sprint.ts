/**
 * The sprint that a card is in once it lies on a board: one that runs there keeps it, else it joins the newest that runs there. A board on which
 * none runs changes nothing.
 * @param running sprints of the board that run, the newest first
 * @param left sprints that run on the board it comes from, where that is another: it leaves them with the board
 */
export function sprintOnBoard(sprintId: string | null, running: readonly string[], left: readonly string[]): string | null {
  if (sprintId !== null && running.includes(sprintId)) return sprintId;
  return running[0] ?? sprintOffBoard(sprintId, left);
}

/** The sprint of a card that is taken off its board: what leaves the board leaves the sprint that runs there. */
export const sprintOffBoard = (sprintId: string | null, left: readonly string[]): string | null =>
  sprintId !== null && left.includes(sprintId) ? null : sprintId;
