import { daysBetween, shiftedDay, weekdayOf } from '../time/days.ts';

export const CALENDAR_NAME_MAX = 60;
export const CALENDAR_DAY_NAME_MAX = 80;
/** Named days of one calendar: some forty years of the longest lists of holidays there are. */
export const CALENDAR_DAYS_MAX = 1_500;
/** Calendars of an organisation. */
export const CALENDARS_MAX = 100;

/** A day that is not as its weekday says: a holiday, or a day that is worked to make up for one. */
export interface NamedDay {
  /** ISO. */
  day: string;
  works: boolean;
  name: string;
}

export interface WorkingCalendar {
  /** Days of the week that are worked: Monday is 1, Sunday 7. */
  weekdays: readonly number[];
  /** Whether a named day is worked. */
  days: ReadonlyMap<string, boolean>;
  /** The last day whose holidays are announced; null: none are to come. */
  knownUntil: string | null;
}

export const workingCalendar = (told: { weekdays: readonly number[]; days: readonly NamedDay[]; knownUntil: string | null }): WorkingCalendar => ({
  weekdays: told.weekdays,
  days: new Map(told.days.map(({ day, works }) => [day, works])),
  knownUntil: told.knownUntil,
});

export const isWorkingDay = ({ weekdays, days }: WorkingCalendar, day: string): boolean => days.get(day) ?? weekdays.includes(weekdayOf(day));

/** Whether its holidays are announced: what a later day is, its weekday alone says. */
export const isAnnounced = ({ knownUntil }: Pick<WorkingCalendar, 'knownUntil'>, day: string): boolean => knownUntil === null || day <= knownUntil;

/** The working days from one day to another, both included. */
export function workingDays(calendar: WorkingCalendar, from: string, to: string): string[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => shiftedDay(from, i)).filter((day) => isWorkingDay(calendar, day));
}

/** Within so many days a calendar that is worked at all is worked. */
const LOOK_AHEAD = 1_100;

/** The first working day after `day`; null where none comes within three years. */
export function nextWorkingDay(calendar: WorkingCalendar, day: string): string | null {
  for (let ahead = 1; ahead <= LOOK_AHEAD; ahead++) {
    const next = shiftedDay(day, ahead);
    if (isWorkingDay(calendar, next)) return next;
  }
  return null;
}

/** What becomes of the named days of a calendar by those that are read in. */
export interface DaysRead {
  added: NamedDay[];
  /** What they were, and what they become. */
  changed: { from: NamedDay; to: NamedDay }[];
  unchanged: NamedDay[];
}

export function readInto(before: readonly NamedDay[], read: readonly NamedDay[]): DaysRead {
  const known = new Map(before.map((one) => [one.day, one]));
  const result: DaysRead = { added: [], changed: [], unchanged: [] };
  for (const to of read) {
    const from = known.get(to.day);
    if (!from) result.added.push(to);
    else if (from.works === to.works && from.name === to.name) result.unchanged.push(to);
    else result.changed.push({ from, to });
  }
  return result;
}
