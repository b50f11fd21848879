import fc from 'fast-check';
import { dayAfter, shiftedDay, weekdayOf } from '../time/days.ts';
import { isAnnounced, isWorkingDay, nextWorkingDay, readInto, workingCalendar, workingDays, type NamedDay } from './calendar.ts';

const off = (day: string, name = 'Holiday'): NamedDay => ({ day, works: false, name });
const made = (day: string): NamedDay => ({ day, works: true, name: 'Make-up' });
const weekdays = [1, 2, 3, 4, 5];
const plain = workingCalendar({ weekdays, days: [], knownUntil: null });
/** The holidays around 1 October 2026 in China. */
const china = workingCalendar({
  weekdays,
  days: [made('2026-09-20'), off('2026-09-25'), ...Array.from({ length: 7 }, (_, i) => off(shiftedDay('2026-10-01', i))), made('2026-10-10')],
  knownUntil: '2026-12-31',
});
const none = workingCalendar({ weekdays: [], days: [], knownUntil: null });

describe('a working calendar', () => {
  it.each([
    [plain, '2026-10-02', true],
    [plain, '2026-10-03', false],
    [china, '2026-10-02', false],
    // A Saturday and a Sunday that are worked.
    [china, '2026-10-10', true],
    [china, '2026-09-20', true],
    [china, '2026-10-11', false],
  ])('%# says of a day whether it is worked', (calendar, day, works) => expect(isWorkingDay(calendar, day)).toBe(works));

  it.each([
    // The golden sprint: two weeks of five days.
    [plain, '2026-10-26', '2026-11-06', 10],
    [china, '2026-09-28', '2026-10-11', 6],
    [plain, '2026-10-31', '2026-11-01', 0],
    [plain, '2026-11-02', '2026-11-02', 1],
    [plain, '2026-11-03', '2026-11-02', 0],
  ])('%# has its working days', (calendar, from, to, count) => expect(workingDays(calendar, from, to)).toHaveLength(count));

  it.each([
    [plain, '2026-10-30', '2026-11-02'],
    [china, '2026-09-30', '2026-10-08'],
    [china, '2026-10-09', '2026-10-10'],
    [none, '2026-10-09', null],
  ])('%# has a next working day', (calendar, day, next) => expect(nextWorkingDay(calendar, day)).toBe(next));

  it('says until when its holidays are announced', () => {
    expect(['2026-12-31', '2027-01-01'].map((day) => isAnnounced(china, day))).toEqual([true, false]);
    expect(isAnnounced(plain, '2099-01-01')).toBe(true);
  });

  it('counts as one does who goes from day to day', () => {
    const days = fc.integer({ min: 0, max: 60 }).map((i) => shiftedDay('2026-01-01', i));
    const named = fc.uniqueArray(fc.record({ day: days, works: fc.boolean(), name: fc.constant('x') }), { selector: ({ day }) => day });
    const weeks = fc.uniqueArray(fc.integer({ min: 1, max: 7 }));
    fc.assert(
      fc.property(weeks, named, days, fc.nat(40), (week, special, from, length) => {
        const calendar = workingCalendar({ weekdays: week, days: special, knownUntil: null });
        const expected: string[] = [];
        for (let day = from, i = 0; i <= length; day = dayAfter(day)!, i++) {
          const one = special.find((each) => each.day === day);
          if (one ? one.works : week.includes(weekdayOf(day))) expected.push(day);
        }
        expect(workingDays(calendar, from, shiftedDay(from, length))).toEqual(expected);
        const [next] = expected.filter((day) => day > from);
        if (next) expect(nextWorkingDay(calendar, from)).toBe(next);
      }),
    );
  });

  it('tells what days that are read in change', () => {
    const before = [off('2026-01-01', 'New year'), off('2026-05-01', 'May')];
    const read = [off('2026-01-01', 'New year'), made('2026-05-01'), off('2026-10-01')];
    expect(readInto(before, read)).toEqual({ unchanged: [read[0]], changed: [{ from: before[1], to: read[1] }], added: [read[2]] });
  });
});
