import { compareCategories } from './compare-categories.ts';

it.each<[string, string[], string[]]>([
  ['numbers by size, before words', ['b', '10', '9', 'a', '-1'], ['-1', '9', '10', 'a', 'b']],
  ['a number written in several ways', ['1.0', '1', '01'], ['01', '1', '1.0']],
  ['capitals before small letters, as their codes are', ['a', 'B', 'A', 'b'], ['A', 'B', 'a', 'b']],
])('orders classes: %s', (_name, values, ordered) => {
  expect(values.toSorted(compareCategories)).toEqual(ordered);
  expect(values.toReversed().toSorted(compareCategories)).toEqual(ordered);
});
it('finds no order between a class and itself', () => {
  expect([compareCategories('a', 'a'), compareCategories('7', '7')]).toEqual([0, 0]);
});
