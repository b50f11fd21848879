import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconCopy, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { can, isRetryable, type ProjectScope } from '@trainyard/domain';
import { ConfirmDialog } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useActor } from '../access/useActor.ts';
import { useToast } from '../shell/useToast.ts';
import { CancelRun } from './CancelRun.tsx';
import { QueueRunDialog } from './QueueRunDialog.tsx';
import { RetryRunDocument, type TicketRunFragment } from './runs.generated.ts';

export interface RunActionsProps {
  run: TicketRunFragment;
  /** Null while it is not known: then nothing is offered. */
  scope: ProjectScope | null;
  onRetried?: () => void;
  onQueued?: ((runId: string) => void) | undefined;
}

/** Cancel while it goes, go on with or begin again what failed or was cancelled, queue again with the same parameters. */
export function RunActions({ run, scope, onRetried, onQueued }: RunActionsProps) {
  const { t } = useTranslation('training');
  const actor = useActor();
  const toast = useToast();
  const format = useFormat();
  const [startingOver, setStartingOver] = useState(false);
  const [duplicating, setDuplicating] = useState(false);
  const [retryRun, retrying] = useMutation(RetryRunDocument, { errorPolicy: 'all', onError: toast.failed });
  if (!scope) return null;
  const mayQueue = can(actor, 'run.queue', scope);
  // A run is frozen with its data: none of it, no other attempt.
  const mayRetry = mayQueue && run.dataset !== null && isRetryable(run.card.state);
  const resumed = run.resumableStep === null ? null : { number: run.number, step: format.number(run.resumableStep) };
  const retry = async (fromBeginning: boolean): Promise<void> => {
    const { data } = await retryRun({ variables: { id: run.id, fromBeginning } });
    setStartingOver(false);
    if (!data) return;
    if (resumed && !fromBeginning) toast.done(t('goesOn', resumed));
    onRetried?.();
  };
  return (
    <>
      <CancelRun run={run} scope={scope} />
      {mayRetry && resumed && (
        <Button leftSection={<IconPlayerPlay size={16} aria-hidden="true" />} disabled={retrying.loading} onClick={() => void retry(false)}>
          {t('goOn', resumed)}
        </Button>
      )}
      {/* The card says first that the run has ended, the step comes after: until it has, trying again must not begin anew. */}
      {mayRetry && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden="true" />}
          disabled={retrying.loading}
          onClick={() => (resumed ? setStartingOver(true) : void retry(false))}
        >
          {resumed ? t('startOver') : t('retry')}
        </Button>
      )}
      {mayQueue && (
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden="true" />} onClick={() => setDuplicating(true)}>
          {t('duplicate')}
        </Button>
      )}
      <ConfirmDialog
        opened={startingOver && resumed !== null}
        title={t('confirmStartOver.title', { number: run.number })}
        pending={retrying.loading}
        labels={{ confirm: t('startOver'), cancel: t('confirmStartOver.keep') }}
        onConfirm={() => void retry(true)}
        onCancel={() => setStartingOver(false)}
      >
        {resumed && t('confirmStartOver.text', resumed)}
      </ConfirmDialog>
      <QueueRunDialog
        opened={duplicating}
        onClose={() => setDuplicating(false)}
        ticketId={run.ticketId}
        projectId={run.projectId}
        choice={{ runId: run.id, template: run.template, datasetId: run.dataset?.id ?? '', engine: run.engine, parameters: run.parameters }}
        onQueued={onQueued}
      />
    </>
  );
}
