import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './ErrorNotice.module.css';
import { useErrorMessage } from './useErrorMessage.ts';

export interface ErrorNoticeProps {
  /** Anything that was thrown, or `{code, params}` of the error catalogue. Nothing is shown for null or undefined. */
  error: unknown;
  onRetry?: () => void;
}

/** The one way a screen says that something failed, in place and with what to do. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const { t } = useTranslation('shell');
  const describe = useErrorMessage();
  if (error === null || error === undefined) return null;
  return (
    <Alert role="alert" className={classes.root} icon={<IconAlertTriangle size={16} aria-hidden="true" />} classNames={{ message: classes.message, icon: classes.icon, body: classes.body }}>
      <span>{describe(error)}</span>
      {onRetry && (
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </Alert>
  );
}
