import { axisScale } from './plot-axis.ts';

const of = (...values: (number | string | null)[]) => axisScale({ values, format: String });
const texts = (...values: (number | string | null)[]): string[] => of(...values).ticks.map(({ text }) => text);

it('places numbers between the least and the most, and says few of them as they are', () => {
  const scale = of(32, 64, 128, null);
  expect([32, 80, 128].map((value) => scale.place(value))).toEqual([0.06, expect.closeTo(0.5, 6), expect.closeTo(0.94, 6)]);
  expect(scale.place(null)).toBeNull();
  expect(texts(32, 64, 128, 64)).toEqual(['32', '64', '128']);
});

it('takes equal factors for equal distances where numbers span several magnitudes', () => {
  const scale = of(0.0001, 0.1);
  expect(scale.place(Math.sqrt(0.0001 * 0.1))).toBeCloseTo(0.5, 6);
  expect(scale.place(0)).toBeNull();
  expect(texts(1, 2, 3, 5, 70, 1_000)).toEqual(['1', '10', '100', '1000']);
});

it('has round ticks where there are many numbers', () => expect(texts(0.91, 0.93, 0.94, 0.955, 0.96, 0.97)).toEqual(['0.92', '0.94', '0.96']));

it('places words in their order, and what is alone in the middle', () => {
  const scale = of('SGD', 'ADAM', null);
  expect(scale.place('ADAM')).toBe(0.06);
  expect(scale.place('MOMENTUM')).toBeNull();
  expect(of('ADAM').place('ADAM')).toBe(0.5);
  expect(of(7, 7).place(7)).toBe(0.5);
  expect(of(null, Number.NaN).ticks).toEqual([]);
});
