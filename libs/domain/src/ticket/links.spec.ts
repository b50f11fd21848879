import fc from 'fast-check';
import { LINK_SIDES, linkOf, otherSideOf, ringClosedBy, sideOf, unfinished } from './links.ts';

const edges = (...pairs: string[]) => pairs.map((pair) => ({ fromId: pair[0] as string, toId: pair[1] as string }));

describe('a link', () => {
  it.each(LINK_SIDES)('that is %s is one for both of its tickets', (side) => {
    const link = linkOf('a', side, 'b');
    expect(linkOf('b', otherSideOf(side), 'a')).toEqual(link);
    expect([sideOf(link, 'a'), sideOf(link, 'b')]).toEqual([side, otherSideOf(side)]);
  });

  it('blocks from the one that has to be done first', () => {
    expect(linkOf('a', 'BLOCKED_BY', 'b')).toEqual({ fromId: 'b', toId: 'a', kind: 'BLOCKS' });
  });
});

describe('a ring', () => {
  it.each([
    ['ab', [], null],
    ['ab', ['ba'], 'aba'],
    ['aa', [], 'aa'],
    ['ab', ['bc', 'ca'], 'abca'],
    ['ab', ['bc', 'bd', 'dc', 'ce'], null],
    ['ab', ['bx', 'xy', 'ya', 'bz', 'za'], 'abza'],
  ])('that %s closes among %j is %s', (edge, among, ring) => {
    expect(ringClosedBy(edges(edge)[0]!, edges(...among))?.join('') ?? null).toBe(ring);
  });

  it('is found exactly where one could walk from the end of the edge to its beginning', () => {
    const node = fc.constantFrom(...'abcdef');
    const edge = fc.record({ fromId: node, toId: node });
    fc.assert(
      fc.property(edge, fc.array(edge, { maxLength: 14 }), (added, among) => {
        const reached = new Set([added.toId]);
        for (let round = 0; round < 6; round++) for (const { fromId, toId } of among) if (reached.has(fromId)) reached.add(toId);
        const ring = ringClosedBy(added, among);
        expect(ring !== null).toBe(reached.has(added.fromId));
        if (ring === null) return;
        expect([ring[0], ring[1], ring.at(-1)]).toEqual([added.fromId, added.toId, added.fromId]);
        for (const [i, fromId] of ring.slice(1, -1).entries()) expect(among).toContainEqual({ fromId, toId: ring[i + 2] });
      }),
    );
  });
});

it('stands in the way until it is done, or dropped', () => {
  const blockers = [{ resolution: null }, { resolution: 'DONE' as const }, { resolution: 'CANCELLED' as const }];
  expect(unfinished(blockers)).toEqual([{ resolution: null }]);
});
