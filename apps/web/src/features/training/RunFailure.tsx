import { FAILURE_CODES } from '@trainyard/domain';
import { Problem } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { DatasetFacts } from '../dataset/DatasetFacts.tsx';
import classes from './RunFailure.module.css';
import { useFailureText } from './useFailureText.ts';

export interface RunFailureProps {
  code: string | null;
  params: unknown;
  message: string | null;
}

/** Why a run failed: what it means, why, what to do, and the true message of the machine. */
export function RunFailure({ code, params, message }: RunFailureProps) {
  const { t } = useTranslation('training');
  const known = FAILURE_CODES.find((one) => one === code) ?? 'UNKNOWN';
  const { reason, remedy, dataFacts } = useFailureText()(params);
  // A crash says only by its last lines what happened.
  const told = reason !== null && known !== 'CHILD_CRASHED';
  return (
    <Problem title={dataFacts ? reason : t(`failure.${known}.what`)}>
      {reason && !dataFacts && <span>{reason}</span>}
      {dataFacts && <DatasetFacts facts={dataFacts} />}
      <span>{remedy ?? t(`failure.${known}.do`)}</span>
      {message && (
        <details open={!told} className={classes.details}>
          <summary>{t('failure.message')}</summary>
          <pre className={classes.message} lang="en" tabIndex={0} aria-label={t('failure.message')}>
            {message}
          </pre>
        </details>
      )}
    </Problem>
  );
}
