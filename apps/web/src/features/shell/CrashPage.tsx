import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff } from '@tabler/icons-react';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { EmptyState } from '@trainyard/ui';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isCodeMissing } from '../../apollo-failure.ts';
import { connection, useConnection } from '../../connection.ts';
import { reloadOnce } from '../../reload.ts';
import { describeError } from './error/describe-error.ts';
import { PageTitle } from './PageTitle.tsx';

/** What the reader sees when a page could not be loaded or its code threw. Comes back by itself once the server answers. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('shell');
  const router = useRouter();
  const unreachable = describeError(error).code === 'UNAVAILABLE';
  const online = useConnection() === 'ONLINE';
  const waiting = useRef(false);

  useEffect(() => {
    if (!unreachable) return;
    if (!waiting.current) {
      // begins the search for the server, also where nothing but this page's code failed to arrive
      waiting.current = true;
      connection.lost();
    } else if (online) {
      waiting.current = false;
      if (isCodeMissing(error) && reloadOnce()) return;
      void router.invalidate().then(reset);
    }
  }, [error, unreachable, online, router, reset]);

  const kind = unreachable ? 'unreachable' : 'crash';
  return (
    <>
      <PageTitle title={t(`${kind}.title`)} hidden />
      <EmptyState
        icon={unreachable ? <IconCloudOff /> : <IconAlertTriangle />}
        title={t(`${kind}.title`)}
        text={t(`${kind}.text`)}
        action={
          <Button variant="default" onClick={() => location.reload()}>
            {t('reload')}
          </Button>
        }
      />
    </>
  );
}

/** The same where there is no shell around it. */
export function StandaloneCrashPage(props: ErrorComponentProps) {
  return (
    <main>
      <CrashPage {...props} />
    </main>
  );
}
