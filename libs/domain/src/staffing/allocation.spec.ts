import { allocatedOn } from './allocation.ts';

describe('allocatedOn', () => {
  const half = { allocation: 50, fromDate: null, toDate: null };
  it.each([
    ['nobody', [], 0],
    ['two teams', [half, { allocation: 60, fromDate: null, toDate: null }], 110],
    ['a team not yet joined', [half, { allocation: 60, fromDate: '2026-11-23', toDate: null }], 50],
    ['a team already left', [half, { allocation: 60, fromDate: null, toDate: '2026-11-21' }], 50],
    ['the first and last day count', [{ allocation: 30, fromDate: '2026-11-22', toDate: '2026-11-22' }], 30],
  ])('%s', (_, allocations, expected) => {
    expect(allocatedOn(allocations, '2026-11-22')).toBe(expected);
  });
});
