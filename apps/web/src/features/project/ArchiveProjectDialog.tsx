import { useQuery } from '@apollo/client/react';
import { Button, Modal } from '@mantine/core';
import { DialogFoot } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { ProjectContentsDocument } from './project-state.generated.ts';

export interface EndDialogProps {
  project: { id: string; name: string };
  pending: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Says what archiving does, to runs above all. */
export function ArchiveProjectDialog({ project, pending, onConfirm, onCancel }: EndDialogProps) {
  const { t } = useTranslation(['project', 'shell']);
  const format = useFormat();
  const { data, error, refetch } = useQuery(ProjectContentsDocument, { variables: { id: project.id }, fetchPolicy: 'network-only' });
  const { liveRuns = 0, waitingRuns = 0 } = data?.project?.contents ?? {};
  return (
    <Modal opened onClose={onCancel} title={t('end.archiveTitle', { name: project.name })} size="sm" centered>
      <p>{t('end.archiveText')}</p>
      {liveRuns > 0 && <p>{t('end.liveRuns', { count: liveRuns, formatted: format.number(liveRuns) })}</p>}
      {waitingRuns > 0 && <p>{t('end.waitingRuns', { count: waitingRuns, formatted: format.number(waitingRuns) })}</p>}
      <ErrorNotice error={error} onRetry={refetch} />
      <DialogFoot>
        <Button variant="default" onClick={onCancel} data-autofocus>
          {t('shell:cancel')}
        </Button>
        <Button loading={pending} disabled={!data} onClick={onConfirm}>
          {t('end.archive')}
        </Button>
      </DialogFoot>
    </Modal>
  );
}
