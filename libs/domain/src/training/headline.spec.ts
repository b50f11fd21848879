import type { MetricBatch, RunResult } from './contract.ts';
import { finalHeadline, liveHeadline } from './headline.ts';

const batch = (series: string, ...values: MetricBatch['values']): MetricBatch => ({ series, steps: values.map((_, i) => i + 1), values });

it.each<[string, MetricBatch[], ReturnType<typeof liveHeadline>]>([
  ['the newest training accuracy', [batch('LOSS', 9), batch('ACCURACY', 0.1, 0.2)], { split: 'TRAIN', name: 'accuracy', value: 0.2 }],
  ['validation before training', [batch('VAL_ACCURACY', 0.3), batch('ACCURACY', 0.9)], { split: 'VALIDATION', name: 'accuracy', value: 0.3 }],
  ['the error of a regression', [batch('MAE', 2)], { split: 'TRAIN', name: 'mae', value: 2 }],
  ['nothing that is not a number', [batch('ACCURACY', 'NaN')], null],
  ['nothing of other series', [batch('LOSS', 1), batch('LEARNING_RATE', 1)], null],
  ['nothing of a series with a name that every object has', [batch('constructor', 1), batch('__proto__', 1)], null],
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

it.each<[string, ReturnType<typeof liveHeadline>, MetricBatch[], ReturnType<typeof liveHeadline>]>([
  [
    'is renewed by a newer value of its split',
    { split: 'TRAIN', name: 'accuracy', value: 0.1 },
    [batch('ACCURACY', 0.2, 0.3)],
    { split: 'TRAIN', name: 'accuracy', value: 0.3 },
  ],
  ['gives way to a stronger split', { split: 'TRAIN', name: 'mae', value: 3 }, [batch('VAL_MAE', 4)], { split: 'VALIDATION', name: 'mae', value: 4 }],
  [
    'is renewed within validation',
    { split: 'VALIDATION', name: 'accuracy', value: 0.5 },
    [batch('VAL_ACCURACY', 0.4)],
    { split: 'VALIDATION', name: 'accuracy', value: 0.4 },
  ],
  [
    'does not give way to a weaker split',
    { split: 'VALIDATION', name: 'accuracy', value: 0.5 },
    [batch('ACCURACY', 0.9), batch('MAE', 1)],
    { split: 'VALIDATION', name: 'accuracy', value: 0.5 },
  ],
  ['stays where nothing is reported', { split: 'TRAIN', name: 'mae', value: 3 }, [], { split: 'TRAIN', name: 'mae', value: 3 }],
  [
    'stays where what is reported is no number',
    { split: 'TRAIN', name: 'mae', value: 3 },
    [batch('MAE', 2, 'Infinity'), batch('MAE', Number.NaN), batch('MAE')],
    { split: 'TRAIN', name: 'mae', value: 3 },
  ],
])('the headline of a run that trains %s', (_name, before, batches, expected) => {
  expect(liveHeadline(before, batches)).toEqual(expected);
});

it.each<[string, [split: 'TRAIN' | 'VALIDATION' | 'TEST', name: 'accuracy' | 'mae' | 'r2', value: number][], object | null]>([
  ['training where there is nothing else', [['TRAIN', 'mae', 3]], { split: 'TRAIN', name: 'mae', value: 3 }],
  [
    'validation before training, in any order',
    [
      ['VALIDATION', 'mae', 2],
      ['TRAIN', 'mae', 3],
    ],
    { split: 'VALIDATION', name: 'mae', value: 2 },
  ],
  [
    'test before validation',
    [
      ['VALIDATION', 'mae', 2],
      ['TEST', 'mae', 4],
      ['TRAIN', 'mae', 3],
    ],
    { split: 'TEST', name: 'mae', value: 4 },
  ],
  [
    'the first of two of one split',
    [
      ['TEST', 'accuracy', 0.9],
      ['TEST', 'mae', 1],
    ],
    { split: 'TEST', name: 'accuracy', value: 0.9 },
  ],
  ['nothing of other figures', [['TEST', 'r2', 0.9]], null],
])('the headline of a result is of %s', (_name, metrics, expected) => {
  expect(finalHeadline({ metrics: metrics.map(([split, name, value]) => ({ split, name, value })) } as RunResult)).toEqual(expected);
});
