import fc from 'fast-check';
import { cutSparkline, EMPTY_SPARKLINE, extendSparkline, SPARKLINE_POINTS, sparklineValues, type Sparkline } from './sparkline.ts';

const aCurve = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 1_500 });
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
/** A curve of these values at steps 1, 2, 3 … */
const curveOf = (values: readonly (number | string)[], from: Sparkline = EMPTY_SPARKLINE): Sparkline => extendSparkline(from, upTo(values.length), values);

describe('a sparkline', () => {
  it('never has more points than a card shows, and keeps the lowest and the highest of all', () => {
    let widest = 0;
    fc.assert(
      fc.property(aCurve, fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 1_000 }), (values, stepSize, reportSize) => {
        let spark = EMPTY_SPARKLINE;
        for (let at = 0; at < values.length; at += reportSize) {
          const part = values.slice(at, at + reportSize);
          spark = extendSparkline(
            spark,
            part.map((_, i) => (at + i + 1) * stepSize),
            part,
          );
        }
        widest = Math.max(widest, spark.stride / stepSize);
        const shown = sparklineValues(spark);
        expect(shown.length).toBeGreaterThan(0);
        expect(shown.length).toBeLessThanOrEqual(SPARKLINE_POINTS);
        expect([Math.min(...shown), Math.max(...shown)]).toEqual([Math.min(...values), Math.max(...values)]);
        const given = new Set(values);
        for (const value of shown) expect(given.has(value)).toBe(true);
      }),
    );
    // The curves drawn are long enough to be thinned again and again: with a dozen points nothing of this would be looked at.
    expect(widest).toBeGreaterThanOrEqual(16);
  });

  it('is the same however the points are split into reports', () => {
    fc.assert(
      fc.property(aCurve, fc.integer({ min: 1, max: 999 }), (values, split) => {
        const steps = upTo(values.length);
        const whole = extendSparkline(EMPTY_SPARKLINE, steps, values);
        expect(
          extendSparkline(extendSparkline(EMPTY_SPARKLINE, steps.slice(0, split), values.slice(0, split)), steps.slice(split), values.slice(split)),
        ).toEqual(whole);
      }),
    );
  });

  it('keeps every point while there is room, and then halves its buckets', () => {
    expect(curveOf(upTo(24))).toEqual({ stride: 1, buckets: upTo(24).map((i) => [i, i, i]) });
    expect(curveOf(upTo(25))).toEqual({ stride: 2, buckets: [[0, 1, 1], ...upTo(12).map((i) => [i, 2 * i, Math.min(25, 2 * i + 1)])] });
    const long = curveOf(upTo(100));
    expect(long.stride).toBe(8);
    expect(long.buckets.slice(0, 3)).toEqual([
      [0, 1, 7],
      [1, 8, 15],
      [2, 16, 23],
    ]);
    expect(long.buckets.at(-1)).toEqual([12, 96, 100]);
  });

  it('changes neither the curve that it extends nor a bucket of it', () => {
    const before = curveOf([5, 4]);
    const copy = structuredClone(before);
    extendSparkline(before, [2, 2, 3], [9, 1, 7]);
    expect(before).toEqual(copy);
  });

  it.each<[string, number[], [number, number]]>([
    ['one value', [5], [5, 5]],
    ['a fall', [5, 3], [5, 3]],
    ['a rise', [3, 5], [3, 5]],
    ['what lies between', [5, 3, 4], [5, 3]],
    ['a new low after a high', [4, 5, 3], [5, 3]],
    ['a new high after a low', [4, 3, 5], [3, 5]],
    ['lower and lower', [5, 4, 3], [5, 3]],
    ['higher and higher', [3, 4, 5], [3, 5]],
    ['the low once more', [3, 5, 3], [3, 5]],
    ['the high once more', [5, 3, 5], [5, 3]],
    ['a low, a high and a lower low', [4, 3, 5, 2], [5, 2]],
    ['equal extremes', [4, 4, 4], [4, 4]],
  ])('keeps of a bucket its extremes in the order they came: %s', (_, values, [first, second]) => {
    const spark = extendSparkline(
      { stride: 10, buckets: [] },
      values.map((_value, i) => i),
      values,
    );
    expect(spark).toEqual({ stride: 10, buckets: [[0, first, second]] });
    expect(sparklineValues(spark)).toEqual(first === second ? [first] : [first, second]);
  });

  it('puts a point that comes late into its newest bucket', () => {
    expect(extendSparkline(EMPTY_SPARKLINE, [5, 3], [1, 9])).toEqual({ stride: 1, buckets: [[5, 1, 9]] });
  });

  it('leaves out what is not finite, and shows extremes in the order they came', () => {
    const falling = curveOf(upTo(100).map((i) => 101 - i));
    const shown = sparklineValues(extendSparkline(falling, [101, 102, 103, 104], ['NaN', Infinity, '-Infinity', Number.NaN]));
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
    expect([shown[0], shown.at(-1)]).toEqual([100, 1]);
    expect(curveOf(['7'])).toEqual(EMPTY_SPARKLINE);
  });

  it('loses what a resumed claim trains again, bucket by bucket', () => {
    const spark = curveOf([9, 8, 7, 6, 5]);
    expect(sparklineValues(cutSparkline(spark, 3))).toEqual([9, 8, 7]);
    const wide: Sparkline = {
      stride: 10,
      buckets: [
        [0, 1, 2],
        [1, 3, 4],
        [2, 5, 6],
      ],
    };
    expect(cutSparkline(wide, 19)).toEqual({ stride: 10, buckets: wide.buckets.slice(0, 2) });
    expect(cutSparkline(wide, 20)).toEqual(wide);
    expect(cutSparkline(wide, 9)).toEqual({ stride: 10, buckets: wide.buckets.slice(0, 1) });
  });
});
