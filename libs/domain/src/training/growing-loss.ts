import type { SeriesPoints } from './series-points.ts';

/** What is wrong with a loss while a run trains: it is no number any more, or it grows. */
export type LossTrouble =
  | { kind: 'NOT_A_NUMBER' }
  /** `since`: the step at which it was lowest; `from` and `to`: its mean then and now. */
  | { kind: 'GROWING'; since: number; from: number; to: number };

/** Reports that the mean remembers: the loss of one batch says little. */
const MEMORY = 20;
/** Fewer reports are the beginning, where anything may happen. */
const ENOUGH = 2 * MEMORY;
/** It is said from so many times the lowest mean on, and no more once it is back below so many: between the two it stays as it is. */
const SAID = 2;
const TAKEN_BACK = 1.5;
/** What strays further counts as so many times the mean: one bad batch is no trend. */
const STRAY = 4;
/** A loss that is next to nothing doubles by chance: it has to rise by a share of where it began, too. */
const SHARE = 0.1;

/**
 * Whether the loss of a run that trains is in trouble. It follows from the points alone: the same curve says the same to everybody, and again
 * after a reload.
 * @param points of the loss, in the order of their steps; a value that is not finite is null or not a number
 */
export function lossTrouble({ steps, values }: SeriesPoints): LossTrouble | null {
  let seen = 0;
  let mean = 0;
  let first = 0;
  let lowest = { mean: Number.POSITIVE_INFINITY, step: 0 };
  let said = false;
  let isNumber = true;
  values.forEach((value, i) => {
    isNumber = value !== null && Number.isFinite(value);
    if (!isNumber) return;
    seen += 1;
    // a plain mean at first, one that forgets afterwards
    const counted = seen > MEMORY ? Math.min(value as number, mean * STRAY) : (value as number);
    mean += (counted - mean) / Math.min(seen, MEMORY);
    if (seen <= MEMORY) {
      first = mean;
      return;
    }
    if (mean < lowest.mean) lowest = { mean, step: steps[i] ?? 0 };
    const rise = mean - lowest.mean;
    if (said) said = mean > lowest.mean * TAKEN_BACK && rise > (first * SHARE) / 2;
    else said = seen >= ENOUGH && mean > lowest.mean * SAID && rise > first * SHARE;
  });
  if (!isNumber) return { kind: 'NOT_A_NUMBER' };
  return said ? { kind: 'GROWING', since: lowest.step, from: lowest.mean, to: mean } : null;
}
