import fc from 'fast-check';
import { ageing, underWayIn } from './ageing.ts';
import { cycleOf, cyclesOf, cycleTimes, type Cycle } from './cycle.ts';
import { dayFinder } from './days.ts';
import { histories, plainDays, spansOf } from './histories.fixture.ts';
import { itemOf, itemsOf } from './item.ts';
import { byTicket, knownBefore, stageOf, type TicketSpan } from './span.ts';
import { throughput } from './throughput.ts';

const DAYS = plainDays(60);
const dayOf = dayFinder(DAYS);
const doing = { state: 'IN_PROGRESS', resolution: null } as const;
const done = { state: 'DONE', resolution: 'DONE' } as const;
const open = { state: 'OPEN', resolution: null } as const;
const cancelled = { state: 'DONE', resolution: 'CANCELLED' } as const;

describe('the cycle of a ticket', () => {
  it.each<[what: string, became: Parameters<typeof spansOf>[1], cycle: Partial<Cycle> | null]>([
    [
      'done',
      [
        [5, {}],
        [12, doing],
        [31, done],
      ],
      { startedAt: 12, endedAt: 31, elapsed: 19, days: 3, leadDays: 4, active: 19, isSkipped: false, reentries: 0, reopened: 0 },
    ],
    [
      'begun and done within a day',
      [
        [10, doing],
        [12, done],
      ],
      { days: 1, elapsed: 2 },
    ],
    [
      'done a moment after midnight',
      [
        [19, doing],
        [20, done],
      ],
      { days: 2, elapsed: 1 },
    ],
    [
      'done without being begun',
      [
        [5, {}],
        [25, done],
      ],
      { startedAt: 25, endedAt: 25, elapsed: 0, days: 1, leadDays: 3, active: 0, isSkipped: true },
    ],
    [
      'put back for a while',
      [
        [0, doing],
        [10, open],
        [30, doing],
        [40, done],
      ],
      { elapsed: 40, active: 20, reentries: 1, days: 5 },
    ],
    [
      'reopened',
      [
        [0, doing],
        [10, done],
        [30, doing],
        [40, done],
      ],
      { startedAt: 0, endedAt: 40, elapsed: 40, active: 20, reentries: 1, reopened: 1 },
    ],
    [
      'changed since it is done',
      [
        [0, doing],
        [10, done],
        [30, { points: 5 }],
      ],
      { endedAt: 10, points: 5 },
    ],
    ['not done', [[0, doing]], null],
    [
      'cancelled',
      [
        [0, doing],
        [10, cancelled],
      ],
      null,
    ],
    [
      'deleted since',
      [
        [0, doing],
        [10, done],
        [20, { deleted: true }],
      ],
      null,
    ],
    [
      'cancelled first, then done',
      [
        [0, doing],
        [10, cancelled],
        [20, done],
      ],
      { endedAt: 20, reopened: 0 },
    ],
  ])('that is %s', (_, became, cycle) => {
    const found = cycleOf(itemOf(spansOf('a', became))!, dayOf);
    if (cycle) expect(found).toMatchObject(cycle);
    else expect(found).toBeNull();
  });

  it('is what a look at every instant says', () => {
    fc.assert(
      fc.property(histories, (spans) => {
        for (const [ticketId, of] of byTicket(spans)) {
          const stages = Array.from({ length: 450 }, (_, at) => {
            const span = of.find(({ from, to }) => from <= at && at < to);
            return span ? stageOf(span) : null;
          });
          const cycle = cycleOf(itemOf(of)!, dayOf);
          if (stages.at(-1) !== 'DONE') {
            expect(cycle).toBeNull();
            continue;
          }
          const endedAt = stages.findLastIndex((stage) => stage !== 'DONE') + 1;
          const begun = stages.indexOf('IN_PROGRESS');
          const startedAt = begun < 0 ? endedAt : begun;
          expect(cycle).toMatchObject({
            ticketId,
            startedAt,
            endedAt,
            days: Math.floor(endedAt / 10) - Math.floor(startedAt / 10) + 1,
            active: stages.filter((stage) => stage === 'IN_PROGRESS').length,
          });
        }
      }),
    );
  });

  it('times have no percentiles below ten, and count what was skipped', () => {
    const cycles = (count: number): Cycle[] => {
      const spans = Array.from({ length: count }, (_, n) =>
        spansOf(`t${n}`, [
          [0, doing],
          [n * 10, done],
        ]),
      ).flat();
      return cyclesOf(itemsOf(byTicket(spans)), dayOf);
    };
    expect(cycleTimes(cycles(9))).toEqual({ n: 9, skipped: 0, cycle: null, lead: null });
    expect(cycleTimes(cycles(20))).toMatchObject({ n: 20, cycle: { p50: 10, p85: 17, p95: 19 } });
    expect(cycleTimes(cyclesOf(itemsOf(byTicket(spansOf('a', [[3, done]]))), dayOf)).skipped).toBe(1);
  });
});

describe('throughput', () => {
  it('counts each ticket once, on the day since which it is done', () => {
    const spans = [
      ...spansOf('a', [
        [0, doing],
        [9, done],
        [15, doing],
        [21, done],
      ]),
      ...spansOf('b', [[0, done]]),
      ...spansOf('c', [
        [0, done],
        [5, cancelled],
      ]),
    ];
    expect(throughput(cyclesOf(itemsOf(byTicket(spans)), dayOf), plainDays(4)).map(({ ticketIds }) => ticketIds)).toEqual([['b'], [], ['a'], []]);
  });

  it('leaves out what was done before or after the days that are asked for', () => {
    fc.assert(
      fc.property(histories, fc.nat(30), fc.nat(10), (spans, from, length) => {
        const days = DAYS.slice(from, from + length + 1);
        const cycles = cyclesOf(itemsOf(byTicket(spans)), dayOf);
        for (const { count, ticketIds, day } of throughput(cycles, days)) {
          const { start, end } = DAYS.find((one) => one.day === day)!;
          const there = cycles.filter(({ endedAt }) => start <= endedAt && endedAt < end).map(({ ticketId }) => ticketId);
          expect([count, ticketIds]).toEqual([there.length, there]);
        }
      }),
    );
  });
});

describe('ageing work', () => {
  const of = (spans: readonly TicketSpan[], at: number) => {
    const known = byTicket(knownBefore(spans, at));
    return ageing(underWayIn(known), known, at, dayOf);
  };
  const ten = Array.from({ length: 10 }, (_, n) =>
    spansOf(`t${n}`, [
      [0, { ...doing, columnId: 'doing' }],
      [(n + 1) * 10, { columnId: 'review' }],
      [200, { ...done, columnId: 'done' }],
    ]),
  ).flat();

  it.each<[what: string, became: Parameters<typeof spansOf>[1], found: string]>([
    ['begun today', [[40, { ...doing, columnId: 'doing' }]], 'doing 1 1 null'],
    [
      'moved between columns',
      [
        [0, { ...doing, columnId: 'doing' }],
        [40, { columnId: 'review' }],
      ],
      'review 5 5 null',
    ],
    [
      'put back and taken up again',
      [
        [0, doing],
        [10, open],
        [40, { ...doing, columnId: 'doing' }],
      ],
      'doing 5 5 null',
    ],
    [
      'reopened',
      [
        [0, doing],
        [10, done],
        [30, { ...doing, columnId: 'doing' }],
      ],
      'doing 2 5 null',
    ],
    [
      'cancelled and taken up again',
      [
        [0, doing],
        [10, cancelled],
        [30, { ...doing, columnId: 'doing' }],
      ],
      'doing 2 5 null',
    ],
    [
      'done',
      [
        [0, doing],
        [10, done],
      ],
      '',
    ],
    [
      'put back',
      [
        [0, doing],
        [10, open],
      ],
      '',
    ],
    [
      'deleted',
      [
        [0, doing],
        [10, { deleted: true }],
      ],
      '',
    ],
  ])('a ticket %s', (_, became, found) => {
    const { tickets } = of(spansOf('a', became), 45);
    expect(tickets.map(({ columnId, age, totalAge, olderThan }) => `${columnId} ${age} ${totalAge} ${olderThan}`).join()).toBe(found);
  });

  it.each([
    [5, null],
    [70, 50],
    [100, 85],
    [120, 95],
  ])('is compared with those that left its column: after %i', (after, olderThan) => {
    const at = 300;
    const { tickets, columns } = of([...ten, ...spansOf('a', [[at - after, { ...doing, columnId: 'doing' }]])], at);
    expect(columns).toContainEqual({ columnId: 'doing', n: 10, ages: { p50: 6, p85: 10, p95: 11 } });
    expect(columns).toContainEqual({ columnId: 'review', n: 10, ages: { p50: 21, p85: 21, p95: 21 } });
    expect(tickets.map((ticket) => ticket.olderThan)).toEqual([olderThan]);
  });

  it('is told of tickets in progress by their ways, too', () => {
    fc.assert(
      fc.property(histories, (spans) => {
        const known = byTicket(spans);
        const kept = itemsOf(known).filter(({ stage }) => stage === 'IN_PROGRESS');
        expect(underWayIn(known).map(({ ticketId, startedAt, firstAt }) => [ticketId, startedAt, firstAt])).toEqual(
          kept.map(({ ticketId, episodeAt, startedAt }) => [ticketId, episodeAt, startedAt]),
        );
      }),
    );
  });

  it('is each ticket that is in progress, with an age of a day at least', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 400 }), (spans, at) => {
        const { tickets } = of(spans, at);
        const there = spans.filter((span) => span.from < at && at <= span.to && stageOf(span) === 'IN_PROGRESS').map(({ ticketId }) => ticketId);
        expect(tickets.map(({ ticketId }) => ticketId).toSorted()).toEqual(there.toSorted());
        for (const { age, totalAge } of tickets) expect(1 <= age && age <= totalAge).toBe(true);
      }),
    );
  });
});
