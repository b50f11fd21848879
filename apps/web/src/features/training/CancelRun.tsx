import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { can, isEnded, type ProjectScope } from '@trainyard/domain';
import { ConfirmDialog } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActor } from '../access/useActor.ts';
import { useToast } from '../shell/useToast.ts';
import { CancelRunDocument, type TicketRunFragment } from './runs.generated.ts';

/** Ends a run that goes on, after asking; nothing for who may not. */
export function CancelRun({ run, scope }: { run: TicketRunFragment; scope: ProjectScope | null }) {
  const { t } = useTranslation('training');
  const actor = useActor();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [cancelRun, cancelling] = useMutation(CancelRunDocument, { variables: { id: run.id }, errorPolicy: 'all', onError: toast.failed });
  const ended = isEnded(run.card.state);
  if (!scope || ended || !can(actor, 'run.cancel', { ...scope, ownerId: run.createdBy?.id ?? null })) return null;
  const cancelNow = async (): Promise<void> => {
    await cancelRun();
    setAsking(false);
  };
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden="true" />} disabled={run.cancelRequested} onClick={() => setAsking(true)}>
        {run.cancelRequested ? t('cancelling') : t('cancelRun')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('confirmCancel.title', { number: run.number })}
        pending={cancelling.loading}
        labels={{ confirm: t('cancelRun'), cancel: t('confirmCancel.keep') }}
        onConfirm={() => void cancelNow()}
        onCancel={() => setAsking(false)}
      >
        {t('confirmCancel.text')}
      </ConfirmDialog>
    </>
  );
}
