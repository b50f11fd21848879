import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { ListNamesDocument, type ListNamesQuery } from './list-names.generated.ts';

/** The projects one may read and the names of people, for lists over all projects. */
export function useListNames(): { projects: ListNamesQuery['projects']; keys: string[]; people: string[] } {
  const { data } = useQuery(ListNamesDocument);
  return useMemo(() => {
    const projects = data?.projects ?? [];
    return { projects, keys: projects.map(({ key }) => key), people: (data?.users.nodes ?? []).map(({ name }) => name) };
  }, [data]);
}
