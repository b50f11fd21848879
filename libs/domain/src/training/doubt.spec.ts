import type { RunResult } from './contract.ts';
import { doubtOf } from './doubt.ts';
import { EMPTY_SPARKLINE, extendSparkline } from './sparkline.ts';

type Metric = RunResult['metrics'][number];
const figure = (split: Metric['split'], name: Metric['name'], value: number): Metric => ({ split, name, value });
const result = (metrics: Metric[], confusion: RunResult['confusion'] = null): RunResult => ({
  metrics,
  confusion,
  sampleCounts: { train: 80, validation: 20, test: 0 },
  steps: 10,
  samplesPerSecond: 1,
  flopsPerSecond: 1,
  trainMs: 1,
  datasetDigest: '',
  parameterCount: 1,
});
/** 14 samples of the first class and 6 of the second; `right` of them were named correctly. */
const classified = (trainLoss: number, right: [number, number]): RunResult =>
  result([figure('TRAIN', 'loss', trainLoss), figure('TRAIN', 'accuracy', 1), figure('VALIDATION', 'accuracy', (right[0] + right[1]) / 20)], {
    split: 'VALIDATION',
    classes: ['a', 'b'],
    counts: [
      [right[0], 14 - right[0]],
      [6 - right[1], right[1]],
    ],
  });
const fitted = (trainLoss: number, r2: number, trainR2 = 0.9): RunResult =>
  result([figure('TRAIN', 'loss', trainLoss), figure('TRAIN', 'r2', trainR2), figure('VALIDATION', 'mae', 3), figure('VALIDATION', 'r2', r2)]);

describe('doubtOf', () => {
  it.each<[string, RunResult, number[], ReturnType<typeof doubtOf>]>([
    ['has none of a run that learned', classified(0.2, [13, 5]), [2.3, 1, 0.2], null],
    ['sees a loss that exploded and stayed a number', classified(8e4, [10, 1]), [2.3, 50, 9e4], 'LOSS_ROSE'],
    ['takes no easy batch at the start for where classes began', classified(0.5, [13, 5]), [0.003, 5, 0.4], null],
    ['takes no easy batch at the start for where a regression began', fitted(4, 0.7), [0.001, 9, 4], null],
    ['sees that a regression fits worse than the mean from an easy start on', fitted(4, -2, -2), [0.001, 9, 4], 'LOSS_ROSE'],
    ['takes no stray batch for a rise', classified(3, [13, 5]), [2.3, 1, 0.2], null],
    ['sees that the most frequent class alone is as good', classified(2.2, [14, 0]), [2.3, 2.2], 'NO_BETTER_THAN_COMMONEST'],
    ['sees less than that too', classified(2.2, [2, 3]), [2.3, 2.2], 'NO_BETTER_THAN_COMMONEST'],
    ['sees that the mean alone is as close', fitted(4, -0.01), [9, 4], 'NO_BETTER_THAN_MEAN'],
    ['has none of a regression that explains something', fitted(4, 0.05), [9, 4], null],
    ['takes three times where it began for no rise', fitted(27, 0.5, -1), [9, 20], null],
    ['takes more than that for one', fitted(27.1, 0.5, -1), [9, 20], 'LOSS_ROSE'],
    ['sees that a regression fits no better than the mean from an easy start on', fitted(4, 0.5, 0), [0.001, 9, 4], 'LOSS_ROSE'],
    ['sees that the mean is just as close', fitted(4, 0), [9, 4], 'NO_BETTER_THAN_MEAN'],
    ['has none of classes that nobody counted', result([figure('TRAIN', 'loss', 2), figure('VALIDATION', 'accuracy', 0)]), [2.3], null],
    [
      'has none where the classes of other samples were counted',
      result([figure('TRAIN', 'loss', 2), figure('TEST', 'accuracy', 0.1), figure('VALIDATION', 'accuracy', 0.1)], {
        split: 'VALIDATION',
        classes: ['a', 'b'],
        counts: [
          [0, 9],
          [9, 2],
        ],
      }),
      [2.3],
      null,
    ],
    [
      'looks at the figure of the samples that count most',
      result([figure('TRAIN', 'r2', 0.9), figure('VALIDATION', 'mae', 1), figure('VALIDATION', 'r2', 0.5), figure('TEST', 'mae', 1), figure('TEST', 'r2', -1)]),
      [9],
      'NO_BETTER_THAN_MEAN',
    ],
    ['has none without anything to compare with', result([figure('TRAIN', 'loss', 9)]), [], null],
    ['has none without a loss at its end', result([figure('TRAIN', 'r2', -1)]), [1], null],
  ])('%s', (_, of, loss, doubt) => {
    expect(
      doubtOf(
        of,
        extendSparkline(
          EMPTY_SPARKLINE,
          loss.map((_, i) => i + 1),
          loss,
        ),
      ),
    ).toBe(doubt);
  });
});
