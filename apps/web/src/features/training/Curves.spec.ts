import { Curves, alignSteps, compareCurves } from './Curves.ts';

it('lines up series of different steps, null where one has no point', () => {
  expect(alignSteps([{ steps: [1, 2, 4], values: [10, 20, 40] }, { steps: [2, 3], values: [0.2, 0.3] }])).toEqual({
    x: [1, 2, 3, 4],
    y: [[10, 20, null, 40], [null, 0.2, 0.3, null]],
  });
  expect(alignSteps([])).toEqual({ x: [], y: [] });
});

it('tells charts of points, of a resume and of nothing', () => {
  const curves = new Curves();
  let told = 0;
  const end = curves.subscribe(() => (told += 1));
  curves.append([]);
  expect(told).toBe(0);
  curves.append([{ series: 'LOSS', steps: [1, 2, 3], values: [3, 2, null] }, { series: 'VAL_LOSS', steps: [2], values: [2.5] }]);
  curves.resumeFrom(1);
  expect(told).toBe(2);
  expect(curves.chart(['LOSS', 'VAL_LOSS']).read(null, 100)).toEqual({ x: [1], y: [[3], [null]] });
  end();
  curves.clear();
  expect(told).toBe(2);
});

it('puts one series of several runs into one chart and follows all of them', () => {
  const [a, b] = [new Curves(), new Curves()];
  const source = compareCurves([a, b], 'LOSS');
  let told = 0;
  const end = source.subscribe(() => (told += 1));
  a.append([{ series: 'LOSS', steps: [1], values: [1] }]);
  b.append([{ series: 'LOSS', steps: [2], values: [2] }]);
  expect(told).toBe(2);
  expect(source.read({ from: 0, to: 9 }, 100)).toEqual({ x: [1, 2], y: [[1, null], [null, 2]] });
  end();
});
