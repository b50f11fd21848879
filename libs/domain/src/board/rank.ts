import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import { compareTexts } from '../text.ts';

/**
 * A rank is a base-62 string in byte order (PostgreSQL: COLLATE "C"; JavaScript: `<`). It is made from two neighbours under
 * the lock of their column, so no two cards of a column get the same one; ties, should data ever hold some, go by ticket id.
 */
export type Rank = string;

/** A rank longer than this is not made: its neighbours are evened out first. Only hundreds of drops into one gap come to it. */
export const RANK_MAX_LENGTH = 48;

/** Ranks that are evened out are no longer than this: beside each there is room again. */
const EVEN_LENGTH = RANK_MAX_LENGTH / 2;

/** A rank between `before` and `after`; null is the end of the column on that side. */
export function rankBetween(before: Rank | null, after: Rank | null): Rank {
  return generateKeyBetween(before, after);
}

/** Whether `count` ranks of bearable length fit between two neighbours; when not, these are evened out first. */
export function hasRoomBetween(before: Rank | null, after: Rank | null, count = 1): boolean {
  return fit(before, after, count, RANK_MAX_LENGTH) !== null;
}

/** New ranks for `count` that lie between two that stay as they are; null: too little lies between these, so that more of their neighbours are needed. */
export function evenRanks(before: Rank | null, after: Rank | null, count: number): Rank[] | null {
  return fit(before, after, count, EVEN_LENGTH);
}

function fit(before: Rank | null, after: Rank | null, count: number, length: number): Rank[] | null {
  if (before !== null && after !== null && before >= after) return null;
  const ranks = ranksBetween(before, after, count);
  return ranks.every((rank) => rank.length <= length) ? ranks : null;
}

/** `count` ranks in rising order between two neighbours: seeds, imports and what is evened out. */
export function ranksBetween(before: Rank | null, after: Rank | null, count: number): Rank[] {
  return generateNKeysBetween(before, after, count);
}

/** Base 62, with a whole part of nine digits or fewer: nobody comes to the others by moving, and beyond the last of them nothing can be ranked. */
const WITHIN_REACH = /^[R-Za-i][\dA-Za-z]+$/;

/** Whether a text that somebody sends is a rank: what is ranked beside one that is none fails. */
export function isRank(text: string): text is Rank {
  if (text.length > RANK_MAX_LENGTH || !WITHIN_REACH.test(text)) return false;
  try {
    rankBetween(text, null);
    return true;
  } catch {
    return false;
  }
}

/** Byte order of (rank, id): the order of cards in a column. */
export function compareRank(a: { rank: Rank; id: string }, b: { rank: Rank; id: string }): number {
  return compareTexts(a.rank, b.rank) || compareTexts(a.id, b.id);
}
