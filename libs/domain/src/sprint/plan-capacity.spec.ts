import { capacityRatio, planCapacity } from './plan-capacity.ts';

const DAY = 480;
const past = (count: number, points: number, days: number) => Array.from({ length: count }, () => ({ points, minutes: days * DAY }));

describe('what a plan has time for', () => {
  it('follows from what closed sprints completed in their minutes', () => {
    expect(capacityRatio([...past(9, 100, 10), { points: 0, minutes: 0 }, ...past(3, 20, 10)])).toEqual({ sprints: 8, points: 560, minutes: 80 * DAY });
    const plan = planCapacity(
      [
        { personId: 'ann', minutes: 10 * DAY, points: 20, unestimated: 0 },
        { personId: 'bo', minutes: 5 * DAY, points: 10.5, unestimated: 2 },
        { personId: 'cy', minutes: 0, points: 1, unestimated: 0 },
        { personId: null, minutes: 0, points: 5, unestimated: 1 },
      ],
      capacityRatio(past(3, 20, 10)),
    );
    expect(plan.people.map(({ personId, capacity, isOver }) => [personId, capacity, isOver])).toEqual([
      ['ann', 20, false],
      ['bo', 10, true],
      ['cy', 0, true],
      [null, null, false],
    ]);
    expect(plan).toMatchObject({ minutes: 15 * DAY, points: 36.5, unestimated: 3, capacity: 30, isOver: true });
  });

  it('says nothing in points of fewer than three sprints, but who has no time at all', () => {
    const plan = planCapacity(
      [
        { personId: 'ann', minutes: DAY, points: 1_000, unestimated: 0 },
        { personId: 'bo', minutes: 0, points: 1, unestimated: 0 },
        { personId: 'cy', minutes: 0, points: 0, unestimated: 3 },
      ],
      capacityRatio(past(2, 20, 10)),
    );
    expect(plan.people.map(({ capacity, isOver }) => [capacity, isOver])).toEqual([
      [null, false],
      [null, true],
      [null, false],
    ]);
    expect(plan).toMatchObject({ ratio: null, capacity: null, isOver: false });
  });

  it('is nothing where the sprints of the past completed nothing', () => {
    expect(planCapacity([{ personId: 'ann', minutes: DAY, points: 1, unestimated: 0 }], capacityRatio(past(3, 0, 10)))).toMatchObject({
      capacity: 0,
      isOver: true,
    });
  });
});
