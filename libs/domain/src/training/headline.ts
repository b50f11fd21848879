import type { MetricBatch, RunResult } from './contract.ts';
import type { Series } from './series.ts';

export const METRIC_SPLITS = ['TRAIN', 'VALIDATION', 'TEST'] as const;
export type MetricSplit = (typeof METRIC_SPLITS)[number];

/** The one number people look at: accuracy, or mean absolute error of a regression. */
export interface Headline {
  split: MetricSplit;
  name: 'accuracy' | 'mae';
  value: number;
}

/** A map: a series may have any name, `constructor` too. */
const LIVE: ReadonlyMap<string, Pick<Headline, 'split' | 'name'>> = new Map<Series, Pick<Headline, 'split' | 'name'>>([
  ['VAL_ACCURACY', { split: 'VALIDATION', name: 'accuracy' }],
  ['VAL_MAE', { split: 'VALIDATION', name: 'mae' }],
  ['ACCURACY', { split: 'TRAIN', name: 'accuracy' }],
  ['MAE', { split: 'TRAIN', name: 'mae' }],
]);
const STRENGTH: Record<MetricSplit, number> = { TRAIN: 0, VALIDATION: 1, TEST: 2 };

/** While it trains: the newest validation value, else the newest training value. Values that are not finite do not count. */
export function liveHeadline(before: Headline | null, batches: readonly MetricBatch[]): Headline | null {
  let headline = before;
  for (const batch of batches) {
    const kind = LIVE.get(batch.series);
    const value = batch.values.at(-1);
    if (!kind || typeof value !== 'number' || !Number.isFinite(value)) continue;
    if (headline && STRENGTH[headline.split] > STRENGTH[kind.split]) continue;
    headline = { ...kind, value };
  }
  return headline;
}

/** Of a result: test, else validation, else training. Null where it has none of them. */
export function finalHeadline(result: RunResult): Headline | null {
  let headline: Headline | null = null;
  for (const { split, name, value } of result.metrics) {
    if (name !== 'accuracy' && name !== 'mae') continue;
    if (!headline || STRENGTH[split] > STRENGTH[headline.split]) headline = { split, name, value };
  }
  return headline;
}
