import { accuracyOf, addTally, emptyTally, maeOf, meanLossOf, r2Of, scoreOutputs } from './score.ts';

const plain = { mean: 0, std: 1 };

it('has a mean squared error of 0.25 for [1..5] against [1.5..5.5]', () => {
  const tally = scoreOutputs('LINEAR', [1, 2, 3, 4, 5], 1, [1.5, 2.5, 3.5, 4.5, 5.5], 1, plain);
  expect(meanLossOf(tally)).toBe(0.25);
  expect(maeOf(tally)).toBe(0.5);
  expect(r2Of(tally)).toBeCloseTo(1 - 0.25 / 2, 12);
});

it('scores a regression in the units of its target', () => {
  const tally = scoreOutputs('LINEAR', [0, 1], 1, [0.5, 1], 1, { mean: 1e9, std: 10 });
  expect(meanLossOf(tally)).toBeCloseTo(12.5, 9);
  expect(maeOf(tally)).toBeCloseTo(2.5, 9);
  expect(r2Of(tally)).toBeCloseTo(1 - 12.5 / 6.25, 6);
});

it('has the cross-entropy and accuracy of a softmax', () => {
  const predictions: [number, number][] = [];
  const tally = scoreOutputs('SOFTMAX', [2, 0, 0, 1_000, 0, 0], 3, [0, 2], 3, plain, (target, predicted) => predictions.push([target, predicted]));
  expect(tally.loss).toBeCloseTo(Math.log(1 + 2 * Math.exp(-2)) + 1_000, 9);
  expect(accuracyOf(tally)).toBe(0.5);
  expect(predictions).toEqual([
    [0, 0],
    [2, 0],
  ]);
});

it('predicts only among classes that exist', () => {
  const tally = scoreOutputs('SOFTMAX', [1, 0, 5], 3, [0], 2, plain);
  expect(accuracyOf(tally)).toBe(1);
});

it('has the cross-entropy and accuracy of a sigmoid, also far from 0', () => {
  const tally = scoreOutputs('SIGMOID', [0, 800, -800], 1, [1, 1, 1], 2, plain);
  expect(tally.loss).toBeCloseTo(Math.log(2) + 800, 9);
  expect(tally.correct).toBe(1);
});

it('is no number when an output is none', () => {
  for (const head of ['LINEAR', 'SIGMOID', 'SOFTMAX'] as const) expect(scoreOutputs(head, [Number.NaN, 1], 2, [0], 2, plain).loss).toBeNaN();
});

it('is the same in parts that are added as in one', () => {
  const [outputs, targets] = [
    [0.2, -1, 3, 0.5],
    [0, 1, 1, 0],
  ];
  for (const head of ['SIGMOID', 'LINEAR'] as const) {
    const whole = scoreOutputs(head, outputs, 1, targets, 2, { mean: 0, std: 2 });
    const sum = emptyTally();
    for (const [from, to] of [
      [0, 1],
      [1, 4],
    ] as const)
      addTally(sum, scoreOutputs(head, outputs.slice(from, to), 1, targets.slice(from, to), 2, { mean: 0, std: 2 }));
    for (const [figure, value] of Object.entries(whole)) expect([figure, sum[figure as keyof typeof sum]]).toEqual([figure, expect.closeTo(value, 9)]);
    expect(whole.samples).toBe(4);
  }
});

it('explains nothing of a target that never varies', () => {
  expect(r2Of(scoreOutputs('LINEAR', [1, 2], 1, [3, 3], 1, plain))).toBeNaN();
});
