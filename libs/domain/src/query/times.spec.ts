import fc from 'fast-check';
import type { Bound, Moment } from './query.ts';
import { dayAt, instantsOf, isTimeZone, startOfDay } from './times.ts';

const bound = (value: Moment, open = false): Bound<Moment> => ({ value, open });
const day = (text: string): Moment => ({ at: 'DAY', day: text });
const now = new Date('2026-11-29T01:30:00Z');

describe('the start of a day', () => {
  it.each([
    ['UTC', '2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['Europe/Berlin', '2026-07-01', '2026-06-30T22:00:00.000Z'],
    ['Asia/Shanghai', '2026-11-01', '2026-10-31T16:00:00.000Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-01', '2026-10-31T10:00:00.000Z'],
    // Clocks were put from 0:00 to 1:00: the day began at 1:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    // Clocks were put from 0:00 back to 23:00: midnight came an hour later.
    ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00:00.000Z'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'],
    // The zone was 44 minutes and 30 seconds behind.
    ['Africa/Monrovia', '1971-06-01', '1971-06-01T00:44:30.000Z'],
    // The day was left out: what begins then is the next.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z'],
  ])('in %s of %s is %s', (zone, asked, expected) => {
    expect(startOfDay(asked, zone).toISOString()).toBe(expected);
  });

  it('is found by few looks at the clock: a query may name hundreds of days', () => {
    const clock = Intl.DateTimeFormat.prototype;
    const plain = Object.getOwnPropertyDescriptor(clock, 'formatToParts') as PropertyDescriptor & { value: (at: number) => Intl.DateTimeFormatPart[] };
    let looks = 0;
    const counted = function (this: Intl.DateTimeFormat, at: number): Intl.DateTimeFormatPart[] {
      looks++;
      return plain.value.call(this, at);
    };
    Object.defineProperty(clock, 'formatToParts', { ...plain, value: counted });
    try {
      for (const asked of ['2026-11-01', '2026-03-29']) {
        looks = 0;
        startOfDay(asked, 'Europe/Berlin');
        expect(looks).toBeGreaterThan(0);
        expect(looks).toBeLessThanOrEqual(4);
      }
    } finally {
      Object.defineProperty(clock, 'formatToParts', plain);
    }
  });

  it('is the first instant of that day', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe');
    const days = fc.date({ min: new Date('1980-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, days, (zone, date) => {
        const asked = date.toISOString().slice(0, 10);
        const start = startOfDay(asked, zone);
        expect([dayAt(start, zone), dayAt(new Date(start.getTime() - 1), zone) < asked]).toEqual([asked, true]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the instants of a range', () => {
  const berlin = { now, timeZone: 'Europe/Berlin' };
  it.each<[string, Bound<Moment> | null, Bound<Moment> | null, string | null, string | null]>([
    ['a day', bound(day('2026-11-01')), bound(day('2026-11-01')), '2026-10-31T23:00:00.000Z', '2026-11-01T23:00:00.000Z'],
    ['after a day', bound(day('2026-11-01'), true), null, '2026-11-01T23:00:00.000Z', null],
    ['before a day', null, bound(day('2026-11-01'), true), null, '2026-10-31T23:00:00.000Z'],
    ['until a day', null, bound(day('2026-11-01')), null, '2026-11-01T23:00:00.000Z'],
    ['today', bound({ at: 'TODAY' }), bound({ at: 'TODAY' }), '2026-11-28T23:00:00.000Z', '2026-11-29T23:00:00.000Z'],
    ['yesterday', bound({ at: 'YESTERDAY' }), bound({ at: 'YESTERDAY' }), '2026-11-27T23:00:00.000Z', '2026-11-28T23:00:00.000Z'],
    ['since seven days', bound({ at: 'AGO', amount: 7, unit: 'd' }), null, '2026-11-22T01:30:00.000Z', null],
    ['older than two weeks', null, bound({ at: 'AGO', amount: 2, unit: 'w' }, true), null, '2026-11-15T01:30:00.000Z'],
    [
      'an instant',
      bound({ at: 'INSTANT', instant: '2026-11-01T10:30:00.000Z' }),
      bound({ at: 'INSTANT', instant: '2026-11-01T10:30:00.000Z' }),
      '2026-11-01T10:30:00.000Z',
      '2026-11-01T10:30:00.001Z',
    ],
  ])('%s', (_, from, to, first, last) => {
    const found = instantsOf(from, to, berlin);
    expect([found.from?.toISOString() ?? null, found.before?.toISOString() ?? null]).toEqual([first, last]);
  });

  it('are those of zones that there are', () => {
    expect(['UTC', 'Asia/Shanghai', 'Nowhere/At_All', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});
