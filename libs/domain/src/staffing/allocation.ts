/** One membership as regards a person's time. Dates are ISO days; null is open. */
export interface Allocation {
  allocation: number;
  fromDate: string | null;
  toDate: string | null;
}

/** Percent of a person's time promised on `day` (ISO), over all teams: above 100 is more than there is. */
export function allocatedOn(allocations: readonly Allocation[], day: string): number {
  return allocations
    .filter(({ fromDate, toDate }) => (fromDate === null || fromDate <= day) && (toDate === null || day <= toDate))
    .reduce((sum, { allocation }) => sum + allocation, 0);
}
