import { shiftedDay } from '../time/days.ts';
import { dayAt, startOfDay } from '../time/zones.ts';
import { AGO_HOURS, type Bound, type Moment } from './query.ts';

const HOUR = 3_600_000;

/** When and where somebody asks: days are those of their zone. */
export interface AskedAt {
  now: Date;
  timeZone: string;
}

/** The instants of a range: from the first, which is within, to before the last. */
export function instantsOf(from: Bound<Moment> | null, to: Bound<Moment> | null, asked: AskedAt): { from: Date | null; before: Date | null } {
  return { from: from && edge(from.value, from.open, asked), before: to && edge(to.value, !to.open, asked) };
}

/** Where a moment begins or, `after` it, where it is over. An instant lasts a millisecond. */
function edge(moment: Moment, after: boolean, { now, timeZone }: AskedAt): Date {
  const later = after ? 1 : 0;
  const dayFrom = (day: string, by: number): Date => startOfDay(shiftedDay(day, by + later), timeZone);
  switch (moment.at) {
    case 'DAY':
      return dayFrom(moment.day, 0);
    case 'TODAY':
      return dayFrom(dayAt(now, timeZone), 0);
    case 'YESTERDAY':
      return dayFrom(dayAt(now, timeZone), -1);
    case 'AGO':
      return new Date(now.getTime() - moment.amount * AGO_HOURS[moment.unit] * HOUR + later);
    case 'INSTANT':
      return new Date(Date.parse(moment.instant) + later);
  }
}
