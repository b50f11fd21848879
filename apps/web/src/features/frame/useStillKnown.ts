import { useEffect, useEffectEvent } from 'react';
import { toldByQuery } from '../../apollo-failure.ts';

const EVERY_MS = 30_000;

/**
 * Asks now and then, and whenever the tab is looked at again, who is signed in: a tab that asks for nothing else would show
 * for hours what its person, signed out everywhere, wanted nobody to see.
 */
export function useStillKnown(ask: () => Promise<unknown>): void {
  const look = useEffectEvent(() => {
    if (document.visibilityState === 'visible') toldByQuery(ask());
  });
  useEffect(() => {
    const seen = (): void => look();
    const timer = setInterval(seen, EVERY_MS);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, []);
}
