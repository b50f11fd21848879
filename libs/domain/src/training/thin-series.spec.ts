import fc from 'fast-check';
import { bucketStride, CHUNK_STEPS, thinSeries } from './thin-series.ts';

const MAX_STEP = 5_000_000;
const aValue = fc.oneof(
  { weight: 9, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
);
const aSeries = fc.uniqueArray(fc.tuple(fc.nat(MAX_STEP), aValue), { selector: ([step]) => step, minLength: 1, maxLength: 120 });

/** What the rule promises, said in the slowest and plainest way. */
function expectExact(points: readonly (readonly [number, number])[], stride: number): void {
  const thin = thinSeries(
    points.map(([step]) => step),
    points.map(([, value]) => value),
    stride,
  );
  const buckets = Map.groupBy(points, ([step]) => Math.floor(step / stride));
  const given = Map.groupBy(
    thin.steps.map((step, i) => [step, thin.values[i]] as const),
    ([step]) => Math.floor(step / stride),
  );
  expect([...given.keys()]).toEqual([...buckets.keys()].sort((a, b) => a - b));
  for (const [index, inside] of buckets) {
    const finite = inside.filter(([, value]) => Number.isFinite(value)).map(([, value]) => value);
    const values = (given.get(index) ?? []).map(([, value]) => value);
    if (finite.length === 0) {
      expect(values).toEqual([null]);
      continue;
    }
    const [low, high] = [Math.min(...finite), Math.max(...finite)];
    expect(values.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(low === high ? [low] : [low, high]);
    for (const [step, value] of given.get(index) ?? []) expect(points).toContainEqual([step, value]);
  }
  expect(thin.steps).toEqual(thin.steps.toSorted((a, b) => a - b));
}

describe('thinSeries', () => {
  it('keeps the exact minimum and maximum of every bucket, in step order, from points in any order', () => {
    fc.assert(fc.property(aSeries, fc.integer({ min: 1, max: MAX_STEP }), expectExact));
  });

  it('gives the same from the extremes of chunks as from the points themselves', () => {
    fc.assert(
      fc.property(aSeries, fc.integer({ min: 1, max: 400 }), (points, chunks) => {
        const stride = chunks * CHUNK_STEPS;
        const standIns = [...Map.groupBy(points, ([step]) => Math.floor(step / CHUNK_STEPS)).values()].flatMap((inside) => {
          const thin = thinSeries(
            inside.map(([step]) => step),
            inside.map(([, value]) => value),
            CHUNK_STEPS,
          );
          return thin.steps.map((step, i) => [step, thin.values[i] ?? NaN] as const);
        });
        const whole = thinSeries(
          points.map(([step]) => step),
          points.map(([, value]) => value),
          stride,
        );
        expect(
          thinSeries(
            standIns.map(([step]) => step),
            standIns.map(([, value]) => value),
            stride,
          ),
        ).toEqual(whole);
      }),
    );
  });

  it.each<[string, number[], number[], number[], (number | null)[]]>([
    ['one that came late', [3, 1, 2], [5, 5, 5], [1], [5]],
    ['a low before a high', [1, 4, 2, 3], [0, 9, 9, 0], [1, 2], [0, 9]],
    ['a high before a low', [5, 4, 2], [0, 9, 9], [2, 5], [9, 0]],
    ['a low that comes again earlier', [7, 8, 6], [1, 2, 1], [6, 8], [1, 2]],
    ['what is finite, before what is not', [1, 2, 3], [5, Number.NaN, Infinity], [1], [5]],
    ['what is finite, behind what is not', [1, 2, 3], [Number.NaN, -Infinity, 5], [3], [5]],
    ['that there is nothing', [1, 2], [Number.NaN, Infinity], [1], [null]],
    ['two buckets apart', [12, 3, 11], [1, 2, 4], [3, 11, 12], [2, 4, 1]],
  ])('keeps the extremes of ten steps, each where it first came: %s', (_, steps, values, keptSteps, keptValues) => {
    expect(thinSeries(steps, values, 10)).toEqual({ steps: keptSteps, values: keptValues });
  });

  it('keeps every point in step order without a stride', () => {
    expect(thinSeries([], [], 0)).toEqual({ steps: [], values: [] });
    expect(thinSeries([1, 2], [1, Infinity], 0)).toEqual({ steps: [1, 2], values: [1, null] });
    expect(thinSeries([3, 1, 2], [30, NaN, 20], 0)).toEqual({ steps: [1, 2, 3], values: [null, 20, 30] });
  });
});

describe('bucketStride', () => {
  it.each<[string, number, number, number, number]>([
    ['one step', 7, 7, 2, 1],
    ['as many steps as buckets', 0, 9, 10, 1],
    ['one step more', 0, 10, 10, 2],
    ['steps that lie across one bucket more than their number says', 1, 20, 10, 3],
    ['nearly as many chunks as buckets, in steps', 0, 10 * CHUNK_STEPS - CHUNK_STEPS - 1, 10, 231],
    ['as many chunks as buckets, in chunks', 0, 10 * CHUNK_STEPS - 1, 10, CHUNK_STEPS],
    ['a chunk more, in two chunks each', 0, 10 * CHUNK_STEPS, 10, 2 * CHUNK_STEPS],
    ['999 chunks, in steps, on a screen that is wider', 0, 999 * CHUNK_STEPS - 1, 10_000, 26],
    ['1,000 chunks, in chunks, though the screen is wider', 0, 1_000 * CHUNK_STEPS - 1, 10_000, CHUNK_STEPS],
  ])('is wide enough for %s', (_, from, to, width, stride) => {
    expect(bucketStride(from, to, width)).toBe(stride);
  });

  it('never makes more buckets than asked for, and whole chunks of a long range', () => {
    fc.assert(
      fc.property(fc.nat(MAX_STEP), fc.nat(MAX_STEP), fc.integer({ min: 2, max: 10_000 }), (a, b, width) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const stride = bucketStride(from, to, width);
        const chunks = Math.floor(to / CHUNK_STEPS) - Math.floor(from / CHUNK_STEPS) + 1;
        const unit = chunks >= Math.min(width, 1_000) ? CHUNK_STEPS : 1;
        expect(Math.floor(to / stride) - Math.floor(from / stride) + 1).toBeLessThanOrEqual(width);
        expect(stride % unit).toBe(0);
        // Not coarser than about twice what the width allows, so that a screen is filled.
        expect(stride).toBeLessThanOrEqual(2 * Math.ceil((to - from + 1) / width) + 2 * unit);
      }),
    );
  });
});
