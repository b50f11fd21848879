/** A day as the server named it. */
export interface NamedDay {
  day: string;
  isWorking: boolean;
  startsAt: string;
  endsAt: string;
}

/** Where an instant lies among days, in days: 2.5 is the middle of the third, however many hours that has. */
export function slotOf(days: readonly Pick<NamedDay, 'startsAt' | 'endsAt'>[], at: string | number): number {
  const instant = typeof at === 'number' ? at : Date.parse(at);
  let low = 0;
  let high = days.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (Date.parse(days[middle]?.startsAt ?? '') <= instant) low = middle;
    else high = middle - 1;
  }
  const day = days[low];
  if (!day) return 0;
  const [start, end] = [Date.parse(day.startsAt), Date.parse(day.endsAt)];
  return low + Math.min(1, Math.max(0, (instant - start) / (end - start)));
}
