import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Made-up data is never mistaken for measured data. */
export function SyntheticBadge() {
  const { t } = useTranslation('dataset');
  return (
    <Badge color="orange" size="sm" title={t('syntheticHint')}>
      {t('synthetic')}
    </Badge>
  );
}
