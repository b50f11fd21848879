import type { ApolloClient } from '@apollo/client';
import { BacklogLists, PAGE, SectionList } from './backlog-lists.ts';
import { inOrderOfBefore } from './backlog-moves.ts';

const ids = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => `t${from + i}`);

describe('a section that is read in pages', () => {
  it('knows its places before it has read them, and closes up where one leaves', () => {
    const list = new SectionList('');
    list.take(0, ids(0, PAGE), 250);
    list.take(2, ids(200, 50), 250);
    expect([list.ids.length, list.ids[99], list.ids[100], list.ids[200], list.ids[249]]).toEqual([250, 't99', undefined, 't200', 't249']);
    expect([list.remove('t0'), list.remove('elsewhere')]).toEqual([true, false]);
    expect([list.total, list.ids[0], list.ids[199]]).toEqual([249, 't1', 't200']);
  });

  it('does not show one twice that has moved since, nor what is no more', () => {
    const list = new SectionList('');
    list.take(0, ids(0, PAGE), 150);
    list.take(1, ['t3', ...ids(100, 49)], 150);
    expect([list.ids[3], list.ids[100]]).toEqual([undefined, 't3']);
    list.take(0, ids(0, 2), 2);
    expect(list.ids).toEqual(['t0', 't1']);
  });
});

describe('what is moved', () => {
  const lists = (): BacklogLists => {
    const made = new BacklogLists({} as ApolloClient, 'project');
    made.open('sprint', 'a').take(0, ['a', 'b'], 2);
    made.open(null, 'b').take(0, ['c', 'd', 'e'], 3);
    return made;
  };
  const all = (of: BacklogLists): unknown[] => ['sprint', null].map((section) => of.list(section)?.ids);

  it('stands where it was put at once, in all sections, and back where it was', () => {
    const of = lists();
    const before = new Map(['d', 'a', 'e'].map((id) => [id, of.spotOf(id)!]));
    of.put([
      { id: 'd', to: { section: 'sprint', afterId: null } },
      { id: 'a', to: { section: 'sprint', afterId: 'd' } },
      { id: 'e', to: { section: 'sprint', afterId: 'a' } },
    ]);
    expect(all(of)).toEqual([['d', 'a', 'e', 'b'], ['c']]);
    expect([of.list('sprint')?.total, of.list(null)?.total]).toEqual([4, 1]);
    of.put(inOrderOfBefore(['d', 'a', 'e'], before).map((id) => ({ id, to: before.get(id)! })));
    expect(all(of)).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
  });

  it('goes back behind the one it stood behind, whichever is named first', () => {
    const before = new Map([
      ['a', { section: null, afterId: 'b' }],
      ['b', { section: null, afterId: 'c' }],
      ['c', { section: null, afterId: 'x' }],
    ]);
    expect(inOrderOfBefore(['a', 'b', 'c'], before)).toEqual(['c', 'b', 'a']);
  });
});
