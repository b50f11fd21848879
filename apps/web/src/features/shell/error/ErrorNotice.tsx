import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffectEvent, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
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
  /** Stands here while the frame says that the server does not answer. */
  meanwhile?: ReactNode;
}

/**
 * The one way a screen says that something failed, in place and with what to do. What could not be read for want of the server is read again once
 * it is back: until then the banner of the frame says so, once, and not each part of the screen.
 */
export function ErrorNotice({ error, onRetry, onStale, meanwhile = null }: ErrorNoticeProps) {
  const { t } = useTranslation('shell');
  const describe = useErrorMessage();
  const online = useConnection() === 'ONLINE';
  const wasOnline = useRef(online);
  const code = error === null || error === undefined ? null : describeError(error).code;
  const retry = onRetry ?? (code === 'STALE_VERSION' ? onStale : undefined);
  const again = (): void => toldByQuery(Promise.resolve(retry?.()));
  const [isBack, setBack] = useState(false);
  const whenBack = useEffectEvent(() => {
    const tried = Promise.resolve(retry?.());
    setBack(true);
    void tried.catch(() => undefined).then(() => setBack(false));
  });
  const unreachable = code === 'UNAVAILABLE';

  // before it is painted: what is read again is not a failure for a moment
  useLayoutEffect(() => {
    const back = online && !wasOnline.current;
    wasOnline.current = online;
    if (back && unreachable) whenBack();
  }, [online, unreachable]);

  if (code === null) return null;
  if (unreachable && onRetry && (!online || isBack)) return meanwhile;
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
