import { useEffect, useState } from 'react';
import { withTexts } from '../../i18n/index.ts';
import { whenIdle } from '../../idle.ts';

const LONGEST_PAUSE_MS = 60_000;

/**
 * A part of the shell that is not needed to begin with: fetched as soon as it is wanted, else when the page has been there
 * for `afterMs` and is idle: its code must not be compiled while somebody scrolls. Null until it has come.
 * When it is wanted and cannot come (no connection), `onFail` runs and the next wish tries again. What nobody waits for is
 * tried again unseen: `onFail` may move the focus, which is where somebody writes.
 */
export function useLater<Part>(load: () => Promise<{ default: Part }>, wanted: boolean, onFail: () => void, afterMs = 3000): Part | null {
  const [part, setPart] = useState<{ it: Part } | null>(null);

  useEffect(() => {
    if (part) return;
    const fetchIt = (fail: () => void): void => {
      withTexts(load)()
        .then((module) => setPart({ it: module.default }))
        .catch(fail);
    };
    if (wanted) {
      fetchIt(onFail);
      return;
    }
    let leave = (): void => undefined;
    let isOver = false;
    const later = (ms: number): void => {
      if (isOver) return;
      const timer = setTimeout(() => (leave = whenIdle(() => fetchIt(() => later(Math.min(2 * ms, LONGEST_PAUSE_MS))))), ms);
      leave = () => clearTimeout(timer);
    };
    later(afterMs);
    return () => {
      isOver = true;
      leave();
    };
  }, [part, wanted, load, onFail, afterMs]);

  return part && part.it;
}
