import fc from 'fast-check';
import { cutSparkline, EMPTY_SPARKLINE, extendSparkline, SPARKLINE_POINTS, sparklineValues } from './sparkline.ts';

const aCurve = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 3_000 });

describe('a sparkline', () => {
  it('never has more points than a card shows, and keeps the lowest and the highest of all', () => {
    fc.assert(
      fc.property(aCurve, fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 1_000 }), (values, stepSize, reportSize) => {
        let spark = EMPTY_SPARKLINE;
        for (let at = 0; at < values.length; at += reportSize) {
          const part = values.slice(at, at + reportSize);
          spark = extendSparkline(spark, part.map((_, i) => (at + i + 1) * stepSize), part);
        }
        const shown = sparklineValues(spark);
        expect(shown.length).toBeGreaterThan(0);
        expect(shown.length).toBeLessThanOrEqual(SPARKLINE_POINTS);
        expect([Math.min(...shown), Math.max(...shown)]).toEqual([Math.min(...values), Math.max(...values)]);
        for (const value of shown) expect(values).toContain(value);
      }),
    );
  });

  it('is the same however the points are split into reports', () => {
    fc.assert(
      fc.property(aCurve, fc.integer({ min: 1, max: 999 }), (values, split) => {
        const steps = values.map((_, i) => i + 1);
        const whole = extendSparkline(EMPTY_SPARKLINE, steps, values);
        expect(extendSparkline(extendSparkline(EMPTY_SPARKLINE, steps.slice(0, split), values.slice(0, split)), steps.slice(split), values.slice(split))).toEqual(whole);
      }),
    );
  });

  it('leaves out what is not finite, and shows extremes in the order they came', () => {
    const falling = extendSparkline(EMPTY_SPARKLINE, Array.from({ length: 100 }, (_, i) => i + 1), Array.from({ length: 100 }, (_, i) => 100 - i));
    const shown = sparklineValues(extendSparkline(falling, [101, 102], ['NaN', Infinity]));
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
    expect([shown[0], shown.at(-1)]).toEqual([100, 1]);
  });

  it('loses what a resumed claim trains again', () => {
    const spark = extendSparkline(EMPTY_SPARKLINE, [1, 2, 3, 4, 5], [9, 8, 7, 6, 5]);
    expect(sparklineValues(cutSparkline(spark, 3))).toEqual([9, 8, 7]);
  });
});
