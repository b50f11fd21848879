import { dayAfter, shiftedDay, weekdayOf } from '../time/days.ts';
import { dayAt, startOfDay } from '../time/zones.ts';

export interface RuleSchedule {
  /** 1 is Monday; null: each day. */
  weekday: number | null;
  /** Such as 03:00. */
  at: string;
}

/** The instant at which clocks of a zone show a time of a day. What clocks leave out is the first instant behind it, what they show twice the first of both. */
export function instantOf(day: string, at: string, timeZone: string): Date {
  const begins = startOfDay(day, timeZone).getTime();
  const ends = startOfDay(dayAfter(day) ?? day, timeZone).getTime();
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' });
  // Nearly every day clocks tell as long as has passed since it began.
  const minutes = Number(at.slice(0, 2)) * 60 + Number(at.slice(3));
  const plain = begins + minutes * 60_000;
  if (ends - begins === 86_400_000) return new Date(plain);
  for (let instant = begins; instant < ends; instant += 60_000) if (clock.format(instant) >= at) return new Date(instant);
  return new Date(ends);
}

/** When a schedule is due next, after an instant. */
export function nextDue({ weekday, at }: RuleSchedule, after: Date, timeZone: string): Date {
  // A day before and eight behind hold one of every weekday, whatever clocks do.
  const today = dayAt(after, timeZone);
  for (let days = -1; days <= 8; days++) {
    const day = shiftedDay(today, days);
    if (weekday !== null && weekdayOf(day) !== weekday) continue;
    const due = instantOf(day, at, timeZone);
    if (due > after) return due;
  }
  throw new Error('a week has every weekday');
}
