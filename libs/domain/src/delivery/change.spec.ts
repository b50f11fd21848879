import fc from 'fast-check';
import { CHANGE_STATES, hasLanded, isUnsure, joinChange, joinHeads, type ChangeFacts, type ChangeSeen } from './change.ts';
import { OPENED, shuffled } from './story.fixture.ts';

const seen = (facts: Partial<ChangeFacts>, updatedAt: number | null, readAt: number | null = null): ChangeSeen => ({
  facts: { ...OPENED, ...facts },
  updatedAt,
  readAt,
});
const all = (list: readonly ChangeSeen[]) => list.reduce<ChangeSeen | null>(joinChange, null);

const anySeen: fc.Arbitrary<ChangeSeen> = fc
  .tuple(
    fc.record({ state: fc.constantFrom(...CHANGE_STATES), isDraft: fc.boolean(), title: fc.constantFrom('a', 'b') }),
    fc.option(fc.integer({ min: 0, max: 3 })),
    fc.option(fc.integer({ min: 0, max: 3 })),
  )
  .map(([facts, updatedAt, readAt]) => seen(facts, updatedAt, readAt));

describe('joining observations of a change', () => {
  it('is a semilattice: associative, commutative, idempotent', () => {
    fc.assert(
      fc.property(anySeen, anySeen, anySeen, (one, two, three) => {
        expect(joinChange(joinChange(one, two), three)).toEqual(joinChange(one, joinChange(two, three)));
        expect(joinChange(one, two)).toEqual(joinChange(two, one));
        expect(joinChange(one, one)).toEqual(one);
      }),
      { numRuns: 1000 },
    );
  });

  it('1: a merged change is never shown as closed, in whatever order the two events of one second come', () => {
    const closed = seen({ state: 'CLOSED', closedAt: 105 }, 105);
    const merged = seen({ state: 'MERGED', mergedAt: 105, closedAt: 105 }, 105);
    fc.assert(fc.property(shuffled([seen({}, 100), closed, merged]), (list) => expect(all(list)).toBe(merged)));
  });

  it('lets a reopened change be open again, and an old delivery change nothing', () => {
    const reopened = seen({}, 110);
    expect(all([reopened, seen({ state: 'CLOSED' }, 105), seen({}, 100)])).toBe(reopened);
  });

  it('is repaired by reading where it was closed and reopened within one second', () => {
    const closed = seen({ state: 'CLOSED' }, 105);
    const read = seen({}, 105, 105_400);
    expect(isUnsure(closed, seen({}, 105))).toBe(true);
    expect(all([closed, seen({}, 105), read])).toBe(read);
    // the later of two answers is the newer one
    expect(all([read, seen({ state: 'CLOSED' }, 105, 105_200)])).toBe(read);
    // but what was merged after the answer of that second stays merged
    expect(all([read, seen({ state: 'MERGED' }, 105)])!.facts.state).toBe('MERGED');
  });

  it('takes an observation without a time for older than each that has one', () => {
    expect(all([seen({ title: 'new' }, 1), seen({ title: 'timeless' }, null, 9)])!.facts.title).toBe('new');
    expect(isUnsure(seen({}, 5), seen({}, 5))).toBe(false);
  });
});

describe('heads of a change', () => {
  const head = fc.record({ sha: fc.constantFrom('A', 'B', 'C'), since: fc.integer({ min: 0, max: 5 }) });
  const heads = fc.array(head, { maxLength: 4 });

  it('join as a semilattice', () => {
    fc.assert(
      fc.property(heads, heads, heads, (one, two, three) => {
        expect(joinHeads(joinHeads(one, two), three)).toEqual(joinHeads(one, joinHeads(two, three)));
        expect(joinHeads(one, two)).toEqual(joinHeads(two, one));
        expect(joinHeads(joinHeads(one, one), [])).toEqual(joinHeads(one, []));
      }),
    );
  });

  it('keep when each was first seen, also if it is pushed again', () => {
    expect(
      joinHeads(
        [{ sha: 'B', since: 5 }],
        [
          { sha: 'A', since: 1 },
          { sha: 'B', since: 9 },
        ],
      ),
    ).toEqual([
      { sha: 'A', since: 1 },
      { sha: 'B', since: 5 },
    ]);
  });
});

describe('15: a change of a stack', () => {
  it('has landed if it was closed unmerged and its commits are in the target branch', () => {
    expect(hasLanded({ state: 'CLOSED', headSha: 'A' }, ['A'])).toBe(true);
    expect(hasLanded({ state: 'CLOSED', headSha: 'B' }, ['A'])).toBe(false);
    expect(hasLanded({ state: 'MERGED', headSha: 'B' }, [])).toBe(true);
    // its commits lie in the target branch, and work goes on
    expect(hasLanded({ state: 'OPEN', headSha: 'A' }, ['A'])).toBe(false);
  });
});
