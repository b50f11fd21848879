import type { RunResult } from './contract.ts';
import { finalHeadline, type MetricSplit } from './headline.ts';
import { sparklineValues, type Sparkline } from './sparkline.ts';

/**
 * What a run that ended well should be looked at for. LOSS_ROSE: its loss ended far above where it began. NO_BETTER_THAN_COMMONEST and
 * NO_BETTER_THAN_MEAN: on its headline's samples, always answering the same would have done as well. Each is a fact, not a cause.
 */
export const RUN_DOUBTS = ['LOSS_ROSE', 'NO_BETTER_THAN_COMMONEST', 'NO_BETTER_THAN_MEAN'] as const;
export type RunDoubt = (typeof RUN_DOUBTS)[number];

/** The loss of one batch strays from that of all samples; this much above the first one, and above guessing, is no chance. */
const FAR_ABOVE = 3;

/** The first doubt there is about a result; null when there is none. @param loss as it was reported, batch by batch */
export function doubtOf(result: RunResult, loss: Sparkline): RunDoubt | null {
  const headline = finalHeadline(result);
  /** NaN where there is none: it is neither above nor below anything. */
  const figure = (split: MetricSplit | undefined, name: RunResult['metrics'][number]['name']): number =>
    result.metrics.find((metric) => metric.split === split && metric.name === name)?.value ?? Number.NaN;
  const [began = Number.NaN] = sparklineValues(loss);
  const { confusion } = result;
  // A small batch at the start may have next to no loss: what still beats guessing has not risen.
  const guessed = confusion ? Math.log(confusion.classes.length) : figure('TRAIN', 'r2') > 0 ? Infinity : 0;
  if (figure('TRAIN', 'loss') > Math.max(began, guessed) * FAR_ABOVE) return 'LOSS_ROSE';
  if (confusion && confusion.split === headline?.split && figure(confusion.split, 'accuracy') <= commonest(confusion.counts)) return 'NO_BETTER_THAN_COMMONEST';
  return figure(headline?.split, 'r2') <= 0 ? 'NO_BETTER_THAN_MEAN' : null;
}

/** The share of samples that the most frequent true class has. */
function commonest(counts: readonly (readonly number[])[]): number {
  const classes = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  return Math.max(...classes) / classes.reduce((sum, count) => sum + count, 0);
}
