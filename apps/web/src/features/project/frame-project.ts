import { createContext, useContext } from 'react';

/** The project in whose frame a page stands; null: in none, or which one is not told yet. */
export const FrameProject = createContext<string | null>(null);

/** Whether a thing is another project's than that in whose frame it would be shown: then there is none at this address. */
export function useIsElsewhere(projectId: string | undefined): boolean {
  const here = useContext(FrameProject);
  return here !== null && projectId !== undefined && projectId !== here;
}
