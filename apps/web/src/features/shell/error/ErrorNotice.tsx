import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../../connection.ts';
import { toldByQuery } from '../../../apollo-failure.ts';
import { describeError } from './describe-error.ts';
import classes from './ErrorNotice.module.css';
import { useErrorMessage } from './useErrorMessage.ts';

export interface ErrorNoticeProps {
  /** Anything that was thrown, or `{code, params}` of the error catalogue. Nothing is shown for null or undefined. */
  error: unknown;
  /** Tries again. That it failed once more is said by the `error` that comes of it. */
  onRetry?: () => unknown;
  /** Offered where somebody else was faster: reads theirs. */
  onStale?: () => unknown;
}

/** The one way a screen says that something failed, in place and with what to do. Tries again by itself when the server is back. */
export function ErrorNotice({ error, onRetry, onStale }: ErrorNoticeProps) {
  const { t } = useTranslation('shell');
  const describe = useErrorMessage();
  const online = useConnection() === 'ONLINE';
  const wasOnline = useRef(online);
  const code = error === null || error === undefined ? null : describeError(error).code;
  const retry = onRetry ?? (code === 'STALE_VERSION' ? onStale : undefined);
  const again = (): void => toldByQuery(Promise.resolve(retry?.()));
  const whenBack = useEffectEvent(again);
  const unreachable = code === 'UNAVAILABLE';

  useEffect(() => {
    const back = online && !wasOnline.current;
    wasOnline.current = online;
    if (back && unreachable) whenBack();
  }, [online, unreachable]);

  if (code === null) return null;
  return (
    <Alert
      role="alert"
      className={classes.root}
      icon={<IconAlertTriangle size={16} aria-hidden="true" />}
      classNames={{ message: classes.message, icon: classes.icon, body: classes.body }}
    >
      <span>{describe(error)}</span>
      {retry && (
        <Button size="compact-sm" variant="default" onClick={again}>
          {t('retry')}
        </Button>
      )}
    </Alert>
  );
}
