import fc from 'fast-check';
import { markOf, velocity, type ClosedSprint } from './velocity.ts';

const sprint = (completed: number, changed: Partial<ClosedSprint> = {}): ClosedSprint => ({
  id: `s${completed}`,
  committed: 20,
  completed,
  isEmpty: false,
  plannedDays: 10,
  workedDays: 10,
  abandoned: false,
  ...changed,
});

it.each<[what: string, of: Partial<ClosedSprint>, mark: string | null]>([
  ['as planned', {}, null],
  ['closed late', { workedDays: 13 }, null],
  ['with nothing done', { completed: 0 }, null],
  ['closed early', { workedDays: 9 }, 'SHORTENED'],
  ['closed early with nothing done', { workedDays: 2, completed: 0 }, 'SHORTENED'],
  ['given up', { abandoned: true, workedDays: 2 }, 'ABANDONED'],
  ['given up with nothing in it', { abandoned: true, isEmpty: true }, 'ABANDONED'],
  ['with nothing in it', { isEmpty: true, completed: 0, workedDays: 2 }, 'EMPTY'],
])('marks a sprint %s', (_, of, mark) => {
  expect(markOf(sprint(7, of))).toBe(mark);
});

describe('velocity', () => {
  it('is the mean and the range of the last that say something', () => {
    const { sprints, used, spread, perDay } = velocity([sprint(99), sprint(10), sprint(3, { workedDays: 4 }), sprint(20), sprint(30)], 3);
    expect(sprints.map(({ completed, mark, isUsed }) => `${completed} ${mark} ${isUsed}`)).toEqual([
      '10 null true',
      '3 SHORTENED false',
      '20 null true',
      '30 null true',
    ]);
    expect({ used, spread, perDay }).toEqual({ used: 3, spread: { mean: 20, min: 10, max: 30 }, perDay: null });
  });

  it('is said for each working day where sprints differ in length', () => {
    const { perDay } = velocity([sprint(10), sprint(10, { plannedDays: 5, workedDays: 5 }), sprint(30)], 8);
    expect(perDay).toEqual({ mean: 2, min: 1, max: 3 });
  });

  it.each([
    ['nothing', []],
    ['two', [sprint(1), sprint(2)]],
    ['three of which one was shortened', [sprint(1), sprint(2), sprint(3, { workedDays: 1 })]],
  ])('is not said of %s', (_, closed) => {
    expect(velocity(closed, 3).spread).toBeNull();
  });

  it('is what a plain count says, of 3 to 8', () => {
    const closed = fc.array(
      fc.record({ completed: fc.nat(40), workedDays: fc.integer({ min: 0, max: 12 }), isEmpty: fc.boolean() }).map((of) => sprint(of.completed, of)),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(closed, fc.integer({ min: -2, max: 12 }), (all, n) => {
        const kept = all.filter(({ isEmpty, workedDays }) => !isEmpty && workedDays >= 10).slice(-Math.max(3, Math.min(8, n)));
        const { spread, used } = velocity(all, n);
        expect(used).toBe(kept.length);
        if (kept.length < 3) expect(spread).toBeNull();
        else expect(spread?.mean).toBeCloseTo(kept.reduce((sum, { completed }) => sum + completed, 0) / kept.length, 5);
      }),
    );
  });
});
