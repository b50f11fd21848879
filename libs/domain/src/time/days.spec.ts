import { dayAfter, dayBefore, daysBetween, goesOn, holdsOn, overlaps, shiftedDay, weekdayOf, type Stretch } from './days.ts';

const stretch = (fromDate: string | null, toDate: string | null): Stretch => ({ fromDate, toDate });

describe('days', () => {
  it.each([
    ['2028-02-28', '2028-02-29'],
    ['2028-02-29', '2028-03-01'],
    ['2026-02-28', '2026-03-01'],
    ['2026-12-31', '2027-01-01'],
    ['2026-04-30', '2026-05-01'],
  ])('%s is followed by %s', (day, next) => {
    expect([dayAfter(day), dayBefore(next)]).toEqual([next, day]);
  });
  it.each([
    ['2026-10-24', '2026-10-26', 2],
    ['2027-03-01', '2027-02-28', -1],
    ['2028-02-28', '2028-03-01', 2],
    ['2026-05-05', '2026-05-05', 0],
  ])('from %s to %s are %d', (from, to, expected) => expect([daysBetween(from, to), shiftedDay(from, expected)]).toEqual([expected, to]));
  it('are days of the week', () => expect(['2026-11-30', '2026-12-05', '2026-12-06', '1969-12-31'].map(weekdayOf)).toEqual([1, 6, 7, 3]));
  it('end with the last one there is', () => expect(dayAfter('9999-12-31')).toBeNull());

  // the process's zone moves no day: these hold anywhere
  it.each(['Pacific/Auckland', 'Asia/Shanghai', 'America/Los_Angeles'])('are the same in %s', (zone) => {
    const before = process.env['TZ'];
    process.env['TZ'] = zone;
    try {
      expect([dayAfter('2026-03-28'), dayBefore('2026-03-30'), dayAfter('2026-04-04')]).toEqual(['2026-03-29', '2026-03-29', '2026-04-05']);
    } finally {
      process.env['TZ'] = before;
    }
  });
});

describe('stretches', () => {
  it.each([
    ['2026-03-01', '2026-03-31', '2026-02-28', false],
    ['2026-03-01', '2026-03-31', '2026-03-01', true],
    ['2026-03-01', '2026-03-31', '2026-03-31', true],
    ['2026-03-01', '2026-03-31', '2026-04-01', false],
    [null, '2026-03-31', '0001-01-01', true],
    ['2026-03-01', null, '9999-12-31', true],
    ['2026-03-01', '9999-12-31', '9999-12-31', true],
  ] as const)('from %s to %s: on %s %s', (from, to, day, holds) => expect(holdsOn(stretch(from, to), day)).toBe(holds));

  it.each([
    [stretch('2026-01-01', '2026-01-31'), stretch('2026-02-01', null), false],
    [stretch('2026-01-01', '2026-02-01'), stretch('2026-02-01', null), true],
    [stretch(null, null), stretch('2026-02-01', '2026-02-01'), true],
    [stretch(null, '2026-01-31'), stretch('2026-02-01', null), false],
    [stretch(null, '2026-01-31'), stretch(null, '2020-01-01'), true],
  ])('%j and %j overlap: %s', (a, b, expected) => expect([overlaps(a, b), overlaps(b, a)]).toEqual([expected, expected]));

  it('go on as what begins on the next day, and as nothing else', () => {
    const february = stretch('2028-02-01', '2028-02-29');
    expect(['2028-02-29', '2028-03-01', '2028-03-02', null].map((from) => goesOn(february, stretch(from, null)))).toEqual([false, true, false, false]);
    expect(goesOn(stretch(null, null), stretch(null, null))).toBe(false);
  });
});
