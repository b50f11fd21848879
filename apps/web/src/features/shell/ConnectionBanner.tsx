import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../connection.ts';
import classes from './ConnectionBanner.module.css';

/** Says that the server does not answer, for as long as it does not. */
export function ConnectionBanner() {
  const { t } = useTranslation('shell');
  const lost = useConnection() === 'RECONNECTING';
  return (
    <div role="status" className={classes.region}>
      {lost && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={14} aria-hidden="true" />
          {t('connection.lost')}
        </div>
      )}
    </div>
  );
}
