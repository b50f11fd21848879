import type { Bound, Moment } from './query.ts';
import { isDay } from '../time/days.ts';
import { daysOf, instantsOf } from './times.ts';

const bound = (value: Moment, open = false): Bound<Moment> => ({ value, open });
const day = (text: string): Moment => ({ at: 'DAY', day: text });
const now = new Date('2026-11-29T01:30:00Z');

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
});

describe('the days of a range', () => {
  // 01:30 UTC on the 29th: the 28th in Los Angeles, the 29th in Shanghai.
  it.each<[string, string, Bound<Moment> | null, Bound<Moment> | null, string | null, string | null]>([
    ['a day is that day in Los Angeles', 'America/Los_Angeles', bound(day('2026-01-05')), bound(day('2026-01-05')), '2026-01-05', '2026-01-05'],
    ['and in Kiritimati', 'Pacific/Kiritimati', bound(day('2026-01-05')), bound(day('2026-01-05')), '2026-01-05', '2026-01-05'],
    ['before today', 'America/Los_Angeles', null, bound({ at: 'TODAY' }, true), null, '2026-11-27'],
    ['before today elsewhere', 'Asia/Shanghai', null, bound({ at: 'TODAY' }, true), null, '2026-11-28'],
    ['after a day', 'UTC', bound(day('2026-11-30'), true), null, '2026-12-01', null],
    ['a week ahead', 'UTC', bound({ at: 'TODAY' }), bound({ at: 'AHEAD', amount: 1, unit: 'w' }), '2026-11-29', '2026-12-06'],
    ['a week ago', 'UTC', bound({ at: 'AGO', amount: 7, unit: 'd' }), bound({ at: 'YESTERDAY' }), '2026-11-22', '2026-11-28'],
    ['tomorrow', 'UTC', bound({ at: 'TOMORROW' }), bound({ at: 'TOMORROW' }), '2026-11-30', '2026-11-30'],
  ])('%s', (_, timeZone, from, to, first, last) => {
    expect(daysOf(from, to, { now, timeZone })).toEqual({ from: first, to: last });
  });

  it('counts days of the calendar over a day of 25 hours', () => {
    const late = { now: new Date('2026-11-01T05:30:00Z'), timeZone: 'America/New_York' };
    expect(daysOf(bound({ at: 'AHEAD', amount: 1, unit: 'd' }), null, late).from).toBe('2026-11-02');
  });

  it.each([
    ['2026-02-28', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-2-28', false],
    ['1899-12-31', false],
    ['3000-01-01', false],
    ['2026-02-28T00:00', false],
    ['', false],
  ])('%j is a day: %s', (text, is) => {
    expect(isDay(text)).toBe(is);
  });
});
