import { useEffect } from 'react';

/** How often to ask while a runner reads data: somebody waits for it. */
export const CHECKING_MS = 1_000;

/** Asks again every so often as long as `active`. */
export function usePolling(active: boolean, everyMs: number, query: { startPolling: (ms: number) => void; stopPolling: () => void }): void {
  const { startPolling, stopPolling } = query;
  useEffect(() => {
    if (!active) return undefined;
    startPolling(everyMs);
    return stopPolling;
  }, [active, everyMs, startPolling, stopPolling]);
}
