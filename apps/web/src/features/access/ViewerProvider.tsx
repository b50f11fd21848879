import type { ReactNode } from 'react';
import { ViewerContext, type Viewer } from './useActor.ts';

export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}
