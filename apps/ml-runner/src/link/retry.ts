import { setTimeout as delay } from 'node:timers/promises';
import { ApiAway } from './api-client.ts';

const FIRST_MS = 100;
const LONGEST_MS = 2_000;

/** Wait before try number `tries` (from 0), in milliseconds: doubling up to `longest`, half of it random so that runners do not come back all at once. */
export function backoff(tries: number, longest: number = LONGEST_MS): number {
  const whole = Math.min(longest, FIRST_MS * 2 ** Math.min(tries, 10));
  return whole / 2 + (Math.random() * whole) / 2;
}

/** Asks until the api answers, for ever; a refusal, any other error and the signal end it. `onAway` hears of each failed try. */
export async function untilAnswered<T>(ask: () => Promise<T>, options: { signal: AbortSignal; onAway?: (error: ApiAway, tries: number) => void }): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    options.signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiAway)) throw error;
      options.onAway?.(error, tries + 1);
    }
    await delay(backoff(tries), undefined, { signal: options.signal });
  }
}
