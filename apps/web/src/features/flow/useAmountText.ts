import type { Measure } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';

/** An amount of a report in words: 1 pt, 21 tickets. */
export function useAmountText(): (measure: Measure, amount: number) => string {
  const { t } = useTranslation('flow');
  const format = useFormat();
  return (measure, amount) => t(`amount.${measure}`, { count: amount, amount: format.number(amount) });
}
