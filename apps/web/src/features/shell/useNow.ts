import { useEffect, useState } from 'react';
import { serverNow } from '../../server-clock.ts';

/** The time of the server in milliseconds, renewed every `everyMs` while `ticking`. */
export function useNow(everyMs: number, ticking = true): number {
  const [now, setNow] = useState(() => serverNow());
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, ticking]);
  return now;
}
