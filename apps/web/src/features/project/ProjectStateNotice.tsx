import { useApolloClient, useMutation } from '@apollo/client/react';
import { IconArchive, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ProjectState } from '@trainyard/domain';
import { toldByQuery } from '../../apollo-failure.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { StateNotice } from '../shell/StateNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import { mayRestore } from './may-restore.ts';
import { RestoreProjectDocument } from './project-state.generated.ts';

export interface StateProject {
  id: string;
  version: number;
  state: ProjectState;
  visibility: 'OPEN' | 'PRIVATE';
  team: { id: string };
  erasedAt?: string | null;
}

/** Says over a page that its project is archived or waits to be deleted, with the way back for those who may. Nothing where it is active. */
export function ProjectStateNotice({ project }: { project: StateProject }) {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const actor = useActor();
  const toast = useToast();
  const client = useApolloClient();
  const [restore, { loading }] = useMutation(RestoreProjectDocument, {
    errorPolicy: 'all',
    onError: toast.failed,
    // Lists take it in again.
    onCompleted: () => toldByQuery(client.refetchQueries({ include: 'active' })),
  });
  if (project.state === 'ACTIVE') return null;
  const isDeleted = project.state !== 'ARCHIVED';
  const text = isDeleted
    ? project.erasedAt
      ? t('projectState.deletedOn', { day: format.day(project.erasedAt) })
      : t('projectState.deleted')
    : t('projectState.archived');
  return (
    <StateNotice
      icon={isDeleted ? IconTrash : IconArchive}
      text={text}
      pending={loading}
      onRestore={mayRestore(actor, scopeOf(project)) ? () => void restore({ variables: { id: project.id, version: project.version } }) : undefined}
    />
  );
}
