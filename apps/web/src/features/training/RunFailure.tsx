import { FAILURE_CODES, type FailureCode } from '@trainyard/domain';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './RunFailure.module.css';

/** Why a run failed: what it means, what to do, and the true message of the machine. */
export function RunFailure({ code, message }: { code: string | null; message: string | null }) {
  const { t } = useTranslation('training');
  const known = FAILURE_CODES.includes(code as FailureCode) ? (code as FailureCode) : 'UNKNOWN';
  return (
    <div className={classes.root} role="alert">
      <IconAlertTriangle size={18} aria-hidden="true" className={classes.icon} />
      <div className={classes.body}>
        <strong>{t(`failure.${known}.what`)}</strong>
        <span>{t(`failure.${known}.do`)}</span>
        {message && <pre className={classes.message} lang="en" tabIndex={0} aria-label={t('failure.message')}>{message}</pre>}
      </div>
    </div>
  );
}
