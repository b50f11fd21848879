import { pointsIn, POINTS_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { NumberField, type NumberFieldProps } from './NumberField.tsx';

/** Points in halves. */
export function PointsField(props: Omit<NumberFieldProps, 'read' | 'refusal' | 'placeholder'>) {
  const { t } = useTranslation('ticket');
  return <NumberField {...props} read={pointsIn} refusal={t('points.refused', { max: POINTS_MAX })} placeholder={t('points.none')} />;
}
