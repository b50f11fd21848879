import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconCheck, IconDots, IconPencil, IconPlayerPlay, IconRotateClockwise, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { useWanted } from '../shell/useWanted.ts';
import type { KnownSprint } from './known-sprint.ts';
import { loadSprintDialog } from './load-sprint-dialog.ts';
import { BacklogDocument, DeleteSprintDocument, ProjectSprintsDocument, ReopenSprintDocument } from './sprints.generated.ts';

// a backlog that is read needs none of their code
const loadStart = () => import('./StartDialog.tsx').then(({ StartDialog }) => ({ default: StartDialog }));
const loadComplete = () => import('./CompleteDialog.tsx').then(({ CompleteDialog }) => ({ default: CompleteDialog }));

export interface SprintActionsProps {
  sprint: KnownSprint;
  projectId: string;
  /** Of the project. */
  today: string;
  boards: readonly { id: string; name: string }[];
  /** Sprints of the project that have not ended. */
  open: readonly { id: string; name: string; startsOn: string; endsOn: string }[];
  onStarted?: () => void;
}

/** What can be done with a sprint next, and what is done seldom in its menu. */
export function SprintActions({ sprint, projectId, today, boards, open, onStarted }: SprintActionsProps) {
  const { t } = useTranslation('sprint');
  const toast = useToast();
  const [dialog, setDialog] = useState<'START' | 'COMPLETE' | 'EDIT' | null>(null);
  const again = { refetchQueries: [BacklogDocument, ProjectSprintsDocument], onError: toast.failed };
  const [remove] = useMutation(DeleteSprintDocument, again);
  const [reopen, { loading }] = useMutation(ReopenSprintDocument, again);
  const { id, version, state, name } = sprint;
  const close = (): void => setDialog(null);
  const StartDialog = useWanted(loadStart, dialog === 'START', close);
  const CompleteDialog = useWanted(loadComplete, dialog === 'COMPLETE', close);
  const SprintDialog = useWanted(loadSprintDialog, dialog === 'EDIT', close);
  return (
    <>
      {state === 'PLANNED' && (
        <Button size="compact-sm" variant="default" leftSection={<IconPlayerPlay size={14} aria-hidden="true" />} onClick={() => setDialog('START')}>
          {t('sprint.start')}
        </Button>
      )}
      {state === 'RUNNING' && (
        <Button size="compact-sm" variant="default" leftSection={<IconCheck size={14} aria-hidden="true" />} onClick={() => setDialog('COMPLETE')}>
          {t('sprint.complete')}
        </Button>
      )}
      {state === 'CLOSED' && (
        <Button
          size="compact-sm"
          variant="default"
          loading={loading}
          leftSection={<IconRotateClockwise size={14} aria-hidden="true" />}
          onClick={() => void reopen({ variables: { id, version } })}
        >
          {t('sprint.reopen')}
        </Button>
      )}
      {state !== 'CLOSED' && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('sprint.more', { name })}>
              <IconDots size={16} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={15} aria-hidden="true" />} onClick={() => setDialog('EDIT')}>
              {t('sprint.edit')}
            </Menu.Item>
            {state === 'PLANNED' && (
              <Menu.Item leftSection={<IconTrash size={15} aria-hidden="true" />} onClick={() => void remove({ variables: { id, version } })}>
                {t('sprint.delete')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {dialog === 'START' && StartDialog && (
        <StartDialog
          sprint={sprint}
          projectId={projectId}
          today={today}
          onClose={close}
          onStarted={() => {
            close();
            onStarted?.();
          }}
        />
      )}
      {dialog === 'COMPLETE' && CompleteDialog && <CompleteDialog sprint={sprint} next={open.filter((one) => one.id !== id)} onClose={close} />}
      {dialog === 'EDIT' && SprintDialog && <SprintDialog sprint={sprint} projectId={projectId} boards={boards} before={[]} today={today} onClose={close} />}
    </>
  );
}
