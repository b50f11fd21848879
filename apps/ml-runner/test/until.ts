import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a condition instead of a time; says what it waited for in vain. */
export async function until<T>(what: string, condition: () => T | Promise<T>, timeoutMs = 15_000): Promise<NonNullable<T>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}.`);
    await pause(10);
  }
}
