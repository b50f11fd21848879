/** Fewer values than this have no percentiles: the 95th of nine is the largest, whatever it is. */
export const PERCENTILES_MIN = 10;

export interface Percentiles {
  p50: number;
  p85: number;
  p95: number;
}

/** The nearest-rank percentile of values in ascending order: the smallest of them that at least that share does not exceed. No value is made up. */
export function nearestRank(ascending: ArrayLike<number>, share: number): number {
  // A share such as 0.55 times 20 is 11.000000000000002: that is the 11th.
  const rank = Math.ceil(ascending.length * share - 1e-9);
  const value = ascending[Math.max(1, rank) - 1];
  if (value === undefined) throw new RangeError('Nothing has no percentile.');
  return value;
}

/** Null where there are too few values. */
export function percentilesOf(values: readonly number[]): Percentiles | null {
  if (values.length < PERCENTILES_MIN) return null;
  const ascending = values.toSorted((a, b) => a - b);
  return { p50: nearestRank(ascending, 0.5), p85: nearestRank(ascending, 0.85), p95: nearestRank(ascending, 0.95) };
}
