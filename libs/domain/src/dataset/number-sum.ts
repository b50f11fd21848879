/** What is known of numbers without keeping them. */
export class NumberSum {
  count = 0;
  private sum = 0;
  private least = Infinity;
  private greatest = -Infinity;

  add(value: number, times: number): void {
    this.count += times;
    this.sum += value * times;
    this.least = Math.min(this.least, value);
    this.greatest = Math.max(this.greatest, value);
  }

  /** With those of another one. */
  merge({ count, sum, least, greatest }: NumberSum): void {
    this.count += count;
    this.sum += sum;
    this.least = Math.min(this.least, least);
    this.greatest = Math.max(this.greatest, greatest);
  }

  get bounds(): { min: number | null; max: number | null; mean: number | null } {
    if (this.count === 0) return { min: null, max: null, mean: null };
    // A sum is rounded, and of the largest numbers without end: the mean is never outside of what it is the mean of.
    return { min: this.least, max: this.greatest, mean: Math.min(this.greatest, Math.max(this.least, this.sum / this.count)) };
  }
}
