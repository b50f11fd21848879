import { useEffect, useEffectEvent } from 'react';

/** How often to ask while a runner reads data: somebody waits for it. */
export const CHECKING_MS = 1_000;

/** Asks every so often as long as `active`. A question that fails is asked again: the shell says when the server is away. */
export function usePolling(active: boolean, everyMs: number, ask: () => Promise<unknown>): void {
  const askNow = useEffectEvent(() => ask().catch(() => undefined));
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => void askNow(), everyMs);
    return () => clearInterval(timer);
  }, [active, everyMs]);
}
