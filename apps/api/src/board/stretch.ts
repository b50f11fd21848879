import { evenRanks, type Rank } from '@trainyard/domain';

/** How many neighbours are taken on each side at first. */
const BESIDE = 32;

export interface Ranked {
  id: string;
  rank: Rank;
}

/** Neighbours of a place in an order, and the ranks that they get. */
export interface Stretch {
  ids: string[];
  ranks: Rank[];
  /** Nothing lies behind them. */
  isLast: boolean;
}

/**
 * Where no rank fits any more: so many neighbours on both sides that short ranks fit for them in the same order. What lies farther away stays as it
 * is, so that it costs what was crowded together, and not what there is.
 * @param neighbours up to `count` of one side, the nearest first
 */
export async function stretchAround(neighbours: (side: 'BEFORE' | 'BEHIND', count: number) => Promise<Ranked[]>): Promise<Stretch> {
  for (let beside = BESIDE; ; beside *= 2) {
    const before = await neighbours('BEFORE', beside + 1);
    const behind = await neighbours('BEHIND', beside + 1);
    // the outermost of a side that goes on stays, and bounds it
    const first = before.length > beside ? before.pop()! : null;
    const last = behind.length > beside ? behind.pop()! : null;
    const ids = [...before.toReversed(), ...behind].map(({ id }) => id);
    const ranks = evenRanks(first?.rank ?? null, last?.rank ?? null, ids.length);
    if (ranks) return { ids, ranks, isLast: last === null };
  }
}
