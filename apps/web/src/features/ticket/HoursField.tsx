import { DEVICE_HOURS_MAX, deviceHoursIn } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { NumberField, type NumberFieldProps } from './NumberField.tsx';

/** Hours on a device, in quarters. */
export function HoursField(props: Omit<NumberFieldProps, 'read' | 'refusal' | 'placeholder'>) {
  const { t } = useTranslation('ticket');
  return <NumberField {...props} read={deviceHoursIn} refusal={t('hours.refused', { max: DEVICE_HOURS_MAX })} placeholder={t('hours.none')} />;
}
