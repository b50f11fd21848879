import { stageLayers, widthsOf } from './cumulative-chart.ts';

const names = { OPEN: 'To do', IN_PROGRESS: 'In progress', DONE: 'Done', OUT: 'Out' };

it('what lies between two lines is how many were at a stage', () => {
  expect(widthsOf([20, 12, 9, 2])).toEqual({ OPEN: 8, IN_PROGRESS: 3, DONE: 7, OUT: 2 });
});

it('the stages lie on each other without a gap, from what is out to what was made', () => {
  const { layers, base } = stageLayers([{ reached: [20, 12, 5, 2] }], names);
  expect(base).toBe(0);
  expect(layers.map((layer) => layer.kind === 'AREA' && [layer.low[0], layer.high[0]])).toEqual([
    [12, 20],
    [5, 12],
    [2, 5],
    [0, 2],
  ]);
});

it('an axis begins higher where most had ended before: what moves is seen, and its numbers stay', () => {
  const { layers, base } = stageLayers([{ reached: [10_400, 10_300, 10_250, 300] }, { reached: [10_500, 10_400, 10_380, 310] }], names);
  expect(base).toBe(10_000);
  expect(layers.every((layer) => layer.kind === 'AREA' && layer.low.every((low) => (low ?? 0) >= base))).toBe(true);
  expect(layers.find(({ key }) => key === 'DONE')?.values).toEqual([9_950, 10_070]);
});
