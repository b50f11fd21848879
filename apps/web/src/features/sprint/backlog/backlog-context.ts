import { createContext, use } from 'react';
import type { Signal } from '../../shell/signal.ts';

/** What the rows of a backlog share; the same object while the page is open, so that no row draws for it. */
export interface BacklogParts {
  mayWrite: boolean;
  /** The ticket whose points are being written. */
  estimating: Signal<string | null>;
  /** Tickets that are carried. */
  carried: Signal<ReadonlySet<string>>;
  setPoints: (id: string, points: number | null) => void;
  /** Those that are carried when this one is: it, or all that are ticked with it. */
  carriedWith: (id: string) => readonly string[];
}

export const BacklogContext = createContext<BacklogParts | null>(null);

export function useBacklogParts(): BacklogParts {
  const parts = use(BacklogContext);
  if (!parts) throw new Error('outside of a backlog');
  return parts;
}
