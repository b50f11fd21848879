const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Days ago at which the running sprint of a story begins, a Monday at midnight; the story is told from then to 0, which is now. */
const ANCHOR = 7;
/** Of the running sprint, what has passed at least, in days. */
const RUNS_DAYS = 4;

export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);

/**
 * When something of a project with sprints happened: on working days, in working hours, whatever day today is. Before the running sprint a day is a
 * day; what is told of the sprint itself lies between its Monday and now.
 * @param days ago, as a story tells it
 */
export function workedAt(now: Date, days: number): Date {
  const monday = mondayBefore(now);
  const since = (ANCHOR - days) / (days > ANCHOR ? 1 : (ANCHOR * DAY_MS) / (now.getTime() - monday));
  const day = Math.floor(since);
  const part = since - day;
  const weekday = ((day % 7) + 7) % 7;
  // What would be of a weekend is of its Friday evening.
  const late = weekday < 5 ? 0 : weekday - 4;
  const hours = late === 0 ? 8 + part * 10 : 18 + late - 1 + part;
  const at = monday + (day - late) * DAY_MS + hours * HOUR_MS;
  return new Date(Math.min(at, now.getTime()));
}

/** The Monday on which the running sprint began, as midnight in UTC. */
function mondayBefore(now: Date): number {
  const latest = new Date(now.getTime() - RUNS_DAYS * DAY_MS);
  const midnight = Math.floor(latest.getTime() / DAY_MS) * DAY_MS;
  return midnight - ((latest.getUTCDay() + 6) % 7) * DAY_MS;
}
