import { daysLeft } from '@trainyard/domain';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/useFormat.ts';
import type { SprintHeadFragment } from './sprints.generated.ts';

/** The day it is where somebody looks. */
export const today = (now = new Date()): string =>
  `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;

/** A day as the reader's language writes it: no time zone moves it. */
export const dayText = (format: Format, day: string): string => format.day(`${day}T12:00:00`);

/** Days that a running sprint has left, or by how many it is late. */
export function leftText(t: TFunction<'sprint'>, { endsOn }: Pick<SprintHeadFragment, 'endsOn'>): string {
  const left = daysLeft(endsOn, today());
  return left > 0 ? t('left', { count: left }) : t('overdue', { count: 1 - left });
}

export const isOverdue = ({ state, endsOn }: Pick<SprintHeadFragment, 'state' | 'endsOn'>): boolean => state === 'RUNNING' && daysLeft(endsOn, today()) <= 0;
