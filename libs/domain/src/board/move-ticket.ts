import { refuse, type Result } from '../result.ts';
import { rankBetween, type Rank } from './rank.ts';
import { wipAfter, type ColumnLoad, type WipState } from './wip.ts';

/** A card as the move needs it. */
export interface Placed {
  id: string;
  columnId: string;
  rank: Rank;
}
export interface MoveTicket {
  ticket: Placed;
  /** The column it goes to; `count` is the number of cards in it now, this ticket included when it is already there. */
  column: ColumnLoad & { id: string };
  /**
   * The card it is placed behind: null for the top of the column. 'gone' when the client named a card that is no longer
   * in the column: the answer is then NEIGHBOUR_GONE and the client places it again from the fresh order.
   */
  after: Placed | null | 'gone';
  /** The card that now follows `after` (or heads the column), the moving ticket left out; null at the end. */
  next: Placed | null;
}

/** Where a dropped card lands. The same function answers optimistically in the browser and for good on the server. */
export function moveTicket(move: MoveTicket): Result<{ columnId: string; rank: Rank; unchanged: boolean; wip: WipState }> {
  const { ticket, column, after, next } = move;
  if (after === 'gone') return refuse('NEIGHBOUR_GONE');
  const entering = ticket.columnId !== column.id;
  const wip = wipAfter(column, entering ? 1 : 0);
  if (entering && wip.refused) {
    return refuse('WIP_LIMIT_REACHED', { limit: column.wipLimit, count: column.count, column: column.name });
  }
  const afterRank = after?.rank ?? null;
  const nextRank = next?.rank ?? null;
  const settled =
    !entering && (afterRank === null || afterRank < ticket.rank) && (nextRank === null || ticket.rank < nextRank);
  if (settled || after?.id === ticket.id) return { ok: true, columnId: column.id, rank: ticket.rank, unchanged: true, wip: wip.state };
  return { ok: true, columnId: column.id, rank: rankBetween(afterRank, nextRank), unchanged: false, wip: wip.state };
}
