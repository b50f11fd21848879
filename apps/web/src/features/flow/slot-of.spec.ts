import { slotOf } from './slot-of.ts';

/** Clocks are put back in the night to the second: it has 25 hours. */
const DAYS = [
  { startsAt: '2026-10-31T04:00:00Z', endsAt: '2026-11-01T04:00:00Z' },
  { startsAt: '2026-11-01T04:00:00Z', endsAt: '2026-11-02T05:00:00Z' },
  { startsAt: '2026-11-02T05:00:00Z', endsAt: '2026-11-03T05:00:00Z' },
];

it.each([
  ['2026-10-31T04:00:00Z', 0],
  ['2026-10-31T16:00:00Z', 0.5],
  ['2026-11-01T04:00:00Z', 1],
  // half of 25 hours
  ['2026-11-01T16:30:00Z', 1.5],
  ['2026-11-02T05:00:00Z', 2],
  // before the first and behind the last
  ['2026-10-01T00:00:00Z', 0],
  ['2026-12-01T00:00:00Z', 3],
])('%s lies at %d', (at, slot) => expect(slotOf(DAYS, at)).toBe(slot));

it('lies nowhere among no days', () => expect(slotOf([], '2026-11-01T00:00:00Z')).toBe(0));
