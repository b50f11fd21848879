interface Estimated {
  points: number | null;
  deviceHours: number | null;
}

/** What tickets come to; those without an estimate in points are counted apart. */
export function sumsOf(tickets: readonly Estimated[]): { points: number; unestimated: number; deviceHours: number } {
  let [points, unestimated, deviceHours] = [0, 0, 0];
  for (const ticket of tickets) {
    points += ticket.points ?? 0;
    unestimated += ticket.points === null ? 1 : 0;
    deviceHours += ticket.deviceHours ?? 0;
  }
  return { points, unestimated, deviceHours };
}
