import { useCallback, useRef } from 'react';

/** Sends one after the other: the second change of a thing must name the version that the first has made. */
export function useInTurn(): <T>(send: () => Promise<T>) => Promise<T> {
  const last = useRef<Promise<unknown>>(Promise.resolve());
  return useCallback((send) => {
    const sent = last.current.then(send);
    last.current = sent.catch(() => undefined);
    return sent;
  }, []);
}
