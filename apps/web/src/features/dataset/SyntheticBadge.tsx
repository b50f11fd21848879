import { useTranslation } from 'react-i18next';
import classes from './SyntheticBadge.module.css';

/** Made-up data is never mistaken for measured data. */
export function SyntheticBadge() {
  const { t } = useTranslation('dataset');
  return (
    <span className={classes.root} title={t('syntheticHint')}>
      {t('synthetic')}
    </span>
  );
}
