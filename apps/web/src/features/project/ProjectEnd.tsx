import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { PROJECT_WAITING_DAYS, can } from '@trainyard/domain';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toldByQuery } from '../../apollo-failure.ts';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { useToast } from '../shell/useToast.ts';
import { DeleteProjectDialog } from './DeleteProjectDialog.tsx';
import { ArchiveProjectDialog } from './ArchiveProjectDialog.tsx';
import classes from './ProjectEnd.module.css';
import type { ProjectSettingsQuery } from './project-settings.generated.ts';
import { ArchiveProjectDocument, DeleteProjectDocument } from './project-state.generated.ts';

type Project = NonNullable<ProjectSettingsQuery['project']>;

/** What ends a project: archiving, which can be taken back at any time, and deleting. */
export function ProjectEnd({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const actor = useActor();
  const toast = useToast();
  const client = useApolloClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'ARCHIVE' | 'DELETE' | null>(null);
  const scope = scopeOf(project);
  const mayArchive = project.state === 'ACTIVE' && can(actor, 'project.archive', scope);
  const mayDelete = can(actor, 'project.delete', scope);
  const options = { errorPolicy: 'all', onError: toast.failed, variables: { id: project.id, version: project.version } } as const;
  const [archive, archiving] = useMutation(ArchiveProjectDocument, options);
  const [remove, removing] = useMutation(DeleteProjectDocument, options);

  const listsAgain = (): void => toldByQuery(client.refetchQueries({ include: 'active' }));
  const confirmArchive = async (): Promise<void> => {
    const { data } = await archive();
    setAsking(null);
    if (data) listsAgain();
  };
  const confirmDelete = async (): Promise<void> => {
    const { data } = await remove();
    if (!data) return;
    setAsking(null);
    toast.done(t('end.deleted', { name: project.name }));
    listsAgain();
    await navigate({ to: '/projects' });
  };
  if (!mayArchive && !mayDelete) return null;

  return (
    <>
      <ul className={classes.list}>
        {mayArchive && (
          <li className={classes.row}>
            <span className={classes.text}>{t('end.archiveText')}</span>
            <Button variant="default" onClick={() => setAsking('ARCHIVE')}>
              {t('end.archive')}
            </Button>
          </li>
        )}
        {mayDelete && (
          <li className={classes.row}>
            <span className={classes.text}>{t('end.deleteText', { days: PROJECT_WAITING_DAYS })}</span>
            <Button variant="outline" color="red" onClick={() => setAsking('DELETE')}>
              {t('end.delete')}
            </Button>
          </li>
        )}
      </ul>
      {asking === 'ARCHIVE' && (
        <ArchiveProjectDialog project={project} pending={archiving.loading} onConfirm={() => void confirmArchive()} onCancel={() => setAsking(null)} />
      )}
      {asking === 'DELETE' && (
        <DeleteProjectDialog project={project} pending={removing.loading} onConfirm={() => void confirmDelete()} onCancel={() => setAsking(null)} />
      )}
    </>
  );
}
