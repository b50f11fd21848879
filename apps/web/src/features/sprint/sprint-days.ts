import { dayAt, daysLeft, isTimeZone } from '@trainyard/domain';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/useFormat.ts';
import { serverNow } from '../../server-clock.ts';
import type { SprintHeadFragment } from './sprints.generated.ts';

/** How many tickets, with their points: 4 · 21 pts. */
export const amountText = (t: TFunction<'sprint'>, format: Format, tickets: number, points: number): string =>
  `${format.number(tickets)} · ${t('list.points', { points: format.number(points) })}`;

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

/** Behind the largest number that names of sprints end with, or that stands before what they are about: Sprint 4: incidents. */
export const nextSprintNumber = (names: readonly string[]): number =>
  Math.max(0, ...names.map((name) => Number(/(?<!\d)(\d{1,6})\s*(?:$|[:：])/u.exec(name)?.[1] ?? 0))) + 1;
