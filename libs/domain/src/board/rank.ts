import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/**
 * A rank is a base-62 string in byte order (PostgreSQL: COLLATE "C"; JavaScript: `<`). It is made from two neighbours under
 * the lock of their column, so no two cards of a column get the same one; ties, should data ever hold some, go by ticket id.
 */
export type Rank = string;

/** A rank longer than this asks for a rerank of the column: only thousands of drops into one gap make it. */
export const RANK_MAX_LENGTH = 48;

/** A rank between `before` and `after`; null is the end of the column on that side. */
export function rankBetween(before: Rank | null, after: Rank | null): Rank {
  return generateKeyBetween(before, after);
}

/** Whether a rank of bearable length fits between two neighbours; when not, the column is reranked first. */
export function hasRoomBetween(before: Rank | null, after: Rank | null): boolean {
  if (before !== null && after !== null && before >= after) return false;
  return rankBetween(before, after).length <= RANK_MAX_LENGTH;
}

/** `count` ranks in rising order between two neighbours: seeds, imports and reranking. */
export function ranksBetween(before: Rank | null, after: Rank | null, count: number): Rank[] {
  return generateNKeysBetween(before, after, count);
}

/** Whether a text that somebody sends is a rank: what is ranked beside one that is none fails. */
export function isRank(text: string): text is Rank {
  if (text.length > 4 * RANK_MAX_LENGTH) return false;
  try {
    rankBetween(text, null);
    return true;
  } catch {
    return false;
  }
}

/** Byte order of (rank, id): the order of cards in a column. */
export function compareRank(a: { rank: Rank; id: string }, b: { rank: Rank; id: string }): number {
  return byteOrder(a.rank, b.rank) || byteOrder(a.id, b.id);
}

function byteOrder(a: string, b: string): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
