import { comparedMetrics, differs, type MeasuredRun } from './compare-runs.ts';

const metric = (split: 'TRAIN' | 'VALIDATION' | 'TEST', name: string, value: number) => ({ split, name, value });
const run = (metrics: MeasuredRun['metrics'], overrides: Partial<MeasuredRun> = {}, parameters: Partial<MeasuredRun['parameters']> = {}): MeasuredRun => ({
  metrics,
  template: 'CNN_28X28',
  datasetDigest: 'c3ab',
  ...overrides,
  parameters: { targetColumn: null, validationSplit: 0.1, seed: 42, ...parameters },
});

it('lines up metrics, test first, and names the single best', () => {
  expect(
    comparedMetrics([
      run([metric('TRAIN', 'loss', 0.2), metric('TEST', 'accuracy', 0.98)]),
      run([metric('TEST', 'accuracy', 0.99)], { template: 'MLP_784_128_10' }),
      run([metric('TRAIN', 'loss', 0.1), metric('TEST', 'accuracy', Number.NaN)]),
    ]),
  ).toEqual([
    { split: 'TEST', name: 'accuracy', values: [0.98, 0.99, Number.NaN], comparable: true, best: 1 },
    { split: 'TRAIN', name: 'loss', values: [0.2, null, 0.1], comparable: true, best: 2 },
  ]);
});

it('names none when two are equally good or only one has the metric', () => {
  const score = (value: number) => run([metric('TEST', 'r2', value)]);
  expect(comparedMetrics([score(0.5), score(0.5)])[0]?.best).toBeNull();
  expect(comparedMetrics([score(0.5), run([])])[0]?.best).toBeNull();
});

it.each<[string, MeasuredRun['metrics'][number], Partial<MeasuredRun>, Partial<MeasuredRun['parameters']>, boolean]>([
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

it('takes all samples for the same when none are held out', () => {
  const score = (seed: number, value: number) => run([metric('TRAIN', 'accuracy', value)], {}, { validationSplit: 0, seed });
  expect(comparedMetrics([score(1, 0.8), score(2, 0.9)])[0]).toMatchObject({ comparable: true, best: 1 });
});

it('tells what differs', () => {
  expect(differs(['a', 'a'])).toBe(false);
  expect(differs(['a', null])).toBe(true);
});
