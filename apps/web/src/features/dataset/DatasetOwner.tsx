import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NavigationDocument } from '../project/navigation.generated.ts';

/** Who may use a dataset: its project, or everybody. The navigation has read the projects already. */
export function DatasetOwner({ projectId }: { projectId: string | null }) {
  const { t } = useTranslation('dataset');
  const { data } = useQuery(NavigationDocument, { skip: projectId === null });
  if (projectId === null) return t('everybody');
  const project = data?.projects.find((one) => one.id === projectId);
  const board = project?.boards[0];
  if (!project || !board) return project?.name ?? null;
  return (
    <Link to="/projects/$projectKey/board/$boardId" params={{ projectKey: project.key, boardId: board.id }}>
      {project.name}
    </Link>
  );
}
