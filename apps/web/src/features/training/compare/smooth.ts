/** Points of a line are weighed as if it had so many: how finely it was reported or read makes no difference. */
const POINTS = 1_000;

/**
 * A moving average that forgets exponentially with x, and begins without a debt to nothing. Not-a-number stays out of it.
 * @param weight 0 (the line as it is) to just below 1
 */
export function smooth(x: readonly number[], y: readonly number[], weight: number): number[] {
  const range = (x.at(-1) ?? 0) - (x[0] ?? 0);
  if (weight <= 0 || range <= 0) return [...y];
  const forget = Math.min(Math.sqrt(weight), 0.999);
  let sum = 0;
  let weights = 0;
  return y.map((value, i) => {
    if (!Number.isFinite(value)) return value;
    const kept = i === 0 ? 0 : forget ** ((((x[i] ?? 0) - (x[i - 1] ?? 0)) / range) * POINTS);
    sum = sum * kept + value;
    weights = weights * kept + 1;
    return sum / weights;
  });
}
