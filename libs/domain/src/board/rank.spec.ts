import fc from 'fast-check';
import { compareRank, evenRanks, hasRoomBetween, isRank, RANK_MAX_LENGTH, rankBetween, ranksBetween } from './rank.ts';

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
        expect(ranks.every((rank, i) => i === 0 || bytes(ranks[i - 1]!, rank) < 0)).toBe(true);
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

  it('is bearable up to its longest, and no longer', () => {
    expect(RANK_MAX_LENGTH).toBe(48);
    // Between these two only a longer rank fits: by one character each.
    const room = (length: number): boolean => hasRoomBetween('a0', `a0${'0'.repeat(length - 3)}1`);
    const lengthOf = (length: number): number => rankBetween('a0', `a0${'0'.repeat(length - 3)}1`).length;
    const longest = Array.from({ length: 60 }, (_, i) => i + 4).filter((length) => lengthOf(length) === RANK_MAX_LENGTH);
    expect(longest.length).toBeGreaterThan(0);
    for (const length of longest) expect(room(length)).toBe(true);
    const over = Array.from({ length: 60 }, (_, i) => i + 4).filter((length) => lengthOf(length) === RANK_MAX_LENGTH + 1);
    expect(over.length).toBeGreaterThan(0);
    for (const length of over) expect(room(length)).toBe(false);
  });

  it('has room for many only where all of them are bearable', () => {
    const close = `a0${'0'.repeat(45)}2`;
    expect(close).toHaveLength(RANK_MAX_LENGTH);
    expect([hasRoomBetween('a0', close), hasRoomBetween('a0', close, 2)]).toEqual([true, false]);
    expect(hasRoomBetween('a0', 'a1', 1_000)).toBe(true);
  });

  it('evens out between two that stay, with room beside each, or asks for more neighbours', () => {
    expect(evenRanks(null, null, 100_000)!.every((rank) => rank.length <= 5)).toBe(true);
    const even = evenRanks('a0', 'a1', 200)!;
    expect(['a0', ...even, 'a1']).toEqual([...new Set(['a0', ...even, 'a1'])].toSorted());
    for (const [i, rank] of even.entries()) expect(hasRoomBetween(rank, even[i + 1] ?? 'a1', 1_000)).toBe(true);
    expect(evenRanks('a0', `a0${'0'.repeat(30)}1`, 3)).toBeNull();
    expect(evenRanks('a0', 'a0', 1)).toBeNull();
  });

  it('takes from others what can be reached by moving, and beside which there is room', () => {
    const taken = ['a0', 'Zz', 'a0V', `a0${'0'.repeat(45)}1`, 'i000000000', 'R000000000'];
    for (const text of taken) {
      expect([text, isRank(text)]).toEqual([text, true]);
      expect(hasRoomBetween(text, null) && hasRoomBetween(null, text)).toBe(true);
    }
    const far = ['z'.repeat(27), `A${'0'.repeat(25)}1`, `j${'0'.repeat(10)}`, `Q${'0'.repeat(10)}`];
    const odd = ['', 'a', 'a00', 'a-', 'a0-', 'a一', 'no rank', `a0${'0'.repeat(46)}1`];
    for (const text of [...far, ...odd]) expect([text, isRank(text)]).toEqual([text, false]);
  });

  it('has no room between neighbours that are the wrong way round, and room at either end', () => {
    expect(hasRoomBetween('a1', 'a0')).toBe(false);
    expect(hasRoomBetween('a0', 'a1')).toBe(true);
    expect(hasRoomBetween('a0', null)).toBe(true);
    expect(hasRoomBetween(null, 'a0')).toBe(true);
  });

  it('makes as many as asked for, in order, between what is named', () => {
    expect(ranksBetween('a0', 'a1', 0)).toEqual([]);
    expect(ranksBetween(null, 'a0', 1).every((rank) => rank < 'a0')).toBe(true);
    expect(ranksBetween('a0', null, 3).every((rank) => rank > 'a0')).toBe(true);
    expect(rankBetween(null, null)).toBe('a0');
  });

  it.each([
    [{ rank: 'a0', id: '2' }, { rank: 'a1', id: '1' }, -1],
    [{ rank: 'a1', id: '1' }, { rank: 'a0', id: '2' }, 1],
    [{ rank: 'a0', id: '1' }, { rank: 'a0', id: '2' }, -1],
    [{ rank: 'a0', id: '2' }, { rank: 'a0', id: '1' }, 1],
    [{ rank: 'a0', id: '1' }, { rank: 'a0', id: '1' }, 0],
    [{ rank: 'Z', id: '1' }, { rank: 'a', id: '1' }, -1],
  ])('orders %j before %j: %i', (a, b, expected) => {
    expect(compareRank(a, b)).toBe(expected);
  });

  it('breaks ties by id', () => {
    expect(
      [
        { rank: 'a0', id: '2' },
        { rank: 'a0', id: '1' },
      ]
        .toSorted(compareRank)
        .map((t) => t.id),
    ).toEqual(['1', '2']);
  });
});
