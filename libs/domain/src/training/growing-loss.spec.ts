import { lossTrouble } from './growing-loss.ts';

const of = (...parts: (number | null)[][]) => {
  const values = parts.flat();
  return { steps: values.map((_, i) => (i + 1) * 10), values };
};
const level = (value: number, count: number): number[] => Array.from({ length: count }, () => value);
const falling = (count: number): number[] => Array.from({ length: count }, (_, i) => 2.3 / (1 + i / 20));
/** As the loss of a batch strays, the same each time. */
const noisy = (values: readonly number[], by: number): number[] => values.map((value, i) => value * (1 + by * Math.sin(i * 12.9898)));

it.each<[string, ReturnType<typeof of>]>([
  ['nothing', of()],
  ['a loss that falls', of(falling(400))],
  ['a loss that falls and strays', of(noisy(falling(400), 0.6))],
  ['a loss that stays where it is', of(noisy(level(2.3, 200), 0.2))],
  ['one bad batch', of(falling(200), [30], level(0.2, 40))],
  ['a beginning that rises', of(level(1, 5), level(9, 25))],
  ['a loss of next to nothing that doubles', of(falling(200), level(0.001, 100), level(0.01, 100))],
])('nothing is said of %s', (_, points) => expect(lossTrouble(points)).toBeNull());

it('is said of a loss that grows, with where it was lowest', () => {
  const trouble = lossTrouble(of(falling(100), level(0.4, 20), level(3, 60)));
  expect(trouble).toMatchObject({ kind: 'GROWING', to: expect.closeTo(3, 0) });
  if (trouble?.kind !== 'GROWING') throw new Error('it grows');
  expect(trouble.since).toBeGreaterThan(1_000);
  expect(trouble.since).toBeLessThanOrEqual(1_210);
  expect(trouble.from).toBeLessThan(0.6);
});

it('is said once it has doubled, and stays said until it is well below: it does not flicker', () => {
  const before = [...falling(100), ...level(0.4, 60)];
  const said = (after: number[]): boolean => lossTrouble(of(before, after)) !== null;
  expect(said(level(0.7, 60))).toBe(false);
  expect(said(level(1, 60))).toBe(true);
  // between the two it stays as it was
  expect(said([...level(1, 60), ...level(0.7, 60)])).toBe(true);
  expect(said([...level(1, 60), ...level(0.45, 80)])).toBe(false);
  // and grows anew
  expect(said([...level(1, 60), ...level(0.45, 80), ...level(2, 40)])).toBe(true);
});

it('is said of what is no number, until it is one again', () => {
  expect(lossTrouble(of(falling(5), [null]))).toEqual({ kind: 'NOT_A_NUMBER' });
  expect(lossTrouble(of(falling(100), [Number.NaN]))).toEqual({ kind: 'NOT_A_NUMBER' });
  expect(lossTrouble(of(falling(100), [Number.POSITIVE_INFINITY]))).toEqual({ kind: 'NOT_A_NUMBER' });
  expect(lossTrouble(of(falling(100), [null], level(0.4, 10)))).toBeNull();
});
