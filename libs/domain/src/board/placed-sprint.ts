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

/**
 * Whether a ticket that lies there may be in that sprint: where sprints run, what lies on the board is in one of them, and what is in a sprint that
 * runs lies on its board.
 * @param running sprints that run on the board it lies on; empty also where it lies on none
 */
export const fitsSprint = (sprint: { id: string; runs: boolean } | null, running: readonly string[]): boolean =>
  running.length > 0 ? sprint !== null && running.includes(sprint.id) : sprint === null || !sprint.runs;
