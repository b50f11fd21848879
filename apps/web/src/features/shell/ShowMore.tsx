import { Button } from '@mantine/core';
import { startTransition, useActionState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './error/ErrorNotice.tsx';
import classes from './ShowMore.module.css';

/** Reads on in a list. What fails is said here, and what is shown stays. */
export function ShowMore({ onMore }: { onMore: () => Promise<unknown> }) {
  const { t } = useTranslation('shell');
  const [error, more, loading] = useActionState(
    () =>
      onMore().then(
        () => null,
        (failure: unknown) => failure,
      ),
    null,
  );
  const again = (): void => startTransition(more);
  return (
    <div className={classes.root}>
      {error === null ? (
        <Button size="compact-sm" variant="default" loading={loading} onClick={again}>
          {t('more')}
        </Button>
      ) : (
        <ErrorNotice error={error} onRetry={again} />
      )}
    </div>
  );
}
