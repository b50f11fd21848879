import fc from 'fast-check';
import { compareRank, hasRoomBetween, RANK_MAX_LENGTH, rankBetween, ranksBetween } from './rank.ts';

const bytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

describe('rank', () => {
  it('keeps any sequence of insertions in strict byte order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 200 }), (places) => {
        const ranks: string[] = [];
        for (const place of places) {
          const at = place % (ranks.length + 1);
          ranks.splice(at, 0, rankBetween(ranks[at - 1] ?? null, ranks[at] ?? null));
        }
        for (let i = 1; i < ranks.length; i++) expect(bytes(ranks[i - 1]!, ranks[i]!)).toBeLessThan(0);
      }),
    );
  });

  it('spreads many ranks between two neighbours', () => {
    const [low, high] = ranksBetween(null, null, 2) as [string, string];
    const between = ranksBetween(low, high, 500);
    expect([low, ...between, high]).toEqual([low, ...between, high].toSorted());
    expect(new Set(between).size).toBe(500);
  });

  it('has room until a gap was halved too often, and none between equals', () => {
    const [low, high] = ranksBetween(null, null, 2) as [string, string];
    let next = high;
    let drops = 0;
    while (hasRoomBetween(low, next)) {
      next = rankBetween(low, next);
      expect(next.length).toBeLessThanOrEqual(RANK_MAX_LENGTH);
      drops += 1;
    }
    expect(drops).toBeGreaterThan(200);
    expect(hasRoomBetween(low, low)).toBe(false);
    expect(hasRoomBetween(null, low)).toBe(true);
    expect(hasRoomBetween(null, null)).toBe(true);
  });

  it('breaks ties by id', () => {
    expect([{ rank: 'a0', id: '2' }, { rank: 'a0', id: '1' }].toSorted(compareRank).map((t) => t.id)).toEqual(['1', '2']);
  });
});
