/** A local day of the project: its ISO name, its instants (half open, in milliseconds) and whether its calendar has people work on it. */
export interface ReportDay {
  day: string;
  start: number;
  end: number;
  isWorking: boolean;
}

/** The place of the day in which an instant lies. */
export type DayOf = (at: number) => number;

/**
 * Finds the day of an instant among days that follow each other.
 * @throws RangeError from what it returns, for an instant that lies in none: whoever asks has named too few days
 */
export function dayFinder(days: readonly Pick<ReportDay, 'start' | 'end'>[]): DayOf {
  return (at) => {
    let low = 0;
    let high = days.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((days[middle] as ReportDay).start <= at) low = middle;
      else high = middle - 1;
    }
    const found = days[low];
    if (!found || at < found.start || at >= found.end) throw new RangeError(`No day holds the instant ${at}.`);
    return low;
  };
}
