import { robustRange } from './robust-range.ts';

const falling = (from: number, count = 100): number[] => Array.from({ length: count }, (_, i) => from / (1 + i));

it.each<[string, (number | null)[][]]>([
  ['nothing', []],
  ['lines without points', [[], [null, Number.NaN]]],
  ['curves that fall alike', [falling(2.3), falling(2.5), falling(1.9)]],
  ['a curve that lies three times as high', [falling(2), falling(6)]],
  ['a level line', [[1, 1, 1]]],
])('leaves the axis as it is for %s', (_, lines) => expect(robustRange(lines)).toBeNull());

it('leaves a run that diverged off the axis, so that the others can be told apart', () => {
  const diverged = falling(2.3).map((value, i) => (i < 50 ? value : 2 ** i));
  for (const lines of [
    [falling(2.3), diverged],
    [diverged, falling(2.3), falling(2), diverged],
  ]) {
    const range = robustRange(lines);
    expect(range?.max).toBeLessThanOrEqual(2.3);
    expect(range?.min).toBeGreaterThanOrEqual(0);
    expect(range?.beyond).toEqual(lines.flatMap((line, i) => (line === diverged ? [i] : [])));
  }
});

it('leaves off a spike of a line that is as the others otherwise', () => {
  const spiked = falling(2).map((value, i) => (i === 40 ? 1e9 : value));
  expect(robustRange([falling(2), spiked])).toMatchObject({ beyond: [1], max: expect.closeTo(2, 0) });
});

it('sees what falls without end, too', () => {
  expect(
    robustRange([
      [0.9, 0.91, 0.95],
      [0.9, 0.92, 0.94],
      [0.9, -400, -1e6],
    ]),
  ).toMatchObject({ beyond: [2], min: 0.9 });
});
