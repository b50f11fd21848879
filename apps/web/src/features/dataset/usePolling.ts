import { useEffect } from 'react';

const EVERY_MS = 1_000;

/** Asks again every second as long as a runner is still reading the data. */
export function useWhileChecking(checking: boolean, query: { startPolling: (ms: number) => void; stopPolling: () => void }): void {
  const { startPolling, stopPolling } = query;
  useEffect(() => {
    if (!checking) return undefined;
    startPolling(EVERY_MS);
    return stopPolling;
  }, [checking, startPolling, stopPolling]);
}
