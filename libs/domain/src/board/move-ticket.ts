import { refuse, type Result } from '../result.ts';
import { rankBetween, type Rank } from './rank.ts';
import { wipAfter, type ColumnLoad, type WipState } from './wip.ts';

/** A card as the move needs it. */
export interface Placed {
  id: string;
  columnId: string;
  rank: Rank;
}
/** Where a card is put: a column, and the neighbours between which it comes to lie. */
export interface Place {
  /** The column it goes to; `count` is the number of cards in it now, the card included when it is already there. */
  column: ColumnLoad & { id: string };
  /**
   * The card it is placed behind: null for the top of the column. 'gone' when the client named a card that is no longer
   * in the column: the answer is then NEIGHBOUR_GONE and the client places it again from the fresh order.
   */
  after: Placed | null | 'gone';
  /** The card that now follows `after` (or heads the column), the moving ticket left out; null at the end. */
  next: Placed | null;
}
export interface MoveTicket extends Place {
  /** Nulls: it lies in no column. */
  ticket: { id: string; columnId: string | null; rank: Rank | null };
}

/** Whether a card that is not in the column (new, or restored) may enter it there, and with which rank. */
export function enterColumn({ column, after, next }: Place): Result<{ columnId: string; rank: Rank; wip: WipState }> {
  if (after === 'gone') return refuse('NEIGHBOUR_GONE');
  const wip = wipAfter(column, 1);
  if (wip.refused) return refuse('WIP_LIMIT_REACHED', { limit: column.wipLimit, count: column.count, column: column.name });
  return { ok: true, columnId: column.id, rank: rankBetween(after?.rank ?? null, next?.rank ?? null), wip: wip.state };
}

/** Where a dropped card lands. The same function answers optimistically in the browser and for good on the server. */
export function moveTicket({ ticket, ...place }: MoveTicket): Result<{ columnId: string; rank: Rank; unchanged: boolean; wip: WipState }> {
  const { column, after, next } = place;
  if (ticket.columnId !== column.id || ticket.rank === null) {
    const entered = enterColumn(place);
    return entered.ok ? { ...entered, unchanged: false } : entered;
  }
  if (after === 'gone') return refuse('NEIGHBOUR_GONE');
  const afterRank = after?.rank ?? null;
  const nextRank = next?.rank ?? null;
  const settled = (afterRank === null || afterRank < ticket.rank) && (nextRank === null || ticket.rank < nextRank);
  const wip = wipAfter(column, 0).state;
  if (settled || after?.id === ticket.id) return { ok: true, columnId: column.id, rank: ticket.rank, unchanged: true, wip };
  return { ok: true, columnId: column.id, rank: rankBetween(afterRank, nextRank), unchanged: false, wip };
}
