import { bothChanges, changedLabels, labelChange } from './label-change.ts';

describe('a change of labels', () => {
  it('leaves alone what somebody else did meanwhile', () => {
    const mine = labelChange(['a', 'b'], ['b', 'c']);
    expect(mine).toEqual({ added: ['c'], removed: ['a'] });
    expect(changedLabels(['a', 'b', 'of Bo'], mine)).toEqual(['b', 'of Bo', 'c']);
    expect(changedLabels([], mine)).toEqual(['c']);
    expect(changedLabels(['c'], mine)).toEqual(['c']);
  });

  it.each([
    [['a'], ['a', 'b'], ['a', 'b', 'c']],
    [['a'], [], ['a']],
    [['a'], ['a', 'b'], ['a']],
    [['a', 'b'], ['b'], ['b', 'a']],
  ])('made in two steps (%j, %j, %j) is both', (before, between, after) => {
    const both = bothChanges(labelChange(before, between), labelChange(between, after));
    expect(changedLabels(before, both).toSorted()).toEqual(after.toSorted());
  });
});
