import { useQuery } from '@apollo/client/react';
import { Modal, Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Delayed } from '@trainyard/ui';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import type { QueueChoice } from './queueForm.ts';
import { QueueRunForm } from './QueueRunForm.tsx';
import { QueueChoicesDocument } from './runs.generated.ts';

export interface QueueRunDialogProps {
  opened: boolean;
  onClose: () => void;
  ticketId: string;
  projectId: string;
  /** Queue again with these; without it the ticket's last choice, or the defaults. */
  choice?: QueueChoice | undefined;
  /** Called with the new run's id. */
  onQueued?: ((runId: string) => void) | undefined;
}

/** What to train, on what, how, and where: one dialog. */
export function QueueRunDialog({ opened, onClose, ...rest }: QueueRunDialogProps) {
  const { t } = useTranslation('training');
  return (
    <Modal opened={opened} onClose={onClose} size={820} title={t('queue.title')} closeButtonProps={{ 'aria-label': t('close') }} yOffset="5vh">
      {opened && <Choices onClose={onClose} {...rest} />}
    </Modal>
  );
}

function Choices({ projectId, ...rest }: Omit<QueueRunDialogProps, 'opened'>) {
  const { data, error, refetch } = useQuery(QueueChoicesDocument, { variables: { projectId }, fetchPolicy: 'cache-and-network' });
  if (data) return <QueueRunForm projectId={projectId} datasets={data.datasets.nodes} runners={data.runners} {...rest} />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return (
    <Delayed>
      <Skeleton height={160} mb="md" />
      <Skeleton height={120} mb="md" />
      <Skeleton height={180} />
    </Delayed>
  );
}
