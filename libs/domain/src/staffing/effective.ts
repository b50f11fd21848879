import { dayBefore, endOf, goesOn, holdsOn, type Stretch } from '../time/days.ts';

/** What a change from a day on makes of a stretch: `kept` stays as it was (null: the change is of the whole), `changed` is what changes. */
export interface ChangeFrom {
  kept: Stretch | null;
  changed: Stretch;
}

/** Null when the stretch does not hold on `since`. */
export function changeFrom(stretch: Stretch, since: string): ChangeFrom | null {
  if (!holdsOn(stretch, since)) return null;
  if (stretch.fromDate === since) return { kept: null, changed: stretch };
  return { kept: { fromDate: stretch.fromDate, toDate: dayBefore(since) }, changed: { fromDate: since, toDate: stretch.toDate } };
}

/** How a stretch ends so that it holds neither on `today` nor later: as what is left of it, GONE where it never held before, or ENDED before. */
export function endedBefore(stretch: Stretch, today: string): Stretch | 'GONE' | 'ENDED' {
  const end = endOf(stretch);
  if (end !== null && end <= today) return 'ENDED';
  if (stretch.fromDate !== null && stretch.fromDate >= today) return 'GONE';
  return { fromDate: stretch.fromDate, toDate: dayBefore(today) };
}

/** Stretches of one thing in groups that follow each other without a gap, earliest first: a stint and what changed within it. */
export function stints<T extends Stretch>(stretches: readonly T[]): T[][] {
  const ordered = stretches.toSorted((a, b) => (a.fromDate ?? '').localeCompare(b.fromDate ?? ''));
  const found: T[][] = [];
  for (const stretch of ordered) {
    const stint = found.find((one) => goesOn(one.at(-1)!, stretch));
    if (stint) stint.push(stretch);
    else found.push([stretch]);
  }
  return found;
}
