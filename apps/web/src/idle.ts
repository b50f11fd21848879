/** Safari's stand-in for idleness, which it cannot tell. */
const AFTER_MS = 2000;

/** Does something as soon as the page has nothing better to do. The answer takes it back. */
export function whenIdle(task: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(task, AFTER_MS);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(task);
  return () => cancelIdleCallback(handle);
}
