import fc from 'fast-check';
import { daysBetween, shiftedDay } from '../time/days.ts';
import { workingCalendar } from './calendar.ts';
import { capacityMinutes, offShare, presentShare, usualWeek, workedMinutes, type PersonTime, type TimeOff } from './work-time.ts';

const weekdays = [1, 2, 3, 4, 5];
const plain = workingCalendar({ weekdays, days: [], knownUntil: null });
const china = workingCalendar({
  weekdays,
  days: [
    ...Array.from({ length: 7 }, (_, i) => ({ day: shiftedDay('2026-10-01', i), works: false, name: 'x' })),
    { day: '2026-10-10', works: true, name: 'x' },
  ],
  knownUntil: null,
});
const off = (fromDate: string, toDate = fromDate, halves: Partial<TimeOff> = {}): TimeOff => ({
  fromDate,
  toDate,
  fromNoon: false,
  untilNoon: false,
  ...halves,
});
const always = { fromDate: null, toDate: null };
const person = (more: Partial<PersonTime> = {}): PersonTime => ({
  patterns: [],
  calendar: plain,
  timeOff: [],
  allocations: [{ ...always, allocation: 100 }],
  ...more,
});
const hours = (one: PersonTime, from: string, to: string): number => capacityMinutes(one, from, to) / 60;

describe('the capacity of a person', () => {
  it.each<[string, PersonTime, string, string, number]>([
    ['a usual week', person(), '2026-11-02', '2026-11-08', 40],
    ['half of it', person({ allocations: [{ ...always, allocation: 50 }] }), '2026-11-02', '2026-11-08', 20],
    ['in no team', person({ allocations: [] }), '2026-11-02', '2026-11-08', 0],
    [
      'nobody has more than all of their time',
      person({ allocations: [60, 70].map((allocation) => ({ ...always, allocation })) }),
      '2026-11-02',
      '2026-11-02',
      8,
    ],
    ['allocated from Wednesday on', person({ allocations: [{ fromDate: '2026-11-04', toDate: null, allocation: 100 }] }), '2026-11-02', '2026-11-08', 24],
    ['holidays of their calendar', person({ calendar: china }), '2026-09-28', '2026-10-11', 48],
    ['two days and a half off', person({ timeOff: [off('2026-11-03', '2026-11-05', { fromNoon: true })] }), '2026-11-02', '2026-11-06', 20],
    ['off on a weekend', person({ timeOff: [off('2026-11-07', '2026-11-08')] }), '2026-11-02', '2026-11-08', 40],
    ['a day before it begins', person(), '2026-11-02', '2026-11-01', 0],
  ])('%s', (_, one, from, to, expected) => expect(hours(one, from, to)).toBe(expected));

  it('follows the pattern of each day, and a calendar of their own', () => {
    const patterns = [
      { fromDate: null, toDate: '2026-11-03', minutes: usualWeek(plain), calendar: plain },
      // Four hours from Tuesday to Saturday.
      { fromDate: '2026-11-04', toDate: null, minutes: [0, 240, 240, 240, 240, 240, 0], calendar: plain },
    ];
    expect(hours(person({ patterns }), '2026-11-02', '2026-11-08')).toBe(8 + 8 + 4 * 4);
  });

  it('makes up for a holiday as long as the weekdays are', () => {
    expect(workedMinutes({ patterns: [], calendar: china }, '2026-10-10')).toBe(480);
    const minutes = [480, 480, 480, 0, 0, 0, 0];
    expect(workedMinutes({ patterns: [{ ...always, minutes, calendar: china }], calendar: plain }, '2026-10-10')).toBe(288);
    expect(workedMinutes({ patterns: [{ ...always, minutes: [0, 0, 0, 0, 0, 300, 0], calendar: china }], calendar: plain }, '2026-10-10')).toBe(300);
  });

  it.each([
    [off('2026-11-03'), '2026-11-03', 1],
    [off('2026-11-03', '2026-11-03', { fromNoon: true }), '2026-11-03', 0.5],
    [off('2026-11-03', '2026-11-04', { untilNoon: true }), '2026-11-03', 1],
    [off('2026-11-03', '2026-11-04', { untilNoon: true }), '2026-11-04', 0.5],
    [off('2026-11-03', '2026-11-04'), '2026-11-05', 0],
  ])('%j takes of %s %d', (one, day, share) => expect(offShare([one], day)).toBe(share));

  it('of a stretch is that of its parts, and never grows by days off', () => {
    const days = fc.integer({ min: 0, max: 60 }).map((i) => shiftedDay('2026-09-01', i));
    const stretch = fc.tuple(days, days).map(([a, b]) => (a < b ? { fromDate: a, toDate: b } : { fromDate: b, toDate: a }));
    const made = fc.record({
      patterns: fc.array(
        fc.tuple(stretch, fc.array(fc.nat(1_440), { minLength: 7, maxLength: 7 })).map(([of, minutes]) => ({ ...of, minutes, calendar: china })),
        {
          maxLength: 2,
        },
      ),
      calendar: fc.constantFrom(plain, china),
      timeOff: fc.array(
        fc.tuple(stretch, fc.boolean(), fc.boolean()).map(([of, fromNoon, untilNoon]) => ({ ...of, fromNoon, untilNoon })),
        { maxLength: 2 },
      ),
      allocations: fc.array(
        fc.tuple(stretch, fc.nat(100)).map(([of, allocation]) => ({ ...of, allocation })),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(made, stretch, (one, { fromDate, toDate }) => {
        const whole = capacityMinutes(one, fromDate, toDate);
        const each = Array.from({ length: daysBetween(fromDate, toDate) + 1 }, (_, i) => shiftedDay(fromDate, i)).map((day) => capacityMinutes(one, day, day));
        expect(Math.abs(each.reduce((sum, minutes) => sum + minutes, 0) - whole)).toBeLessThanOrEqual(each.length / 2 + 1);
        expect(whole).toBeGreaterThanOrEqual(0);
        expect(whole).toBeLessThanOrEqual(capacityMinutes({ ...one, timeOff: [] }, fromDate, toDate));
      }),
    );
  });
});

describe('how much of a team is there on a day', () => {
  const half = person({ allocations: [{ ...always, allocation: 50 }], timeOff: [off('2026-11-03', '2026-11-04', { fromNoon: true })] });
  const whole = person();
  it.each<[string, string, PersonTime[], number | null]>([
    ['all, where nobody is off', '2026-11-02', [], 1],
    ['by their time for the team', '2026-11-04', [], 2 / 3],
    ['half days, too', '2026-11-03', [], 5 / 6],
    ['without whom is taken to be away', '2026-11-02', [whole], 1 / 3],
    ['nothing is said of a day on which nobody would work', '2026-11-07', [], null],
  ])('%s', (_, day, away, share) => {
    const found = presentShare([half, whole], day, new Set(away));
    if (share === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(share, 10);
  });
});
