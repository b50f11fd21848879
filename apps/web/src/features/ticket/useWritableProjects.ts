import { useQuery } from '@apollo/client/react';
import { can } from '@trainyard/domain';
import { useMemo } from 'react';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { NavigationDocument, type NavigationQuery } from '../project/navigation.generated.ts';

export type WritableProject = NavigationQuery['projects'][number];

/** The projects in which one may write tickets. The navigation has read them already. */
export function useWritableProjects(): readonly WritableProject[] {
  const actor = useActor();
  const { data } = useQuery(NavigationDocument);
  return useMemo(() => (data?.projects ?? []).filter((project) => can(actor, 'ticket.write', scopeOf(project))), [data, actor]);
}
