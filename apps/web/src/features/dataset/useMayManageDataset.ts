import { useQuery } from '@apollo/client/react';
import { can } from '@trainyard/domain';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { DatasetProjectsDocument, type DatasetRowFragment } from './datasets.generated.ts';

/** Whether this person may have the dataset checked again or remove it. False until its project is known. */
export function useMayManageDataset({ projectId, createdBy }: Pick<DatasetRowFragment, 'projectId' | 'createdBy'>): boolean {
  const actor = useActor();
  const { data } = useQuery(DatasetProjectsDocument, { skip: projectId === null });
  const owned = { ownerId: createdBy?.id ?? null };
  if (projectId === null) return can(actor, 'dataset.manage', owned);
  const project = data?.projects.find((one) => one.id === projectId);
  return project !== undefined && can(actor, 'data.manage', { ...owned, ...scopeOf(project) });
}
