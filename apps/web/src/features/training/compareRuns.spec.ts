import { comparedMetrics, differs } from './compareRuns.ts';

it('lines up metrics, test first, and names the single best', () => {
  const metric = (split: 'TRAIN' | 'TEST', name: string, value: number) => ({ split, name, value });
  expect(
    comparedMetrics([
      [metric('TRAIN', 'loss', 0.2), metric('TEST', 'accuracy', 0.98)],
      [metric('TEST', 'accuracy', 0.99)],
      [metric('TRAIN', 'loss', 0.1), metric('TEST', 'accuracy', Number.NaN)],
    ]),
  ).toEqual([
    { split: 'TEST', name: 'accuracy', values: [0.98, 0.99, Number.NaN], best: 1 },
    { split: 'TRAIN', name: 'loss', values: [0.2, null, 0.1], best: 2 },
  ]);
});

it('names none when two are equally good or only one has the metric', () => {
  const run = (value: number) => [{ split: 'TEST' as const, name: 'r2', value }];
  expect(comparedMetrics([run(0.5), run(0.5)])[0]?.best).toBeNull();
  expect(comparedMetrics([run(0.5), []])[0]?.best).toBeNull();
});

it('tells what differs', () => {
  expect(differs(['a', 'a'])).toBe(false);
  expect(differs(['a', null])).toBe(true);
});
