/** Points a card's curve has at most: two for each bucket. */
export const SPARKLINE_POINTS = 48;
const MAX_BUCKETS = SPARKLINE_POINTS / 2;

/** [index, first extreme, second extreme] in the order they came: a bucket covers steps [index·stride, (index+1)·stride). */
type Bucket = [index: number, first: number, second: number];

/** The loss so far in a few numbers, small enough to be rewritten with every report. */
export interface Sparkline {
  /** Steps a bucket covers; doubles whenever the buckets run out. */
  stride: number;
  buckets: Bucket[];
}

export const EMPTY_SPARKLINE: Sparkline = { stride: 1, buckets: [] };

/** The curve with these points added; each bucket keeps its minimum and its maximum. Values that are not finite are left out. */
export function extendSparkline(before: Sparkline, steps: readonly number[], values: readonly (number | string)[]): Sparkline {
  let { stride } = before;
  let buckets = before.buckets.map((bucket): Bucket => [...bucket]);
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as number;
    const value = values[i];
    if (typeof value !== 'number' || !Number.isFinite(value)) continue;
    while (needed(buckets, Math.floor(step / stride)) > MAX_BUCKETS) {
      stride *= 2;
      buckets = halved(buckets);
    }
    const index = Math.floor(step / stride);
    const last = buckets.at(-1);
    if (last && last[0] >= index) put(last, value, value);
    else buckets.push([index, value, value]);
  }
  return { stride, buckets };
}

/** The curve without what a resumed claim will train again: buckets wholly beyond `step` go. */
export function cutSparkline(before: Sparkline, step: number): Sparkline {
  return { stride: before.stride, buckets: before.buckets.filter(([index]) => index * before.stride <= step) };
}

/** Values to draw, oldest first. */
export function sparklineValues({ buckets }: Sparkline): number[] {
  return buckets.flatMap(([, first, second]) => (first === second ? [first] : [first, second]));
}

function needed(buckets: readonly Bucket[], index: number): number {
  const last = buckets.at(-1);
  return buckets.length + (last && last[0] >= index ? 0 : 1);
}

function halved(buckets: readonly Bucket[]): Bucket[] {
  const merged: Bucket[] = [];
  for (const [index, first, second] of buckets) {
    const half = Math.floor(index / 2);
    const last = merged.at(-1);
    if (last?.[0] === half) put(last, first, second);
    else merged.push([half, first, second]);
  }
  return merged;
}

/** Widens a bucket by later values, keeping which of its extremes came first. */
function put(bucket: Bucket, ...values: number[]): void {
  for (const value of values) {
    const [, first, second] = bucket;
    const low = Math.min(first, second);
    const high = Math.max(first, second);
    if (value < low) [bucket[1], bucket[2]] = [high, value];
    else if (value > high) [bucket[1], bucket[2]] = [low, value];
  }
}
