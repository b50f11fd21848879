/**
 * Points of one live series in memory of fixed size. Steps only rise. When it is full the whole is thinned to half, every
 * four points leaving their minimum and maximum: a run of any length stays visible from its first step, and nothing is
 * allocated while points come in.
 */
export class SeriesBuffer {
  private readonly steps: Float64Array;
  private readonly values: Float64Array;
  private count = 0;
  /** The newest step seen; thinning may drop its point, but it stays passed. */
  private newest = -1;

  /** @param capacity Points kept, a multiple of four. */
  constructor(capacity = 20_000) {
    if (capacity < 4 || capacity % 4 !== 0) throw new RangeError(`The capacity must be a multiple of four, not ${capacity}.`);
    this.steps = new Float64Array(capacity);
    this.values = new Float64Array(capacity);
  }

  get length(): number {
    return this.count;
  }

  /** The newest step seen; -1 when there is none. */
  get lastStep(): number {
    return this.newest;
  }

  get lastValue(): number | null {
    return this.count === 0 ? null : (this.values[this.count - 1] ?? null);
  }

  /** Adds the points that are news: a step already passed was delivered twice. Null is not-a-number, as the api sends it. */
  append(steps: readonly number[], values: readonly (number | null)[]): void {
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i];
      if (step === undefined || step <= this.newest) continue;
      if (this.count === this.steps.length) this.thinToHalf();
      this.steps[this.count] = step;
      this.values[this.count] = values[i] ?? Number.NaN;
      this.count += 1;
      this.newest = step;
    }
  }

  /** Forgets what came after `step`: training was resumed from there and reports it again. */
  truncateAfter(step: number): void {
    this.count = this.firstAfter(step);
    this.newest = Math.min(this.newest, step);
  }

  clear(): void {
    this.truncateAfter(-1);
  }

  /** Steps of the first and the last point within [from, to], and how many there are; null when there is none. */
  extent(from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): { first: number; last: number; count: number } | null {
    const begin = this.firstFrom(from);
    const end = this.firstAfter(to);
    return end > begin ? { first: this.steps[begin] ?? 0, last: this.steps[end - 1] ?? 0, count: end - begin } : null;
  }

  /** All points, with not-a-number among them. */
  all(): { steps: readonly number[]; values: readonly number[] } {
    return { steps: Array.from(this.steps.subarray(0, this.count)), values: Array.from(this.values.subarray(0, this.count)) };
  }

  /** The points within [from, to] and one beyond each end, so that lines run out of the picture. Not-a-number is left out. */
  points(from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): { steps: number[]; values: number[] } {
    const out = { steps: [] as number[], values: [] as number[] };
    const end = Math.min(this.count, this.firstAfter(to) + 1);
    for (let i = Math.max(0, this.firstFrom(from) - 1); i < end; i++) {
      const value = this.values[i] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      out.steps.push(this.steps[i] ?? 0);
      out.values.push(value);
    }
    return out;
  }

  /**
   * Two values for each of `count` buckets of `span` steps from `first` on (the last takes its end too): the minimum and the maximum, in the order they
   * came; one and null for a single point, two nulls for none. All series asked alike share their x.
   */
  buckets(first: number, span: number, count: number): (number | null)[] {
    const out = new Array<number | null>(count * 2).fill(null);
    let i = this.firstFrom(first);
    for (let bucket = 0; bucket < count; bucket++) {
      const edge = bucket === count - 1 ? first + span * count + 0.5 : first + span * (bucket + 1);
      let low = -1;
      let high = -1;
      for (; i < this.count && (this.steps[i] ?? 0) < edge; i++) {
        const value = this.values[i] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        if (low < 0 || value < (this.values[low] ?? 0)) low = i;
        if (high < 0 || value > (this.values[high] ?? 0)) high = i;
      }
      if (low < 0) continue;
      out[bucket * 2] = this.values[Math.min(low, high)] ?? null;
      if (low !== high) out[bucket * 2 + 1] = this.values[Math.max(low, high)] ?? null;
    }
    return out;
  }

  /** Index of the first point at or after `step`. Steps are whole. */
  private firstFrom(step: number): number {
    return this.firstAfter(Math.ceil(step) - 0.5);
  }

  /** Index of the first point whose step is greater than `step`. */
  private firstAfter(step: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.steps[middle] ?? 0) <= step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private thinToHalf(): void {
    let kept = 0;
    for (let i = 0; i < this.count; i += 4) {
      const { low, high } = this.extremes(i);
      const first = Math.min(low, high);
      // Four equal points keep their ends, so that the count halves exactly and the newest step stays.
      const second = low === high ? i + 3 : Math.max(low, high);
      for (const index of first === second ? [i, i + 3] : [first, second]) {
        this.steps[kept] = this.steps[index] ?? 0;
        this.values[kept] = this.values[index] ?? Number.NaN;
        kept += 1;
      }
    }
    this.count = kept;
  }

  private extremes(begin: number): { low: number; high: number } {
    let low = begin;
    let high = begin;
    for (let i = begin + 1; i < begin + 4; i++) {
      const value = this.values[i] ?? Number.NaN;
      if (value < (this.values[low] ?? 0) || Number.isNaN(this.values[low])) low = i;
      if (value > (this.values[high] ?? 0) || Number.isNaN(this.values[high])) high = i;
    }
    return { low, high };
  }
}
