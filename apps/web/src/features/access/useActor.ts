import type { Actor } from '@trainyard/domain';
import { createContext, use, useMemo } from 'react';
import type { ViewerQuery } from './viewer.generated.ts';

export type Viewer = ViewerQuery['viewer'];

export const ViewerContext = createContext<Viewer | null>(null);

/** The signed-in person. Only inside the shell, where there always is one. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error('useViewer needs a ViewerProvider above it');
  return viewer;
}

/** The signed-in person as `can()` of the domain takes it. The screen hides by it; the server decides. */
export function useActor(): Actor {
  const viewer = useViewer();
  return useMemo(
    () => ({
      userId: viewer.user.id,
      orgRole: viewer.user.orgRole,
      teams: Object.fromEntries(viewer.teams.map((team) => [team.teamId, team.role])),
      scopes: null,
    }),
    [viewer],
  );
}
