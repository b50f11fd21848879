const RELOADED = 'trainyard.reloaded-at';
const LATELY_MS = 30_000;

/** Loads the page anew. Not again within half a minute, for where that did not help it would go round and round: then false. */
export function reloadOnce(): boolean {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED) ?? 0) < LATELY_MS) return false;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
  return true;
}
