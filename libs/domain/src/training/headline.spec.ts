import type { MetricBatch, RunResult, Series } from './contract.ts';
import { finalHeadline, liveHeadline } from './headline.ts';

const batch = (series: Series, ...values: MetricBatch['values']): MetricBatch => ({ series, steps: values.map((_, i) => i + 1), values });

it.each<[string, MetricBatch[], ReturnType<typeof liveHeadline>]>([
  ['the newest training accuracy', [batch('LOSS', 9), batch('ACCURACY', 0.1, 0.2)], { split: 'TRAIN', name: 'accuracy', value: 0.2 }],
  ['validation before training', [batch('VAL_ACCURACY', 0.3), batch('ACCURACY', 0.9)], { split: 'VALIDATION', name: 'accuracy', value: 0.3 }],
  ['the error of a regression', [batch('MAE', 2)], { split: 'TRAIN', name: 'mae', value: 2 }],
  ['nothing that is not a number', [batch('ACCURACY', 'NaN')], null],
  ['nothing of other series', [batch('LOSS', 1), batch('LEARNING_RATE', 1)], null],
])('while it trains a card shows %s', (_name, batches, expected) => {
  expect(liveHeadline(null, batches)).toEqual(expected);
});

it('takes the strongest split of a result', () => {
  const metrics: RunResult['metrics'] = [
    { split: 'TRAIN', name: 'accuracy', value: 1 },
    { split: 'TEST', name: 'loss', value: 0.1 },
    { split: 'TEST', name: 'accuracy', value: 0.97 },
    { split: 'VALIDATION', name: 'accuracy', value: 0.98 },
  ];
  const result = { metrics } as RunResult;
  expect(finalHeadline(result)).toEqual({ split: 'TEST', name: 'accuracy', value: 0.97 });
  expect(finalHeadline({ ...result, metrics: metrics.slice(1, 2) })).toBeNull();
});
