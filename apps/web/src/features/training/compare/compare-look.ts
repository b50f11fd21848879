const KEY = 'trainyard.compare.smoothing';

/** How strongly curves are smoothed in this browser: 0 to 0.99. */
export function rememberedSmoothing(): number {
  try {
    const kept = Number(localStorage.getItem(KEY) ?? 0);
    return kept >= 0 && kept <= 0.99 ? kept : 0;
  } catch {
    return 0;
  }
}

export function rememberSmoothing(weight: number): void {
  try {
    localStorage.setItem(KEY, String(weight));
  } catch {
    // Full or closed storage only costs the convenience.
  }
}
