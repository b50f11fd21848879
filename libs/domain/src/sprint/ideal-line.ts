import type { ReportDay } from '../flow/days.ts';
import { exact } from './scope.ts';

type Planned = Pick<ReportDay, 'day' | 'isWorking'>;

/**
 * What would be left at the end of each day if as much were done on every working day up to `lastDay`: after the k-th of W it is
 * baseline x (1 - k / W), on other days what it was. A part of a first day counts as a day. Null where there is no working day.
 */
export function idealLine(days: readonly Planned[], lastDay: string, baseline: number): number[] | null {
  return reaimedLine(
    days,
    lastDay,
    baseline,
    days.map(() => 0),
  );
}

/**
 * The same line, aimed anew whenever the scope changes: from what it was then, grown by the change, to nothing at the end of the last working day.
 * @param deltas what the scope grew by on each of `days`
 */
export function reaimedLine(days: readonly Planned[], lastDay: string, baseline: number, deltas: readonly number[]): number[] | null {
  const isAimed = (day: Planned): boolean => day.isWorking && day.day <= lastDay;
  let left = days.filter(isAimed).length;
  if (left === 0) return null;
  let aimed = baseline;
  return days.map((day, index) => {
    // Behind the last working day there is nothing to spread a change over.
    aimed = left === 0 ? 0 : Math.max(0, aimed + (deltas[index] ?? 0));
    if (isAimed(day)) {
      aimed *= 1 - 1 / left;
      left -= 1;
    }
    return exact(aimed);
  });
}
