import { createContext, use, useEffect, useEffectEvent, type RefObject } from 'react';

/** Tells those who listen that something of their work has changed. */
export interface WorkNews {
  listen: (woken: () => void) => () => void;
}
export const WorkNewsContext = createContext<WorkNews>({ listen: () => () => undefined });

/** The part of the page that a block is; null outside of one. */
export const PlaceContext = createContext<RefObject<HTMLElement | null> | null>(null);

/**
 * Asks again when there is news and somebody sees it: in a window that is shown, in a part of the page that is in view. What is out of
 * sight is asked for once it comes into sight.
 */
export function useWorkNews(ask: () => Promise<unknown>): void {
  const { listen } = use(WorkNewsContext);
  const place = use(PlaceContext);
  const askNow = useEffectEvent(() => void ask().catch(() => undefined));
  useEffect(() => {
    let inView = true;
    let isStale = false;
    const look = (): void => {
      if (!isStale || !inView || document.visibilityState === 'hidden') return;
      isStale = false;
      askNow();
    };
    const stop = listen(() => {
      isStale = true;
      look();
    });
    document.addEventListener('visibilitychange', look);
    const element = place?.current;
    const watcher =
      element && typeof IntersectionObserver !== 'undefined'
        ? new IntersectionObserver((seen) => {
            inView = seen.at(-1)?.isIntersecting ?? true;
            look();
          })
        : null;
    if (element) watcher?.observe(element);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', look);
      watcher?.disconnect();
    };
  }, [listen, place]);
}
