import { endOf, holdsOn, overlaps, type Stretch } from '../time/days.ts';

/** One membership as regards a person's time. */
export interface Allocation extends Stretch {
  allocation: number;
}

/** Percent of a person's time promised on `day` (ISO), over all teams: above 100 is more than there is. */
export function allocatedOn(allocations: readonly Allocation[], day: string): number {
  return allocations.filter((one) => holdsOn(one, day)).reduce((sum, { allocation }) => sum + allocation, 0);
}

/** The first day of `within` on which most is promised; looked at only where something begins or ends. */
export function mostAllocated(allocations: readonly Allocation[], within: Stretch & { fromDate: string }): { day: string; total: number } {
  const days = allocations
    .filter((one) => overlaps(one, within))
    .flatMap((one) => [one.fromDate, endOf(one)])
    .filter((day) => day !== null && holdsOn(within, day)) as string[];
  return [within.fromDate, ...days.toSorted()]
    .map((day) => ({ day, total: allocatedOn(allocations, day) }))
    .reduce((most, one) => (one.total > most.total ? one : most));
}
