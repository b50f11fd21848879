import { isLonePoint } from './lone-point.ts';

it.each([
  ['the only one of its chart', [0.5], true],
  ['among the steps of longer series', [null, undefined, 0.5, null], true],
  ['beside what is no number', [Number.NaN, 0.5, Number.POSITIVE_INFINITY], true],
  ['none', [null, Number.NaN], false],
  ['two', [0.5, null, 0.4], false],
])('marks a point that no line leads to: %s', (_, values, isLone) => {
  expect(isLonePoint(values)).toBe(isLone);
});
