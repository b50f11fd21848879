import { can, type ProjectScope, type ViewList } from '@trainyard/domain';
import { useMemo } from 'react';
import { useActor } from '../access/useActor.ts';

/** The project whose list it is of. */
export interface ListProject {
  id: string;
  scope: ProjectScope;
}

/** What views are kept in: a list of a project, or over all projects (null). */
export interface ViewPlace {
  list: ViewList;
  project: ListProject | null;
}

export interface ViewRights {
  keep: boolean;
  share: boolean;
  /** Whether this view may be renamed, changed and deleted. */
  change: (view: { shared: boolean; owner: { id: string } | null }) => boolean;
}

/** What the viewer may do with the views of a place. */
export function useViewRights(project: ListProject | null): ViewRights {
  const actor = useActor();
  return useMemo(() => {
    const scope = project?.scope;
    const keep = (ownerId: string): boolean => (scope ? can(actor, 'view.keep', { ...scope, ownerId }) : can(actor, 'organisationView.keep', { ownerId }));
    const manage = (ownerId: string): boolean =>
      scope ? can(actor, 'view.manage', { ...scope, ownerId }) : can(actor, 'organisationView.manage', { ownerId });
    return {
      keep: keep(actor.userId),
      share: scope ? can(actor, 'view.share', scope) : can(actor, 'organisationView.share'),
      change: ({ shared, owner }) => owner !== null && (shared ? manage : keep)(owner.id),
    };
  }, [actor, project]);
}
