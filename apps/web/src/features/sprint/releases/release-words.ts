import { daysBetween, releaseStanding } from '@trainyard/domain';
import type { TFunction } from 'i18next';
import type { useFormat } from '../../../i18n/useFormat.ts';
import type { ReleaseHeadFragment } from '../sprints.generated.ts';

/** When it came, or is to come, and how late that is. */
export function releaseWords(t: TFunction<'sprint'>, format: ReturnType<typeof useFormat>, release: ReleaseHeadFragment, today: string): string {
  const { plannedOn, releasedOn } = release;
  const planned = format.date(plannedOn);
  if (releasedOn !== null) {
    const late = daysBetween(plannedOn, releasedOn);
    const day = format.date(releasedOn);
    return late > 0 ? t('releases.outLate', { day, planned, count: late }) : t('releases.out', { day });
  }
  return releaseStanding(release, today) === 'OVERDUE'
    ? t('releases.overdue', { day: planned, count: daysBetween(plannedOn, today) })
    : t('releases.planned', { day: planned });
}
