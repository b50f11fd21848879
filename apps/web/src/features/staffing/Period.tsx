import type { Stretch } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useDayText } from './useDayText.ts';

/** From when to when, in words. */
export function Period({ fromDate, toDate }: Stretch) {
  const { t } = useTranslation('staffing');
  const text = useDayText();
  if (fromDate && toDate) return t('period.both', { from: text(fromDate), to: text(toDate) });
  if (fromDate) return t('period.from', { from: text(fromDate) });
  if (toDate) return t('period.to', { to: text(toDate) });
  return t('period.open');
}
