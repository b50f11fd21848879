import { useQuery } from '@apollo/client/react';
import { scopeOf } from '../access/project-scope.ts';
import type { ListFrame } from '../lists/ListPage.tsx';
import { ListProjectDocument, type ListProjectQuery } from './list-names.generated.ts';

export interface OfProject {
  /** Undefined: not known yet; null: there is none. */
  project: ListProjectQuery['project'] | undefined;
  frame: Omit<ListFrame, 'title'>;
  /** Of those who work on it. */
  people: string[];
}

/** The project whose list it is, by its key. */
export function useListProject(key: string): OfProject {
  const { data, error, refetch } = useQuery(ListProjectDocument, { variables: { key } });
  const project = data?.project;
  return {
    project,
    frame: {
      project: project ? { id: project.id, scope: scopeOf(project) } : undefined,
      failed: project ? null : error && { error, refetch },
    },
    people: (project?.people ?? []).map(({ name }) => name),
  };
}
