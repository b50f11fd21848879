import { useEffect, useState } from 'react';
import type { Curves } from './curves.ts';

/** A screen follows its numbers so often; the curve itself is drawn at every report. */
const EVERY_MS = 500;

/** Something that follows from the points of a run, looked at again while they come in. */
export function useCurves<T>(curves: Curves | null, look: (curves: Curves) => T): T | null {
  const [, setLooked] = useState(0);
  useEffect(() => {
    if (!curves) return undefined;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = curves.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = null;
        setLooked((count) => count + 1);
      }, EVERY_MS);
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [curves]);
  return curves && look(curves);
}
