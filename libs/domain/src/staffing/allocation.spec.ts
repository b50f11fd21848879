import { allocatedOn, mostAllocated } from './allocation.ts';

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

describe('mostAllocated', () => {
  const of = (allocation: number, fromDate: string | null, toDate: string | null) => ({ allocation, fromDate, toDate });
  const always = { fromDate: '2028-01-01', toDate: null };
  it.each([
    ['what begins later', [of(60, null, null), of(50, '2028-03-01', null)], always, { day: '2028-03-01', total: 110 }],
    [
      'the first day of several',
      [of(60, null, null), of(50, '2028-03-01', '2028-03-31'), of(50, '2028-05-01', null)],
      always,
      { day: '2028-03-01', total: 110 },
    ],
    ['neighbours, which share no day', [of(60, null, '2028-02-29'), of(60, '2028-03-01', null)], always, { day: '2028-01-01', total: 60 }],
    ['what ended before', [of(60, null, '2027-12-31'), of(50, null, null)], always, { day: '2028-01-01', total: 50 }],
    [
      'what begins behind it',
      [of(60, null, null), of(50, '2028-03-01', null)],
      { fromDate: '2028-01-01', toDate: '2028-02-29' },
      { day: '2028-01-01', total: 60 },
    ],
  ])('%s', (_, allocations, within, expected) => expect(mostAllocated(allocations, within)).toEqual(expected));
});
