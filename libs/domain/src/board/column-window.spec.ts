import fc from 'fast-check';
import {
  EMPTY_WINDOW,
  entryAt,
  entryOf,
  holesWithin,
  insertCard,
  mergeWindow,
  neighbourBefore,
  removeCard,
  replay,
  windowOfPage,
  type CardPlace,
  type ColumnChange,
  type ColumnWindow,
} from './column-window.ts';
import { compareRank, rankBetween, ranksBetween } from './rank.ts';

const column = (count: number): CardPlace[] => ranksBetween(null, null, count).map((rank, i) => ({ id: `t${i}`, rank }));
const page = (cards: CardPlace[], offset: number, limit: number) => windowOfPage({ offset, total: cards.length, cards: cards.slice(offset, offset + limit) });

/** Every loaded card stands where the full column has it. */
function expectTrue(window: ColumnWindow, full: CardPlace[]): void {
  const said = { total: window.total, cards: window.entries.map(({ id, rank, index }) => `${index} ${id} ${rank}`) };
  const loaded = [...new Set(window.entries.map(({ index }) => index))].toSorted((a, b) => a - b);
  expect(said).toEqual({ total: full.length, cards: loaded.map((index) => `${index} ${full[index]?.id} ${full[index]?.rank}`) });
}

/** The whole column, to check the window against: it answers what the server would. */
class FullColumn {
  cards: CardPlace[];
  private made = 0;
  constructor(count: number) {
    this.cards = column(count);
  }
  enter(at: number): ColumnChange {
    const index = at % (this.cards.length + 1);
    const card = { id: `n${this.made++}`, rank: rankBetween(this.cards[index - 1]?.rank ?? null, this.cards[index]?.rank ?? null) };
    this.cards.splice(index, 0, card);
    return { type: 'IN', card };
  }
  leave(at: number): ColumnChange[] {
    const [card] = this.cards.splice(at % Math.max(1, this.cards.length), 1);
    return card ? [{ type: 'OUT', card }] : [];
  }
  move(from: number, to: number): ColumnChange[] {
    const out = this.leave(from);
    const card = out[0]?.card;
    if (!card) return [];
    const index = to % (this.cards.length + 1);
    const moved = { id: card.id, rank: rankBetween(this.cards[index - 1]?.rank ?? null, this.cards[index]?.rank ?? null) };
    this.cards.splice(index, 0, moved);
    return [...out, { type: 'IN', card: moved }];
  }
}

const change = fc.oneof(
  fc.record({ do: fc.constant('enter' as const), a: fc.nat(200), b: fc.constant(0) }),
  fc.record({ do: fc.constant('leave' as const), a: fc.nat(200), b: fc.constant(0) }),
  fc.record({ do: fc.constant('move' as const), a: fc.nat(200), b: fc.nat(200) }),
);
const step = fc.oneof(change, fc.record({ do: fc.constant('load' as const), a: fc.nat(200), b: fc.integer({ min: 1, max: 15 }) }));

function happen(full: FullColumn, what: { do: 'enter' | 'leave' | 'move'; a: number; b: number }): ColumnChange[] {
  if (what.do === 'enter') return [full.enter(what.a)];
  return what.do === 'leave' ? full.leave(what.a) : full.move(what.a, what.b);
}

describe('column window', () => {
  it('stays true to the column whatever enters, leaves, moves and is loaded', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.array(step, { maxLength: 60 }), (count, steps) => {
        const full = new FullColumn(count);
        let window = page(full.cards, 0, 10);
        for (const what of steps) {
          if (what.do === 'load') {
            window = mergeWindow(window, page(full.cards, what.a % Math.max(1, full.cards.length), what.b));
          } else {
            const after = replay(window, happen(full, what));
            expect(after).not.toBeNull();
            window = after!;
          }
          expectTrue(window, full.cards);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('brings a page read earlier up to now by replaying what happened since', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), fc.array(change, { maxLength: 30 }), (count, at, steps) => {
        const full = new FullColumn(count);
        const window = page(full.cards, 0, 10);
        const late = page(full.cards, at % count, 12);
        const changes = steps.flatMap((what) => happen(full, what));
        const now = mergeWindow(replay(window, changes)!, replay(late, changes)!);
        expectTrue(now, full.cards);
      }),
    );
  });

  it('gives a card an index where its neighbours are loaded, and only widens the hole elsewhere', () => {
    const cards = column(10);
    const window = mergeWindow(page(cards, 0, 2), page(cards, 6, 2));
    const between = insertCard(window, { id: 'x', rank: rankBetween(cards[0]!.rank, cards[1]!.rank) });
    expect(entryOf(between, 'x')?.index).toBe(1);
    expect(entryOf(between, 't6')?.index).toBe(7);
    const hidden = insertCard(window, { id: 'x', rank: rankBetween(cards[3]!.rank, cards[4]!.rank) });
    expect(entryOf(hidden, 'x')).toBeUndefined();
    expect(entryOf(hidden, 't6')?.index).toBe(7);
    expect(hidden.total).toBe(11);
  });

  it('hears of the same entrance twice and counts it once', () => {
    const cards = column(3);
    const card = { id: 'x', rank: rankBetween(cards[2]!.rank, null) };
    const once = insertCard(page(cards, 0, 3), card);
    expect(insertCard(once, card)).toBe(once);
  });

  it('says so when a card goes out that the column could not have held, whatever happened after', () => {
    const cards = column(3);
    const x = { id: 'x', rank: rankBetween(cards[0]!.rank, cards[1]!.rank) };
    expect(removeCard(page(cards, 0, 3), x)).toBeNull();
    expect(
      replay(page(cards, 0, 3), [
        { type: 'OUT', card: x },
        { type: 'IN', card: x },
      ]),
    ).toBeNull();
  });

  it('begins with nothing, and takes in the first card', () => {
    expect(EMPTY_WINDOW).toEqual({ total: 0, entries: [] });
    expect(insertCard(EMPTY_WINDOW, { id: 'x', rank: 'a0' })).toEqual({ total: 1, entries: [{ id: 'x', rank: 'a0', index: 0 }] });
  });

  it('moves a card that it hears of at another rank, and counts it once', () => {
    const cards = column(4);
    const down = insertCard(page(cards, 0, 4), { id: 't0', rank: rankBetween(cards[2]!.rank, cards[3]!.rank) });
    expect([down.total, ...down.entries.map(({ id, index }) => `${id}@${index}`)]).toEqual([4, 't1@0', 't2@1', 't0@2', 't3@3']);
  });

  // Each is in the way of a page that holds card 2 alone, and neither says the same as it.
  it.each<[string, { id: string; rank: string; index: number }]>([
    ['lies above the page with a rank from below it', { id: 'x', rank: 'a3', index: 1 }],
    ['lies below the page with a rank from above it', { id: 'x', rank: 'a1', index: 3 }],
    ['lies at its place', { id: 'x', rank: 'a3', index: 2 }],
    ['lies at its place, with a rank from above it', { id: 'x', rank: 'a1', index: 2 }],
  ])('forgets a card that %s', (_, entry) => {
    const read = windowOfPage({ offset: 2, total: 9, cards: [{ id: 't2', rank: 'a2' }] });
    expect(mergeWindow({ total: 9, entries: [entry] }, read)).toEqual(read);
  });

  it('believes the server where a page contradicts it', () => {
    const cards = column(6);
    const window = page(cards, 0, 6);
    expect(mergeWindow(window, page(cards.slice(0, 5), 0, 2)).entries).toHaveLength(2);
    const swapped = [cards[0]!, cards[1]!, { id: 't5', rank: cards[2]!.rank }, ...cards.slice(3, 5), { id: 't2', rank: cards[5]!.rank }];
    const merged = mergeWindow(window, page(swapped, 2, 1));
    expect(merged.entries.map((entry) => entry.id)).toEqual(['t0', 't1', 't5', 't3', 't4']);
  });

  it('lists the holes of a range in pages', () => {
    const cards = column(120);
    const window = mergeWindow(page(cards, 0, 20), page(cards, 40, 10));
    expect(holesWithin(window, 10, 60, 50)).toEqual([
      { offset: 20, limit: 20 },
      { offset: 50, limit: 10 },
    ]);
    expect(holesWithin(window, 60, 500, 50)).toEqual([
      { offset: 60, limit: 50 },
      { offset: 110, limit: 10 },
    ]);
    expect(holesWithin(window, 0, 20, 50)).toEqual([]);
    expect(entryAt(window, 45)?.id).toBe('t45');
    expect(entryAt(window, 55)).toBeUndefined();
  });

  it('names the neighbour a card had, unless that lies in a hole', () => {
    const cards = column(10);
    const window = mergeWindow(page(cards, 0, 3), page(cards, 6, 2));
    const [t0, t1, t2] = cards as [CardPlace, CardPlace, CardPlace];
    expect(neighbourBefore(window, t0)).toBeNull();
    expect(neighbourBefore(window, t1)?.id).toBe('t0');
    const gone = removeCard(window, t1)!;
    expect(neighbourBefore(gone, t1)?.id).toBe('t0');
    expect(neighbourBefore(window, { id: 'x', rank: rankBetween(t2.rank, cards[6]!.rank) })).toBeUndefined();
    expect(neighbourBefore(page(cards, 8, 2), { id: 'x', rank: rankBetween(null, cards[8]!.rank) })).toBeUndefined();
  });

  it('orders equal ranks by id, as the server does', () => {
    const tie = [
      { id: 'a', rank: 'a1' },
      { id: 'b', rank: 'a1' },
    ];
    expect(compareRank(tie[0]!, tie[1]!)).toBeLessThan(0);
    expect(insertCard(windowOfPage({ offset: 0, total: 1, cards: [tie[1]!] }), tie[0]!).entries.map((entry) => entry.id)).toEqual(['a', 'b']);
  });
});

describe('a hole of a window', () => {
  const cards = column(10);
  /** Cards 0, 1, 5, 6 of ten: holes before 5 and behind 6. */
  const window = mergeWindow(page(cards, 0, 2), page(cards, 5, 2));
  const at = (index: number): CardPlace => cards[index]!;
  const between = (low: number, high: number): CardPlace => ({ id: 'x', rank: rankBetween(at(low).rank, at(high).rank) });

  it('holds no card, whatever lies at its sides', () => {
    expect(Array.from({ length: 11 }, (_, i) => entryAt(window, i)?.id)).toEqual([
      't0',
      't1',
      undefined,
      undefined,
      undefined,
      't5',
      't6',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(entryAt(window, -1)).toBeUndefined();
  });

  it.each<[string, number, number, number, { offset: number; limit: number }[]]>([
    ['nothing of it', 0, 2, 5, []],
    ['a part of it', 1, 4, 5, [{ offset: 2, limit: 2 }]],
    [
      'all of it, in pages',
      0,
      10,
      2,
      [
        { offset: 2, limit: 2 },
        { offset: 4, limit: 1 },
        { offset: 7, limit: 2 },
        { offset: 9, limit: 1 },
      ],
    ],
    ['all of it, in pages that fill it exactly', 2, 5, 3, [{ offset: 2, limit: 3 }]],
    ['no more than the column has', 8, 99, 50, [{ offset: 8, limit: 2 }]],
    ['from before its beginning', -5, 3, 50, [{ offset: 2, limit: 1 }]],
    ['nothing where nothing is seen', 3, 3, 50, []],
  ])('is asked for where it is seen: %s', (_, from, to, size, holes) => {
    expect(holesWithin(window, from, to, size)).toEqual(holes);
  });

  it('names no neighbour: only a card whose next one is known has a place behind it', () => {
    const neighbours = {
      top: neighbourBefore(window, { id: 'x', rank: rankBetween(null, at(0).rank) }),
      adjoining: neighbourBefore(window, between(0, 1))?.id,
      hole: neighbourBefore(window, between(1, 2)),
      behindAll: neighbourBefore(window, { id: 'x', rank: rankBetween(at(9).rank, null) }),
    };
    expect(neighbours).toEqual({ top: null, adjoining: 't0', hole: undefined, behindAll: undefined });
    // The place that it leaves itself is no hole; what adjoins that on the other side may be one.
    expect(neighbourBefore(page(cards, 3, 3), at(4))?.id).toBe('t3');
    expect(neighbourBefore(window, at(0))).toBeNull();
    expect([at(1), at(5), at(6)].map((card) => neighbourBefore(window, card))).toEqual([undefined, undefined, undefined]);
    expect(neighbourBefore(page(cards, 3, 3), { id: 'x', rank: rankBetween(null, at(0).rank) })).toBeUndefined();
    expect(neighbourBefore(page(cards, 8, 2), { id: 'x', rank: rankBetween(at(9).rank, null) })?.id).toBe('t9');
  });

  it('takes in and gives up cards nobody saw, and shifts exactly what lies behind it', () => {
    const more = insertCard(window, between(2, 3));
    expect([more.total, entryOf(more, 'x'), entryOf(more, 't1')?.index, entryOf(more, 't5')?.index]).toEqual([11, undefined, 1, 6]);
    const less = removeCard(window, at(3))!;
    expect([less.total, entryOf(less, 't1')?.index, entryOf(less, 't5')?.index, entryOf(less, 't6')?.index]).toEqual([9, 1, 4, 5]);
    expect(removeCard(window, between(0, 1))).toBeNull();
    expect(replay(window, [{ type: 'OUT', card: between(0, 1) }])).toBeNull();
  });

  it('is filled by what the server read, which is right where the two disagree', () => {
    const filled = mergeWindow(window, page(cards, 2, 3));
    expect(filled.entries.map(({ id }) => id)).toEqual(['t0', 't1', 't2', 't3', 't4', 't5', 't6']);
    const other = windowOfPage({ offset: 0, total: 7, cards: cards.slice(0, 2) });
    expect(mergeWindow(window, other)).toBe(other);
    expect(mergeWindow(window, { total: 10, entries: [] })).toBe(window);
    // A card that the server has elsewhere is not kept where it was.
    const moved = windowOfPage({ offset: 7, total: 10, cards: [{ id: 't0', rank: at(7).rank }] });
    expect(mergeWindow(window, moved).entries.map(({ id, index }) => `${id}@${index}`)).toEqual(['t1@1', 't5@5', 't6@6', 't0@7']);
  });
});
