import { isWorkingDay, type WorkingCalendar } from '@trainyard/domain';

export type DayKind = 'WORKED' | 'FREE' | 'OFF' | 'MAKE_UP';

/** What a day is: by its day of the week, or by its name. */
export function kindOf(calendar: WorkingCalendar, day: string): DayKind {
  const works = isWorkingDay(calendar, day);
  if (calendar.days.has(day)) return works ? 'MAKE_UP' : 'OFF';
  return works ? 'WORKED' : 'FREE';
}
