/** Steps one stored chunk of a series covers; buckets of long series are whole multiples, so that stored extremes suffice. */
export const CHUNK_STEPS = 256;
/** From this many chunks on their extremes are fine enough for any screen: what a reader must decode stays bounded, whatever width is asked. */
const ENOUGH_CHUNKS = 1_000;

/** Parallel arrays; null stands for a value that is not a finite number. */
export interface ThinnedSeries {
  steps: number[];
  values: (number | null)[];
}

/**
 * Steps per bucket so that [from, to] falls into at most `width` buckets when bucket k covers steps [k·stride, (k+1)·stride).
 * A whole number of chunks wherever the range has at least `width` of them, or 1,000.
 */
export function bucketStride(from: number, to: number, width: number): number {
  const chunks = Math.floor(to / CHUNK_STEPS) - Math.floor(from / CHUNK_STEPS) + 1;
  const unit = chunks >= Math.min(width, ENOUGH_CHUNKS) ? CHUNK_STEPS : 1;
  const first = Math.floor(from / unit);
  const last = Math.floor(to / unit);
  // Buckets lie on multiples of the stride, so a range may touch one more than its length suggests.
  let stride = Math.ceil((last - first + 1) / width);
  while (Math.floor(last / stride) - Math.floor(first / stride) + 1 > width) stride += 1;
  return stride * unit;
}

/**
 * Min-max thinning: of each bucket the exact minimum and maximum (each at its first step), in step order; one point where
 * they are the same, null where a bucket holds no finite value. Points may come in any order, so that the two extremes of
 * a stored chunk stand for all of its points. With a stride of 0 every point is kept.
 */
export function thinSeries(steps: ArrayLike<number>, values: ArrayLike<number>, stride: number): ThinnedSeries {
  if (stride === 0) return inStepOrder(Array.from(steps), Array.from(values));
  interface Bucket {
    minStep: number;
    min: number;
    maxStep: number;
    max: number;
  }
  const buckets = new Map<number, Bucket>();
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as number;
    const value = values[i] as number;
    const index = Math.floor(step / stride);
    const bucket = buckets.get(index);
    if (!bucket) buckets.set(index, { minStep: step, min: value, maxStep: step, max: value });
    else if (!Number.isFinite(value)) continue;
    else if (!Number.isFinite(bucket.min)) buckets.set(index, { minStep: step, min: value, maxStep: step, max: value });
    else {
      if (value < bucket.min || (value === bucket.min && step < bucket.minStep)) {
        bucket.min = value;
        bucket.minStep = step;
      }
      if (value > bucket.max || (value === bucket.max && step < bucket.maxStep)) {
        bucket.max = value;
        bucket.maxStep = step;
      }
    }
  }
  const keptSteps: number[] = [];
  const keptValues: number[] = [];
  for (const index of [...buckets.keys()].sort((a, b) => a - b)) {
    const { minStep, min, maxStep, max } = buckets.get(index) as Bucket;
    const minFirst = minStep <= maxStep;
    keptSteps.push(minFirst ? minStep : maxStep);
    keptValues.push(minFirst ? min : max);
    if (minStep === maxStep) continue;
    keptSteps.push(minFirst ? maxStep : minStep);
    keptValues.push(minFirst ? max : min);
  }
  return { steps: keptSteps, values: keptValues.map(finiteOrNull) };
}

function inStepOrder(steps: number[], values: number[]): ThinnedSeries {
  const order = steps.map((_, i) => i).sort((a, b) => (steps[a] as number) - (steps[b] as number));
  return { steps: order.map((i) => steps[i] as number), values: order.map((i) => finiteOrNull(values[i] as number)) };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
