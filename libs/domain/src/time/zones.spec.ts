import fc from 'fast-check';
import { dayAfter } from './days.ts';
import { clockAt, dayAt, instantAt, isTimeZone, startOfDay } from './zones.ts';

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
    // The same in years to come.
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
    ['Africa/Cairo', '2027-04-30', '2027-04-29T22:00:00.000Z'],
    ['Asia/Beirut', '2027-03-28', '2027-03-27T22:00:00.000Z'],
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

describe('a day', () => {
  const hours = (day: string, zone: string): number => (startOfDay(dayAfter(day)!, zone).getTime() - startOfDay(day, zone).getTime()) / 3_600_000;
  it.each([
    ['Europe/Berlin', '2026-10-25', 25],
    ['Europe/Berlin', '2026-03-29', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['America/Santiago', '2026-09-06', 23],
    ['Asia/Shanghai', '2026-10-25', 24],
  ])('in %s, %s has %d hours', (zone, day, expected) => expect(hours(day, zone)).toBe(expected));

  it.each([
    // Both half hours past one in the morning of New York, and the last minute of the day.
    ['2026-11-01T05:30:00Z', 'America/New_York', '2026-11-01'],
    ['2026-11-01T06:30:00Z', 'America/New_York', '2026-11-01'],
    ['2026-11-02T04:59:59.999Z', 'America/New_York', '2026-11-01'],
    ['2026-11-02T05:00:00Z', 'America/New_York', '2026-11-02'],
    ['2026-11-30T18:30:00Z', 'Asia/Shanghai', '2026-12-01'],
  ])('is at %s in %s %s', (instant, zone, expected) => expect(dayAt(new Date(instant), zone)).toBe(expected));
});

it('a zone is one of the IANA database', () => {
  expect(['UTC', 'Asia/Shanghai', 'Nowhere/At_All', '', '+03:00', '-08'].map(isTimeZone)).toEqual([true, true, false, false, false, false]);
});

describe('what clocks show', () => {
  it.each([
    ['Europe/Berlin', '2026-07-01T12:30:00', '2026-07-01T10:30:00.000Z'],
    // Shown twice: the first time.
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00.000Z'],
    // Never shown: as long after midnight, so clocks show an hour more.
    ['Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
    ['Asia/Shanghai', '2026-11-30T00:00:00', '2026-11-29T16:00:00.000Z'],
  ])('in %s at %s is of %s', (zone, clock, expected) => expect(instantAt(clock, zone).toISOString()).toBe(expected));

  it('leads back to an instant that shows the same', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago');
    const instants = fc
      .date({ min: new Date('1980-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((at) => Math.floor(at.getTime() / 1000) * 1000);
    fc.assert(
      fc.property(zones, instants, (zone, at) => {
        const clock = clockAt(at, zone);
        const found = instantAt(clock, zone).getTime();
        expect([clockAt(found, zone), found <= at]).toEqual([clock, true]);
      }),
      { numRuns: 200 },
    );
  });
});
