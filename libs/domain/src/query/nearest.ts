/** Longer words are no slips of the hand, and comparing them takes time. */
const MAX_LENGTH = 40;
const MAX_SLIPS = 2;

/** The word that was probably meant: the one with the fewest slips, at most two and half its letters; null where none is near. */
export function nearest(typed: string, words: readonly string[]): string | null {
  if (typed.length === 0 || typed.length > MAX_LENGTH) return null;
  let best: { word: string; slips: number } | null = null;
  for (const word of words) {
    const slips = word.startsWith(typed) && typed.length >= 2 ? 1 : slipsBetween(typed, word);
    if (slips <= MAX_SLIPS && slips * 2 <= word.length && (best === null || slips < best.slips)) best = { word, slips };
  }
  return best?.word ?? null;
}

/** Letters to add, drop or change. */
function slipsBetween(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    above = row;
  }
  return above[b.length] ?? 0;
}
