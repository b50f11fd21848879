import { randomUUID } from 'node:crypto';
import { bestFirst, comparedIds, comparedMetrics, differs, type MeasuredRun } from './compare-runs.ts';

const metric = (split: 'TRAIN' | 'VALIDATION' | 'TEST', name: string, value: number) => ({ split, name, value });
const run = (metrics: MeasuredRun['metrics'], overrides: Partial<MeasuredRun> = {}, parameters: Partial<MeasuredRun['parameters']> = {}): MeasuredRun => ({
  metrics,
  template: 'CNN_28X28',
  datasetDigest: 'c3ab',
  ...overrides,
  parameters: { targetColumn: null, validationSplit: 0.1, seed: 42, ...parameters },
});
const result = (value: number) => ({ value, lastStep: null });

describe('the metrics of several runs', () => {
  it('are lined up, validation first, with the single best', () => {
    expect(
      comparedMetrics([
        run([metric('TRAIN', 'loss', 0.2), metric('TEST', 'accuracy', 0.98), metric('VALIDATION', 'loss', 0.5)]),
        run([metric('TEST', 'accuracy', 0.99)], { template: 'MLP_784_128_10' }),
        run([metric('TRAIN', 'loss', 0.1), metric('TEST', 'accuracy', Number.NaN), metric('VALIDATION', 'accuracy', 0.9)]),
      ]),
    ).toEqual([
      { split: 'VALIDATION', name: 'accuracy', values: [null, null, result(0.9)], comparable: true, best: null },
      { split: 'VALIDATION', name: 'loss', values: [result(0.5), null, null], comparable: true, best: null },
      { split: 'TEST', name: 'accuracy', values: [result(0.98), result(0.99), result(Number.NaN)], comparable: true, best: 1 },
      { split: 'TRAIN', name: 'loss', values: [result(0.2), null, result(0.1)], comparable: true, best: 2 },
    ]);
  });

  it('name no best when two are equally good or only one has the metric', () => {
    const score = (value: number) => run([metric('TEST', 'r2', value)]);
    expect(comparedMetrics([score(0.5), score(0.5)])[0]?.best).toBeNull();
    expect(comparedMetrics([score(0.5), run([])])[0]?.best).toBeNull();
  });

  it('are of a run without a result what it reported last, with the step', () => {
    const lastPoints = [
      { series: 'VAL_ACCURACY', step: 500, value: 0.98 },
      { series: 'ACCURACY', step: 520, value: 1 },
      { series: 'LOSS', step: 520, value: null },
      { series: 'LEARNING_RATE', step: 520, value: 0.1 },
    ];
    const compared = comparedMetrics([
      run([metric('VALIDATION', 'accuracy', 0.97), metric('TRAIN', 'accuracy', 0.99), metric('TRAIN', 'loss', 0.1)], { lastPoints }),
      run(null, { lastPoints }),
      run([metric('TRAIN', 'accuracy', 0.98)]),
    ]);
    expect(compared).toEqual([
      // measured on all validation samples: as good as a result
      { split: 'VALIDATION', name: 'accuracy', values: [result(0.97), { value: 0.98, lastStep: 500 }, null], comparable: true, best: 1 },
      // of one batch: shown, and never the best
      { split: 'TRAIN', name: 'accuracy', values: [result(0.99), { value: 1, lastStep: 520 }, result(0.98)], comparable: true, best: 0 },
      { split: 'TRAIN', name: 'loss', values: [result(0.1), { value: Number.NaN, lastStep: 520 }, null], comparable: true, best: null },
    ]);
  });

  it.each<[string, ReturnType<typeof metric>, Partial<MeasuredRun>, Partial<MeasuredRun['parameters']>, boolean]>([
    ['another dataset', metric('TEST', 'accuracy', 0.9), { datasetDigest: 'ffff' }, {}, false],
    ['another column', metric('TEST', 'accuracy', 0.9), {}, { targetColumn: 'height' }, false],
    ['another kind of loss', metric('TEST', 'loss', 0.9), { template: 'TABULAR_REGRESSOR' }, {}, false],
    ['another share held out', metric('VALIDATION', 'accuracy', 0.9), {}, { validationSplit: 0.2 }, false],
    ['other samples held out', metric('VALIDATION', 'accuracy', 0.9), {}, { seed: 1 }, false],
    ["the dataset's own test samples, whatever was held out", metric('TEST', 'accuracy', 0.9), {}, { validationSplit: 0.2, seed: 1 }, true],
  ])('on %s', (_, measured, overrides, parameters, comparable) => {
    const [compared] = comparedMetrics([run([{ ...measured, value: 0.5 }]), run([measured], overrides, parameters)]);
    expect(compared).toMatchObject({ comparable, best: comparable ? 1 : null });
  });

  it('are of all samples when none are held out', () => {
    const score = (seed: number, value: number) => run([metric('TRAIN', 'accuracy', value)], {}, { validationSplit: 0, seed });
    expect(comparedMetrics([score(1, 0.8), score(2, 0.9)])[0]).toMatchObject({ comparable: true, best: 1 });
  });
});

describe('the best of several runs first', () => {
  const accuracy = (value: number, overrides: Partial<MeasuredRun> = {}) => run([metric('TEST', 'accuracy', value)], overrides);
  const loss = (value: number) => run([metric('VALIDATION', 'loss', value)]);
  const TEST_ACCURACY = { split: 'TEST', name: 'accuracy' } as const;

  it.each<[string, MeasuredRun[], Parameters<typeof bestFirst>[1], ReturnType<typeof bestFirst>]>([
    ['the highest accuracy', [accuracy(0.8), accuracy(0.9), accuracy(0.7)], TEST_ACCURACY, { order: [1, 0, 2], best: 1 }],
    ['the lowest loss', [loss(0.3), loss(0.1), loss(0.2)], { split: 'VALIDATION', name: 'loss' }, { order: [1, 2, 0], best: 1 }],
    ['equal ones as they came, and no best of them', [accuracy(0.8), accuracy(0.9), accuracy(0.9)], TEST_ACCURACY, { order: [1, 2, 0], best: null }],
    ['those without it behind, as they came', [run(null), accuracy(0.8), accuracy(Number.NaN), accuracy(0.9)], TEST_ACCURACY, { order: [3, 1, 0, 2], best: 3 }],
    ['nothing of one alone', [accuracy(0.8), run(null)], TEST_ACCURACY, null],
    ['nothing of other samples', [accuracy(0.8), accuracy(0.9, { datasetDigest: 'other' })], TEST_ACCURACY, null],
    ['nothing of what none has', [accuracy(0.8), accuracy(0.9)], { split: 'TEST', name: 'mae' }, null],
  ])('%s', (_, runs, by, expected) => expect(bestFirst(runs, by)).toEqual(expected));
});

it('tells what differs', () => {
  expect(differs(['a', 'a'])).toBe(false);
  expect(differs(['a', null])).toBe(true);
});

describe('an address of a comparison', () => {
  const ids = Array.from({ length: 21 }, () => randomUUID());
  const [a = '', b = ''] = ids;
  it.each([
    [`${a},${b}`, [a, b], null],
    [` ${b.toUpperCase()} ,${a},${b},`, [b, a], null],
    [ids.slice(0, 20).join(','), ids.slice(0, 20), null],
    ['', [], 'TOO_FEW'],
    [`${a},${a}`, [a], 'TOO_FEW'],
    [ids.join(','), ids, 'TOO_MANY'],
    [`${a},12`, [], 'MALFORMED'],
    [`${a};${b}`, [], 'MALFORMED'],
  ])('%s', (text, expected, fault) => expect(comparedIds(text)).toEqual({ ids: expected, fault }));
});
