import { readValues, type QueueValues } from './queue-form.ts';

const key = (ticketId: string): string => `trainyard.queue.${ticketId}`;

/** What was queued last from this ticket in this browser; null when nothing was, or storage is closed to us. */
export function rememberedChoice(ticketId: string): QueueValues | null {
  try {
    return readValues(JSON.parse(localStorage.getItem(key(ticketId)) ?? 'null'));
  } catch {
    return null;
  }
}

export function rememberChoice(ticketId: string, values: QueueValues): void {
  try {
    localStorage.setItem(key(ticketId), JSON.stringify(values));
  } catch {
    // Full or closed storage only costs the convenience.
  }
}
