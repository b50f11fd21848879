import fc from 'fast-check';
import { histories, plainDays, spansOf } from '../flow/histories.fixture.ts';
import { burndown, type BurndownInput } from './burndown.ts';
import { GOLDEN, GOLDEN_DAYS, GOLDEN_END, GOLDEN_STAYS } from './golden.fixture.ts';

const golden: BurndownInput = {
  sprintId: 'golden',
  spans: GOLDEN,
  stays: GOLDEN_STAYS,
  until: Infinity,
  measure: 'POINTS',
  counted: 'LEAVES',
  days: GOLDEN_DAYS,
  lastDay: '2026-11-06',
};

describe('the golden sprint', () => {
  it('has its numbers, day by day', () => {
    const { baseline, days } = burndown(golden);
    expect(baseline).toBe(40);
    expect(days.map(({ burn }) => burn?.scope)).toEqual([40, 40, 43, 43, 43, 43, 43, 46, 38, 38, 32, 32]);
    expect(days.map(({ burn }) => burn?.remaining)).toEqual([40, 40, 43, 35, 43, 43, 30, 33, 25, 17, 11, 3]);
    expect(days.map(({ ideal }) => ideal)).toEqual([36, 32, 28, 24, 20, 20, 20, 16, 12, 8, 4, 0]);
    expect(days.at(-1)?.reaimed).toBe(0);
    expect(days[2]?.reaimed).toBe(30.625);
  });

  it('says each step of its scope', () => {
    expect(burndown(golden).steps.map(({ ticketId, kind, delta }) => `${ticketId} ${kind} ${delta}`)).toEqual([
      'F ADDED 3',
      'C RE_ESTIMATED 3',
      'D REMOVED -8',
      'E CANCELLED -6',
    ]);
  });

  it('is the same to the byte whatever happens after it', () => {
    const later = [
      ...GOLDEN,
      ...spansOf('G', [[GOLDEN_END + 1, { sprintId: 'golden', points: 99 }]]),
      ...spansOf('A', [[GOLDEN_END + 5, { sprintId: 'golden', points: 1 }]]),
    ];
    expect(JSON.stringify(burndown({ ...golden, spans: later }))).toBe(JSON.stringify(burndown(golden)));
  });

  it('counts tickets, and says how many have no estimate', () => {
    const days = (measure: 'COUNT' | 'HOURS') => burndown({ ...golden, measure }).days.map(({ burn }) => `${burn?.remaining} ${burn?.unestimated}`);
    expect(days('COUNT')).toEqual(['5 0', '5 0', '6 0', '5 0', '6 0', '6 0', '5 0', '5 0', '4 0', '3 0', '2 0', '1 0']);
    expect(days('HOURS')[2]).toBe('0 6');
  });

  it('as of an earlier moment knows nothing of later ones', () => {
    const { days, steps } = burndown({ ...golden, until: GOLDEN_DAYS[3]!.end - 30 * 60_000 });
    expect(days.map(({ burn }) => burn?.remaining ?? null)).toEqual([40, 40, 43, 43, ...Array.from({ length: 8 }, () => null)]);
    expect(days.map(({ ideal }) => ideal).at(-1)).toBe(0);
    expect(steps).toHaveLength(1);
  });
});

describe('days of a sprint', () => {
  const input: BurndownInput = {
    ...golden,
    sprintId: 's1',
    spans: spansOf('a', [[0, { sprintId: 's1', points: 4 }]]),
    days: plainDays(9),
    lastDay: plainDays(5)[4]!.day,
  };

  it.each<[what: string, changed: Partial<BurndownInput>, remaining: (number | null)[], ideal: (number | null)[]]>([
    [
      'before it began',
      { stays: [{ start: 20, end: null }], until: 15 },
      [null, null, null, null, null, null, null, null, null],
      Array.from({ length: 9 }, () => null),
    ],
    ['that begins in the third', { stays: [{ start: 25, end: 45 }] }, [null, null, 4, 4, 4, null, null, null, null], [3.2, 2.4, 1.6, 0.8, 0, 0, 0, 0, 0]],
    ['that goes on behind its end', { stays: [{ start: 5, end: null }], until: 85 }, [4, 4, 4, 4, 4, 4, 4, 4, 4], [3.2, 2.4, 1.6, 0.8, 0, 0, 0, 0, 0]],
    ['that ended early', { stays: [{ start: 5, end: 10 }] }, [4, null, null, null, null, null, null, null, null], [3.2, 2.4, 1.6, 0.8, 0, 0, 0, 0, 0]],
    ['of one day', { stays: [{ start: 5, end: 9 }], days: plainDays(1), lastDay: plainDays(1)[0]!.day }, [4], [0]],
    ['without a working day', { stays: [{ start: 50, end: 65 }], days: plainDays(7).slice(5), lastDay: plainDays(7)[6]!.day }, [4, 4], [null, null]],
  ])('%s', (_, changed, remaining, ideal) => {
    const { days } = burndown({ ...input, ...changed });
    expect(days.map(({ burn }) => burn?.remaining ?? null)).toEqual(remaining);
    expect(days.map((day) => day.ideal)).toEqual(ideal);
  });

  it('that is reopened keep what they were, and go on from what is in it then', () => {
    const spans = [
      ...spansOf('a', [
        [0, { sprintId: 's1', points: 5 }],
        [15, { sprintId: 's2' }],
      ]),
      ...spansOf('b', [
        [0, { sprintId: 's1', points: 3 }],
        [12, { state: 'DONE', resolution: 'DONE' }],
        [15, { sprintId: null }],
        [40, { sprintId: 's1' }],
      ]),
    ];
    const once: BurndownInput = { ...input, spans, stays: [{ start: 5, end: 15 }] };
    const twice: BurndownInput = { ...once, stays: [...once.stays, { start: 40, end: 50 }] };
    const again = burndown(twice).days.map(({ burn }) => burn?.remaining ?? null);
    expect(again).toEqual([8, 5, 5, 5, 0, null, null, null, null]);
    expect(burndown(twice).days.slice(0, 2)).toEqual(
      burndown(once)
        .days.slice(0, 2)
        .map((day) => ({ ...day, reaimed: expect.any(Number) })),
    );
    expect(burndown(twice).steps).toEqual([{ at: 40, ticketId: 'a', kind: 'REMOVED', delta: -5 }]);
  });
});

it('at the end of each day is what a count of the tickets of that moment says', () => {
  const days = plainDays(30);
  fc.assert(
    fc.property(histories, fc.nat(50), fc.nat(250), fc.constantFrom('POINTS', 'HOURS', 'COUNT'), (spans, start, length, measure) => {
      const input: BurndownInput = { ...golden, sprintId: 's1', spans, days, measure, stays: [{ start, end: start + length + 1 }], lastDay: days[20]!.day };
      for (const [index, { burn }] of burndown(input).days.entries()) {
        const at = Math.min(days[index]!.end, start + length + 1);
        if (at <= start || days[index]!.start >= start + length + 1) {
          expect(burn).toBeNull();
          continue;
        }
        const held = spans.filter(
          ({ from, to, sprintId, deleted, resolution }) => from < at && at <= to && sprintId === 's1' && !deleted && (resolution ?? 'DONE') === 'DONE',
        );
        const leaves = held.filter(({ ticketId }) => !held.some(({ parentId }) => parentId === ticketId));
        const amount = ({ points, hours }: (typeof spans)[number]): number | null => (measure === 'COUNT' ? 1 : measure === 'POINTS' ? points : hours);
        const sum = (of: typeof spans): number => of.reduce((total, span) => total + (amount(span) ?? 0), 0);
        expect(burn?.scope).toBeCloseTo(sum(leaves), 6);
        expect(burn?.done).toBeCloseTo(sum(leaves.filter(({ state }) => state === 'DONE')), 6);
        expect(burn?.unestimated).toBe(leaves.filter((span) => amount(span) === null).length);
      }
    }),
    { numRuns: 300 },
  );
});
