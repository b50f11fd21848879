import fc from 'fast-check';
import { dayFinder } from './days.ts';
import { histories, NEW, plainDays, spansOf } from './histories.fixture.ts';
import { nearestRank, percentilesOf } from './percentiles.ts';
import { byTicket, knownBefore, stageOf, staysIn, type TicketFacts } from './span.ts';

it.each<[Partial<TicketFacts>, string]>([
  [{}, 'OPEN'],
  [{ state: 'IN_PROGRESS' }, 'IN_PROGRESS'],
  [{ state: 'DONE', resolution: 'DONE' }, 'DONE'],
  [{ state: 'DONE', resolution: 'CANCELLED' }, 'OUT'],
  [{ state: 'DONE', resolution: 'DUPLICATE' }, 'OUT'],
  [{ state: 'DONE', resolution: 'DONE', deleted: true }, 'OUT'],
])('%j is at the stage %s', (facts, stage) => {
  expect(stageOf({ ...NEW, ...facts })).toBe(stage);
});

it('what was known is what held before the instant, open', () => {
  const spans = spansOf('a', [
    [10, {}],
    [20, { points: 1 }],
    [30, { points: 2 }],
  ]);
  const known = (at: number) => knownBefore(spans, at).map(({ from, to }) => `${from}-${to}`);
  expect(known(10)).toEqual([]);
  expect(known(20)).toEqual(['10-Infinity']);
  expect(known(21)).toEqual(['10-20', '20-Infinity']);
  expect(known(99)).toEqual(['10-20', '20-30', '30-Infinity']);
});

it('stays join what is alike and touches', () => {
  const spans = spansOf('a', [
    [0, {}],
    [5, { points: 3 }],
    [10, { state: 'IN_PROGRESS' }],
    [20, { state: 'OPEN' }],
  ]);
  expect(staysIn(spans, stageOf)).toEqual([
    { what: 'OPEN', from: 0, to: 10 },
    { what: 'IN_PROGRESS', from: 10, to: 20 },
    { what: 'OPEN', from: 20, to: Infinity },
  ]);
});

it('the spans of a ticket are told in order, whatever the order they come in', () => {
  fc.assert(
    fc.property(histories, (spans) => {
      for (const of of byTicket(spans.toReversed()).values()) for (const [index, span] of of.entries()) expect(span.to).toBe(of[index + 1]?.from ?? Infinity);
    }),
  );
});

describe('the day of an instant', () => {
  const days = plainDays(9);

  it('is the one that holds it', () => {
    const dayOf = dayFinder(days);
    for (let at = 0; at < 90; at += 1) expect(dayOf(at)).toBe(Math.floor(at / 10));
  });

  it.each([-1, 90])('at %i is none of these', (at) => {
    expect(() => dayFinder(days)(at)).toThrow(RangeError);
    expect(() => dayFinder([])(at)).toThrow(RangeError);
  });
});

describe('percentiles', () => {
  it.each<[values: number[], share: number, value: number]>([
    [[1, 2, 3, 4], 0.5, 2],
    [[1, 2, 3, 4, 5], 0.5, 3],
    [[7], 0.95, 7],
    [Array.from({ length: 20 }, (_, index) => index + 1), 0.85, 17],
    [Array.from({ length: 20 }, (_, index) => index + 1), 0.55, 11],
    [Array.from({ length: 100 }, (_, index) => index + 1), 0.95, 95],
  ])('of %j at %f', (values, share, value) => {
    expect(nearestRank(values, share)).toBe(value);
  });

  it('are not said of fewer than ten, and are values that there are', () => {
    expect(percentilesOf([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBeNull();
    expect(percentilesOf([10, 9, 8, 7, 6, 5, 4, 3, 2, 100])).toEqual({ p50: 6, p85: 10, p95: 100 });
  });
});
