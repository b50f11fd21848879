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
    case 'TOMORROW':
      return dayFrom(dayAt(now, timeZone), 1);
    case 'AHEAD':
      return new Date(now.getTime() + moment.amount * AGO_HOURS[moment.unit] * HOUR + later);
    case 'AGO':
      return new Date(now.getTime() - moment.amount * AGO_HOURS[moment.unit] * HOUR + later);
    case 'INSTANT':
      return new Date(Date.parse(moment.instant) + later);
  }
}

/** The days of a range, first and last included; null is open. What is relative is counted from today in the zone of whoever asks. */
export function daysOf(from: Bound<Moment> | null, to: Bound<Moment> | null, asked: AskedAt): { from: string | null; to: string | null } {
  const first = from && dayOf(from.value, asked);
  const last = to && dayOf(to.value, asked);
  return { from: first && shiftedDay(first, from?.open ? 1 : 0), to: last && shiftedDay(last, to?.open ? -1 : 0) };
}

function dayOf(moment: Moment, { now, timeZone }: AskedAt): string {
  const fromToday = (days: number): string => shiftedDay(dayAt(now, timeZone), days);
  switch (moment.at) {
    case 'DAY':
      return moment.day;
    case 'TODAY':
      return fromToday(0);
    case 'YESTERDAY':
      return fromToday(-1);
    case 'TOMORROW':
      return fromToday(1);
    case 'AGO':
      return fromToday(-Math.floor((moment.amount * AGO_HOURS[moment.unit]) / 24));
    case 'AHEAD':
      return fromToday(Math.floor((moment.amount * AGO_HOURS[moment.unit]) / 24));
    case 'INSTANT':
      return dayAt(new Date(moment.instant), timeZone);
  }
}
