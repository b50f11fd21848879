import { createContext, use } from 'react';
import type { Signal } from '../../shell/signal.ts';

/** What the rows of a backlog share; the same object while the page is open, so that no row draws for it. */
export interface BacklogParts {
  mayWrite: boolean;
  /** The ticket whose points are being written. */
  estimating: Signal<string | null>;
  words: { estimate: (key: string) => string; estimateKey: string; points: (points: number) => string };
  setPoints: (id: string, points: number | null) => void;
}

export const BacklogContext = createContext<BacklogParts | null>(null);

export function useBacklogParts(): BacklogParts {
  const parts = use(BacklogContext);
  if (!parts) throw new Error('outside of a backlog');
  return parts;
}
