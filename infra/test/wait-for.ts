/**
 * Asks `condition` again and again until it answers something other than null, undefined or false, and answers that.
 * Rejects after `timeoutMs` with `what` was waited for and the last error. Never waits longer than the condition takes.
 */
export async function waitFor<T>(what: string, condition: () => T | Promise<T>, timeoutMs: number = 30_000, everyMs: number = 50): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value !== null && value !== undefined && value !== false) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for: ${what}${last instanceof Error ? ` (last: ${last.message})` : ''}`);
    const next = Promise.withResolvers<void>();
    setTimeout(next.resolve, everyMs);
    await next.promise;
  }
}
