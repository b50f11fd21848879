import { useEffect, useState } from 'react';
import { withTexts } from '../../i18n/index.ts';
import { whenIdle } from '../../idle.ts';

/**
 * A part of the shell that is not needed to begin with: fetched as soon as it is wanted, else when the page has been there
 * for `afterMs` and is idle: its code must not be compiled while somebody scrolls. Null until it has come. When it cannot come (no connection), `onFail` runs and the next wish tries again.
 */
export function useLater<Part>(load: () => Promise<{ default: Part }>, wanted: boolean, onFail: () => void, afterMs = 3000): Part | null {
  const [part, setPart] = useState<{ it: Part } | null>(null);

  useEffect(() => {
    if (part) return;
    const fetchIt = (): void => {
      withTexts(load)()
        .then((module) => setPart({ it: module.default }))
        .catch(onFail);
    };
    if (wanted) {
      fetchIt();
      return;
    }
    let leave = (): void => clearTimeout(timer);
    const timer = setTimeout(() => (leave = whenIdle(fetchIt)), afterMs);
    return () => leave();
  }, [part, wanted, load, onFail, afterMs]);

  return part && part.it;
}
