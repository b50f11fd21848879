import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { can, type ProjectScope } from '@trainyard/domain';
import { ConfirmDialog } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useActor } from '../access/useActor.ts';
import { useToast } from '../shell/useToast.ts';
import classes from './GridHeading.module.css';
import { CancelRunsDocument, type TicketRunFragment } from './runs.generated.ts';

export interface GridHeadingProps {
  /** One of them. */
  run: TicketRunFragment & { group: NonNullable<TicketRunFragment['group']> };
  scope: ProjectScope | null;
  onMoved: () => void;
}

/** Above runs that were queued by one act: how many there are, where they stand together, and one button that cancels them. */
export function GridHeading({ run, scope, onMoved }: GridHeadingProps) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const actor = useActor();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const { id, count, ended } = run.group;
  const [cancelRuns, { loading }] = useMutation(CancelRunsDocument, { variables: { groupId: id }, errorPolicy: 'all', onError: toast.failed });
  const mayCancel = scope !== null && ended < count && can(actor, 'run.cancel', { ...scope, ownerId: run.createdBy?.id ?? null });
  const cancelNow = async (): Promise<void> => {
    await cancelRuns();
    setAsking(false);
    onMoved();
  };
  return (
    <li className={classes.root}>
      <strong>{t('grid.heading', { count })}</strong>
      <span className={classes.ended}>{t('grid.ended', { formatted: format.number(ended) })}</span>
      <Link to="/runs" search={{ query: `group:${id}` }}>
        {t('grid.show')}
      </Link>
      {mayCancel && (
        <Button size="compact-xs" variant="default" className={classes.cancel} onClick={() => setAsking(true)}>
          {t('grid.cancel')}
        </Button>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('grid.confirmTitle', { count: count - ended })}
        pending={loading}
        labels={{ confirm: t('grid.confirm'), cancel: t('grid.keep') }}
        onConfirm={() => void cancelNow()}
        onCancel={() => setAsking(false)}
      >
        {t('grid.confirmText')}
      </ConfirmDialog>
    </li>
  );
}
