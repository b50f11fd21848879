import type { Bound, Moment } from './query.ts';
import { instantsOf } from './times.ts';

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
