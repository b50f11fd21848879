import { Curves } from '../curves.ts';
import { alignLines, comparedCurves, type ComparedLine } from './compared-curves.ts';
import { clockOf, type TimedRun } from './run-clock.ts';
import { smooth } from './smooth.ts';

const curvesOf = (steps: readonly number[], values: readonly (number | null)[] = steps): Curves => {
  const curves = new Curves();
  curves.append([{ series: 'LOSS', steps, values }]);
  return curves;
};
const line = (curves: Curves, over: Partial<ComparedLine> = {}): ComparedLine => ({
  curves,
  clock: () => (step) => step,
  part: () => undefined,
  onPart: () => () => undefined,
  ...over,
});
const AS_IT_IS = { smoothing: 0, log: false };
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('curves of several runs over each other', () => {
  it('share their x, follow all runs, and lie where the clock of each says', () => {
    const [a, b] = [curvesOf([1, 2], [10, 20]), curvesOf([2, 4], [0.2, 0.4])];
    const source = comparedCurves([line(a), line(b, { clock: () => (step) => step / 2 })], 'LOSS', AS_IT_IS);
    expect(source.read(null, 100)).toEqual({
      x: [1, 2],
      y: [
        [10, 20],
        [0.2, 0.4],
      ],
    });
    let told = 0;
    const end = source.subscribe(() => (told += 1));
    b.append([{ series: 'LOSS', steps: [6], values: [0.6] }]);
    expect(told).toBe(1);
    end();
    b.append([{ series: 'LOSS', steps: [8], values: [0.8] }]);
    expect(told).toBe(1);
    // the other one has ended before
    expect(source.read({ from: 3, to: 3.5 }, 100)).toEqual({
      x: [2, 3, 4],
      y: [
        [null, null, null],
        [0.4, 0.6, 0.8],
      ],
    });
  });

  it('keep a bucket a pixel where there are more points, with its extremes', () => {
    const steps = upTo(10_000);
    const spiked = steps.map((step) => (step === 5_000 ? 99 : 1));
    const { x, y } = comparedCurves([line(curvesOf(steps, spiked)), line(curvesOf(steps))], 'LOSS', AS_IT_IS).read(null, 100);
    // two a pixel, and the ends of the axis
    expect(x).toHaveLength(202);
    expect(x).toEqual(x.toSorted((one, other) => one - other));
    expect(y[0]).toContain(99);
    expect(Math.max(...(y[1] ?? []).map(Number))).toBe(10_000);
  });

  it('are finer where a part of them was read, and go on before and behind it', () => {
    const curves = curvesOf([10, 20, 30, 40]);
    const part = { steps: [18, 19, 20, 21], values: [1, null, 3, 4] };
    const { x, y } = comparedCurves([line(curves, { part: () => part })], 'LOSS', AS_IT_IS).read(null, 100);
    expect(x).toEqual([10, 18, 20, 21, 30, 40]);
    expect(y[0]).toEqual([10, 1, 3, 4, 30, 40]);
  });

  it('stand twice where they are smoothed, and only above 0 on a logarithmic axis', () => {
    const source = comparedCurves([line(curvesOf([1, 2, 3], [1, -1, 4]))], 'LOSS', { smoothing: 0.9, log: true });
    const { y } = source.read(null, 100);
    expect(y).toHaveLength(2);
    expect(y[0]).toEqual([1, 4]);
    expect(y[1]?.every((value) => value === null || value > 0)).toBe(true);
  });

  it('begin and end together, whichever series they show', () => {
    const curves = curvesOf([1, 100]);
    curves.append([{ series: 'VAL_LOSS', steps: [50], values: [7] }]);
    expect(comparedCurves([line(curves)], 'VAL_LOSS', AS_IT_IS).read(null, 100)).toEqual({ x: [1, 50, 100], y: [[null, 7, null]] });
  });

  it('are 20 of 20,000 points in the width of the picture', () => {
    const lines = Array.from({ length: 20 }, () => ({ x: upTo(20_000), y: upTo(20_000) }));
    const { x } = alignLines(lines, null, 800);
    expect(x).toHaveLength(1_600);
  });
});

describe('smoothing', () => {
  it('leaves a level line level, and the first point where it is', () => {
    expect(smooth([1, 2, 3], [5, 5, 5], 0.9)).toEqual([5, 5, 5]);
    expect(smooth([1, 2, 3], [5, 1, 1], 0.99)[0]).toBe(5);
    expect(smooth([1, 2, 3], [5, 1, 1], 0)).toEqual([5, 1, 1]);
  });

  it('says the same however finely a line was read', () => {
    const fine = upTo(2_000);
    const coarse = fine.filter((x) => x % 4 === 0);
    const value = (x: number): number => Math.sin(x / 300) * 10;
    const of = (x: number[]): number => smooth(x, x.map(value), 0.9).at(-1) ?? 0;
    expect(of(coarse)).toBeCloseTo(of(fine), 0);
  });

  it('is not spoilt by what is no number', () => {
    expect(smooth([1, 2, 3, 4], [5, Number.NaN, Number.POSITIVE_INFINITY, 5], 0.9).at(-1)).toBe(5);
  });
});

describe('the clock of a run', () => {
  const run: TimedRun = {
    parameters: { batchSize: 10 },
    card: { step: 200, totalSteps: 400, totalEpochs: 4, elapsedMs: 60_000 },
    attempt: { startedAt: '2026-11-22T04:00:00Z', endedAt: null },
  };
  const speeds = new Curves();
  // the second half goes at half the speed
  speeds.append([{ series: 'SAMPLES_PER_SECOND', steps: [100, 200], values: [50, 25] }]);

  it.each([
    ['STEP', run, 100, 100],
    ['EPOCH', run, 100, 1],
    ['RELATIVE', run, 100, 20],
    ['RELATIVE', run, 150, 40],
    ['RELATIVE', run, 200, 60],
    ['WALL', run, 100, Date.parse('2026-11-22T04:00:20Z') / 1_000],
    // before the first step it took ten seconds to begin
    ['WALL', { ...run, attempt: { startedAt: '2026-11-22T04:00:00Z', endedAt: '2026-11-22T04:01:10Z' } }, 200, Date.parse('2026-11-22T04:01:10Z') / 1_000],
    ['EPOCH', { ...run, card: { ...run.card, totalSteps: 0 } }, 7, 7],
  ] as const)('by %s', (axis, of, step, expected) => expect(clockOf(axis, of, speeds)(step)).toBeCloseTo(expected, 6));

  it('goes evenly where no speed was reported', () => expect(clockOf('RELATIVE', run, new Curves())(100)).toBe(30));

  it('only rises', () => {
    const clock = clockOf('RELATIVE', run, speeds);
    const times = upTo(400).map(clock);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});
