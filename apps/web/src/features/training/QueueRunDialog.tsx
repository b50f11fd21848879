import { useQuery } from '@apollo/client/react';
import { Modal, Skeleton } from '@mantine/core';
import { useFocusReturn } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Delayed } from '@trainyard/ui';
import { CHECKING_MS, usePolling } from '../shell/usePolling.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import type { QueueChoice } from './queue-form.ts';
import { QueueRunForm } from './QueueRunForm.tsx';
import { QueueChoicesDocument } from './runs.generated.ts';

export interface QueueRunDialogProps {
  opened: boolean;
  onClose: () => void;
  ticketId: string;
  projectId: string;
  /** Queue again with these; without it the ticket's last choice, or the defaults. */
  choice?: QueueChoice | undefined;
  /** Begin with this one, and what fits it. */
  datasetId?: string | undefined;
  /** Called with the new run's id. */
  onQueued?: ((runId: string) => void) | undefined;
}

/** What to train, on what, how, and where: one dialog, over which another may make the dataset. */
export function QueueRunDialog({ opened, onClose, ...rest }: QueueRunDialogProps) {
  const { t } = useTranslation('training');
  // a stacked dialog notes who had the focus when it has taken it already, and would give it back to itself
  useFocusReturn({ opened });
  return (
    <Modal.Stack>
      <Modal opened={opened} onClose={onClose} stackId="queue-run" size={820} title={t('queue.title')} yOffset="5vh">
        {opened && <Choices onClose={onClose} {...rest} />}
      </Modal>
    </Modal.Stack>
  );
}

function Choices({ projectId, ...rest }: Omit<QueueRunDialogProps, 'opened'>) {
  const { data, error, refetch } = useQuery(QueueChoicesDocument, { variables: { projectId }, fetchPolicy: 'cache-and-network' });
  const [added, setAdded] = useState<string | null>(null);
  const datasets = data?.datasets.nodes ?? [];
  const missing = added !== null && datasets.every((dataset) => dataset.id !== added);
  usePolling(missing || datasets.some((dataset) => dataset.state === 'CHECKING'), CHECKING_MS, refetch);
  const onDatasetAdded = (id: string): Promise<unknown> => {
    setAdded(id);
    return refetch();
  };
  if (data)
    return (
      <QueueRunForm
        privateProjectId={data.project?.visibility === 'PRIVATE' ? projectId : null}
        datasets={datasets}
        runners={data.runners}
        onDatasetAdded={onDatasetAdded}
        {...rest}
      />
    );
  const waits = (
    <Delayed>
      <Skeleton height={160} mb="md" />
      <Skeleton height={120} mb="md" />
      <Skeleton height={180} />
    </Delayed>
  );
  return error ? <ErrorNotice error={error} onRetry={refetch} meanwhile={waits} /> : waits;
}
