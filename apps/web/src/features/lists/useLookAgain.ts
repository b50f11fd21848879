import { useEffect, useEffectEvent, useRef } from 'react';
import { useReconnects } from '../shell/useReconnects.ts';

/** Seldom enough to cost nothing that is noticed, often enough that nobody decides by what is long over. */
const LOOK_EVERY_MS = 30_000;
/** Whoever comes back sooner has not been away. */
const AWAY_MS = 5_000;

/**
 * Has something looked at again every so often while its window is seen, and when its reader comes back to the window or the connection does.
 * A look that fails is made again: the shell says when the server is away.
 * @param look `isBack`: nobody was looking, so that what is shown may change as it likes
 */
export function useLookAgain(active: boolean, look: (isBack: boolean) => Promise<unknown>): void {
  const reconnects = useReconnects();
  const looked = useRef(0);
  const lookNow = useEffectEvent((isBack: boolean) => {
    looked.current = Date.now();
    look(isBack).catch(() => undefined);
  });
  useEffect(() => {
    if (!active) return undefined;
    looked.current = Date.now();
    const timer = setInterval(() => document.visibilityState === 'visible' && lookNow(false), LOOK_EVERY_MS);
    const back = (): void => {
      if (document.visibilityState === 'visible' && Date.now() - looked.current > AWAY_MS) lookNow(true);
    };
    document.addEventListener('visibilitychange', back);
    window.addEventListener('focus', back);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', back);
      window.removeEventListener('focus', back);
    };
  }, [active]);
  const reconnected = useEffectEvent(() => active && lookNow(true));
  useEffect(() => {
    if (reconnects > 0) reconnected();
  }, [reconnects]);
}
