import { Curves, alignSteps } from './curves.ts';

it('lines up series of different steps, null where one has no point', () => {
  expect(
    alignSteps([
      { steps: [1, 2, 4], values: [10, 20, 40] },
      { steps: [2, 3], values: [0.2, 0.3] },
    ]),
  ).toEqual({
    x: [1, 2, 3, 4],
    y: [
      [10, 20, null, 40],
      [null, 0.2, 0.3, null],
    ],
  });
  expect(alignSteps([])).toEqual({ x: [], y: [] });
});

it('tells charts of points, of a resume and of nothing', () => {
  const curves = new Curves();
  let told = 0;
  const end = curves.subscribe(() => (told += 1));
  curves.append([]);
  expect(told).toBe(0);
  curves.append([
    { series: 'LOSS', steps: [1, 2, 3], values: [3, 2, null] },
    { series: 'VAL_LOSS', steps: [2], values: [2.5] },
  ]);
  curves.resumeFrom(1);
  expect(told).toBe(2);
  expect(curves.chart(['LOSS', 'VAL_LOSS']).read(null, 100)).toEqual({ x: [1], y: [[3], [null]] });
  end();
  curves.clear();
  expect(told).toBe(2);
});

it('draws twenty thousand points in the width of the picture, all lines at the same x, extremes kept', () => {
  const curves = new Curves();
  const steps = Array.from({ length: 20_000 }, (_, i) => i + 1);
  curves.append([
    { series: 'LOSS', steps, values: steps.map((step) => (step === 12_345 ? 99 : 1)) },
    { series: 'VAL_LOSS', steps: [10_000, 20_000], values: [3, 2] },
  ]);
  const { x, y } = curves.chart(['LOSS', 'VAL_LOSS']).read(null, 400);
  expect([x.length, y[0]?.length, y[1]?.length]).toEqual([800, 800, 800]);
  expect(x).toEqual([...x].sort((a, b) => a - b));
  expect(y[0]).toContain(99);
  expect(y[1]?.filter((value) => value !== null)).toEqual([3, 2]);
  expect(Math.abs((x[y[0]?.indexOf(99) ?? 0] ?? 0) - 12_345)).toBeLessThanOrEqual(20_000 / 400);
});
