import { useEffect, useState } from 'react';

/**
 * A part of the shell that is not needed to begin with: fetched as soon as it is wanted, else `idleMs` after the page is
 * there. Null until it has come. When it cannot come (no connection), `onFail` runs and the next wish tries again.
 */
export function useLater<Part>(load: () => Promise<{ default: Part }>, wanted: boolean, onFail: () => void, idleMs = 3000): Part | null {
  const [part, setPart] = useState<{ it: Part } | null>(null);

  useEffect(() => {
    if (part) return;
    const fetchIt = (): void => {
      load()
        .then((module) => setPart({ it: module.default }))
        .catch(onFail);
    };
    if (wanted) {
      fetchIt();
      return;
    }
    const timer = setTimeout(fetchIt, idleMs);
    return () => clearTimeout(timer);
  }, [part, wanted, load, onFail, idleMs]);

  return part && part.it;
}
