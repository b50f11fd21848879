import { useQuery } from '@apollo/client/react';
import { Button, Modal, TextInput } from '@mantine/core';
import { PROJECT_WAITING_DAYS } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import type { EndDialogProps } from './ArchiveProjectDialog.tsx';
import classes from './ProjectEnd.module.css';
import { ProjectContentsDocument } from './project-state.generated.ts';

const COUNTED = ['boards', 'tickets', 'comments', 'runs', 'datasets'] as const;

/** Says what a project takes with it, and asks for its name: whoever typed that has read which one it is. */
export function DeleteProjectDialog({ project, pending, onConfirm, onCancel }: EndDialogProps) {
  const { t } = useTranslation(['project', 'shell']);
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const { data, error, refetch } = useQuery(ProjectContentsDocument, { variables: { id: project.id }, fetchPolicy: 'network-only' });
  const contents = data?.project?.contents;
  const isNamed = typed.trim() === project.name.trim();
  return (
    <Modal opened onClose={onCancel} title={t('end.deleteTitle', { name: project.name })} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isNamed && contents) onConfirm();
        }}
      >
        <p>{t('end.deleteTakes', { count: PROJECT_WAITING_DAYS })}</p>
        {contents && (
          <ul className={classes.takes}>
            {COUNTED.filter((kind) => contents[kind] > 0).map((kind) => (
              <li key={kind}>{t(`end.count.${kind}`, { count: contents[kind], formatted: format.number(contents[kind]) })}</li>
            ))}
            {contents.files > 0 && (
              <li>{t('end.count.files', { count: contents.files, formatted: format.number(contents.files), size: format.bytes(contents.bytes) })}</li>
            )}
          </ul>
        )}
        <ErrorNotice error={error} onRetry={refetch} />
        <TextInput
          label={t('end.typeName', { name: project.name })}
          value={typed}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <DialogFoot>
          <Button variant="default" onClick={onCancel}>
            {t('shell:cancel')}
          </Button>
          <Button type="submit" color="red" loading={pending} disabled={!isNamed || !contents}>
            {t('end.delete')}
          </Button>
        </DialogFoot>
      </form>
    </Modal>
  );
}
