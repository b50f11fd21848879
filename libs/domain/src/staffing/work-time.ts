import { shiftedDay, daysBetween, holdsOn, weekdayOf, type Stretch } from '../time/days.ts';
import { allocatedOn, type Allocation } from './allocation.ts';
import type { WorkingCalendar } from './calendar.ts';

export const DAY_MINUTES_MAX = 1_440;
/** Days that a capacity is asked for at once. */
export const CAPACITY_DAYS_MAX = 400;
/** Days that somebody is off in one go. */
export const TIME_OFF_DAYS_MAX = 366;
const USUAL_MINUTES = 480;
const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

/** What a person works by for a while: minutes of each day of the week, Monday first, and the calendar that names days off. */
export interface WorkingPattern extends Stretch {
  minutes: readonly number[];
  calendar: WorkingCalendar;
}

/** Days on which a person does not work, both included. */
export interface TimeOff {
  fromDate: string;
  toDate: string;
  /** Half of the first day is worked. */
  fromNoon: boolean;
  /** Half of the last day is worked. */
  untilNoon: boolean;
}

export interface PersonTime {
  patterns: readonly WorkingPattern[];
  /** By which they work where no pattern holds: eight hours on each of its weekdays. */
  calendar: WorkingCalendar;
  timeOff: readonly TimeOff[];
  /** Shares of their time, all of them or those of one team. */
  allocations: readonly Allocation[];
}

export const usualWeek = ({ weekdays }: Pick<WorkingCalendar, 'weekdays'>): number[] => WEEK.map((day) => (weekdays.includes(day) ? USUAL_MINUTES : 0));

/** How much of a day a person is off: 0, a half or 1. */
export function offShare(timeOff: readonly TimeOff[], day: string): number {
  const share = timeOff
    .filter((one) => one.fromDate <= day && day <= one.toDate)
    .reduce((sum, one) => sum + 1 - (one.fromNoon && day === one.fromDate ? 0.5 : 0) - (one.untilNoon && day === one.toDate ? 0.5 : 0), 0);
  return Math.min(1, share);
}

/** Minutes that a person would work on a day if they were not off: those of the weekday, but for the days that their calendar names. */
export function workedMinutes({ patterns, calendar: usual }: Pick<PersonTime, 'patterns' | 'calendar'>, day: string): number {
  const pattern = patterns.find((one) => holdsOn(one, day));
  const calendar = pattern?.calendar ?? usual;
  const minutes = pattern?.minutes ?? usualWeek(calendar);
  const ofWeekday = minutes[weekdayOf(day) - 1] ?? 0;
  const works = calendar.days.get(day);
  if (works === undefined) return ofWeekday;
  if (!works) return 0;
  // A day that makes up for a holiday is as long as the weekdays of the calendar are for this person.
  return ofWeekday > 0 ? ofWeekday : calendar.weekdays.reduce((sum, one) => sum + (minutes[one - 1] ?? 0), 0) / calendar.weekdays.length;
}

/** Minutes that a person has for what their allocations are of, from one day to another, both included. Nobody has more than all of their time. */
export function capacityMinutes(person: PersonTime, from: string, to: string): number {
  let sum = 0;
  for (let i = 0; i <= daysBetween(from, to); i++) {
    const day = shiftedDay(from, i);
    const share = Math.min(100, allocatedOn(person.allocations, day)) / 100;
    if (share > 0) sum += workedMinutes(person, day) * (1 - offShare(person.timeOff, day)) * share;
  }
  return Math.round(sum);
}

/**
 * The part of their time that people are there on a day, 0 to 1; null: nobody would work on it anyway.
 * @param away those who are taken to be off all day
 */
export function presentShare(people: readonly PersonTime[], day: string, away: ReadonlySet<PersonTime> = new Set()): number | null {
  let [full, there] = [0, 0];
  for (const person of people) {
    const minutes = (workedMinutes(person, day) * Math.min(100, allocatedOn(person.allocations, day))) / 100;
    full += minutes;
    if (!away.has(person)) there += minutes * (1 - offShare(person.timeOff, day));
  }
  return full === 0 ? null : there / full;
}
