import { dayAt, daysLeft, isDay, isTimeZone, isWorkingDay, nextWorkingDay, shiftedDay, type WorkingCalendar } from '@trainyard/domain';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/useFormat.ts';
import { serverNow } from '../../server-clock.ts';
import type { SprintHeadFragment } from './sprints.generated.ts';

/** An estimate, or several together: 1 pt, 21 pts. */
export const pointsText = (t: TFunction<'sprint'>, format: Format, points: number): string =>
  t('list.points', { count: points, points: format.number(points) });

/** The same in a sentence: 1 point, 21 points. */
export const pointsInWords = (t: TFunction<'sprint'>, format: Format, points: number): string =>
  t('backlog.selected', { count: points, points: format.number(points) });

/** How many tickets, with their points: 4 · 21 pts. */
export const amountText = (t: TFunction<'sprint'>, format: Format, tickets: number, points: number): string =>
  `${format.number(tickets)} · ${pointsText(t, format, points)}`;

/** Its first and its last day. */
export const daysText = (t: TFunction<'sprint'>, format: Format, { startsOn, endsOn }: Pick<SprintHeadFragment, 'startsOn' | 'endsOn'>): string =>
  t('sprint.days', { from: format.date(startsOn), to: format.date(endsOn) });

/** The day that it is in a project, by the clock of the server, or was at a moment. Where the reader is it may be another: the frame of the project says so. */
export const projectDay = (timeZone: string, at = new Date(serverNow())): string => dayAt(at, isTimeZone(timeZone) ? timeZone : 'UTC');

/** Days that a running sprint has left, or by how many it is late. @param today of the project */
export function leftText(t: TFunction<'sprint'>, { endsOn }: Pick<SprintHeadFragment, 'endsOn'>, today: string): string {
  const left = daysLeft(endsOn, today);
  return left > 0 ? t('left', { count: left }) : t('overdue', { count: 1 - left });
}

export const isOverdue = ({ state, endsOn }: Pick<SprintHeadFragment, 'state' | 'endsOn'>, today: string): boolean =>
  state === 'RUNNING' && daysLeft(endsOn, today) <= 0;

/** Two weeks, as most sprints are. */
const USUAL_DAYS = 14;

/** Days that a new sprint is offered, from a day on: it begins and ends on days that are worked. */
export function offeredDays(calendar: WorkingCalendar, from: string): { startsOn: string; endsOn: string } {
  const startsOn = isWorkingDay(calendar, from) ? from : (nextWorkingDay(calendar, from) ?? from);
  let endsOn = shiftedDay(startsOn, USUAL_DAYS - 1);
  while (endsOn > startsOn && !isWorkingDay(calendar, endsOn)) endsOn = shiftedDay(endsOn, -1);
  return { startsOn, endsOn };
}

/** What is odd about a day of a plan, if anything: it has passed, or nobody works then. */
export function oddDay(calendar: WorkingCalendar, day: string, today: string): 'PAST' | 'FREE' | null {
  if (!isDay(day)) return null;
  if (day < today) return 'PAST';
  return isWorkingDay(calendar, day) ? null : 'FREE';
}

/** Behind the largest number that names of sprints end with, or that stands before what they are about: Sprint 4: incidents. */
export const nextSprintNumber = (names: readonly string[]): number =>
  Math.max(0, ...names.map((name) => Number(/(?<!\d)(\d{1,6})\s*(?:$|[:：])/u.exec(name)?.[1] ?? 0))) + 1;
