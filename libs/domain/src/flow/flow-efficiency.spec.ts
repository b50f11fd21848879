import fc from 'fast-check';
import { cyclesOf } from './cycle.ts';
import { dayFinder } from './days.ts';
import { bottleneck, flowEfficiency } from './flow-efficiency.ts';
import { histories, plainDays, spansOf } from './histories.fixture.ts';
import { itemsOf } from './item.ts';
import { byTicket, stageOf, type TicketSpan } from './span.ts';
import { isWaiting, TIME_REASONS, timeSpent, type MeasuredInterval } from './time-spent.ts';

const DAYS = plainDays(60);
const doing = { state: 'IN_PROGRESS', resolution: null, columnId: 'doing' } as const;
const done = { state: 'DONE', resolution: 'DONE', columnId: 'done' } as const;
const open = { state: 'OPEN', resolution: null, columnId: 'todo' } as const;
const measured = (reason: MeasuredInterval['reason'], from: number, to: number, detail: string | null = null): MeasuredInterval => ({
  ticketId: 'a',
  reason,
  detail,
  from,
  to,
});

const of = (
  spans: readonly TicketSpan[],
  intervals: readonly MeasuredInterval[],
  how: { queues?: ReadonlySet<string>; within?: { from: number; to: number }[] } = {},
) => {
  const tickets = byTicket(spans);
  return flowEfficiency({ cycles: cyclesOf(itemsOf(tickets), dayFinder(DAYS)), byTicket: tickets, measured: intervals, ...how });
};
const plain = spansOf('a', [
  [0, doing],
  [100, done],
]);

describe('flow efficiency', () => {
  it.each<[what: string, spans: TicketSpan[], intervals: MeasuredInterval[], reasons: string]>([
    ['work alone', plain, [], 'WORK 100'],
    ['what is blocked', plain, [measured('BLOCKED', 10, 30)], 'WORK 80, BLOCKED 20'],
    ['two reasons at once as one time, the first of the list', plain, [measured('AWAY', 10, 30), measured('BLOCKED', 20, 40)], 'WORK 70, BLOCKED 20, AWAY 10'],
    ['training as work', plain, [measured('RUN_TRAINING', 10, 30), measured('AWAY', 0, 50)], 'WORK 50, AWAY 30, RUN_TRAINING 20'],
    [
      'what waits for two engines apart',
      plain,
      [measured('RUN_QUEUED', 0, 30, 'H200'), measured('RUN_QUEUED', 50, 60, 'A10')],
      'WORK 60, RUN_QUEUED H200 30, RUN_QUEUED A10 10',
    ],
    ['what reaches beyond the cycle as far as it lies in it', plain, [measured('NOBODY', -50, 5), measured('AWAY', 90, 500)], 'WORK 85, AWAY 10, NOBODY 5'],
    [
      'a ticket that was put back',
      spansOf('a', [
        [0, doing],
        [10, open],
        [40, doing],
        [50, done],
      ]),
      [],
      'QUEUE 30, WORK 20',
    ],
    [
      'not the time in which it was done',
      spansOf('a', [
        [0, doing],
        [10, done],
        [40, doing],
        [50, done],
      ]),
      [measured('BLOCKED', 0, 45)],
      'BLOCKED 15, WORK 5',
    ],
    [
      'not the time in which it was deleted',
      spansOf('a', [
        [0, doing],
        [10, { deleted: true }],
        [40, { deleted: false }],
        [50, done],
      ]),
      [],
      'WORK 20',
    ],
    ['nothing of what is not done', spansOf('a', [[0, doing]]), [measured('BLOCKED', 0, 45)], ''],
  ])('tells %s', (_, spans, intervals, told) => {
    const { reasons, work, waiting, ratio } = of(spans, intervals);
    expect(reasons.map(({ reason, detail, time }) => [reason, detail, time].filter((word) => word !== null).join(' ')).join(', ')).toBe(told);
    expect(ratio).toBe(work + waiting === 0 ? null : work / (work + waiting));
  });

  it('takes a column for a queue where it is said to be one, and does not count what is blocked in it twice', () => {
    const spans = spansOf('a', [
      [0, doing],
      [20, { columnId: 'review' }],
      [60, done],
    ]);
    const { work, waiting, ratio } = of(spans, [measured('BLOCKED', 30, 50)], { queues: new Set(['review']) });
    expect([work, waiting, ratio]).toEqual([20, 40, 1 / 3]);
  });

  it('counts working time alone where it is asked for', () => {
    const within = [
      { from: 5, to: 15 },
      { from: 25, to: 35 },
    ];
    expect(of(plain, [measured('BLOCKED', 10, 30)], { within })).toMatchObject({ work: 10, waiting: 10, ratio: 0.5 });
  });

  it('is the ratio of sums, not the mean of ratios', () => {
    const spans = [
      ...plain,
      ...spansOf('b', [
        [0, doing],
        [10, done],
      ]),
    ];
    expect(of(spans, [measured('BLOCKED', 0, 100)]).ratio).toBe(10 / 110);
    expect(of([], []).ratio).toBeNull();
  });
});

describe('the bottleneck', () => {
  it('is the column and reason with most waiting, with its evidence', () => {
    const spans = [
      ...plain,
      ...spansOf('b', [
        [0, { ...doing, columnId: 'review' }],
        [50, done],
      ]),
    ];
    const intervals = [measured('RUN_QUEUED', 0, 20, 'H200'), { ...measured('RUN_QUEUED', 0, 50, 'H200'), ticketId: 'b' }, measured('AWAY', 30, 60)];
    expect(bottleneck(of(spans, intervals).pieces)).toEqual({
      columnId: 'review',
      reason: 'RUN_QUEUED',
      detail: 'H200',
      time: 50,
      share: 0.5,
      ticketIds: ['b'],
    });
  });

  it('is none where nothing waits', () => {
    expect(bottleneck(of(plain, []).pieces)).toBeNull();
  });
});

it('each instant between two is spent once, with the first reason that holds', () => {
  const intervals = fc.array(
    fc.record({
      ticketId: fc.constantFrom('a', 'b'),
      reason: fc.constantFrom('RUN_TRAINING', 'RUN_QUEUED', 'BLOCKED', 'AWAY', 'NOBODY'),
      detail: fc.constant(null),
      from: fc.nat(200),
      to: fc.nat(300),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(histories, intervals, fc.nat(150), fc.nat(150), (spans, all, from, length) => {
      const to = from + length;
      for (const [ticketId, own] of byTicket(spans)) {
        const mine = all.filter((interval) => interval.ticketId === ticketId);
        const naive = new Map<string, number>();
        for (let at = from; at < to; at += 1) {
          const span = own.find((one) => one.from <= at && at < one.to);
          const stage = span ? stageOf(span) : 'OUT';
          if (!span || stage === 'OUT' || stage === 'DONE') continue;
          const holds = TIME_REASONS.find((reason) => mine.some((one) => one.reason === reason && one.from <= at && at < one.to));
          const key = `${span.columnId} ${holds ?? (stage === 'OPEN' ? 'QUEUE' : 'WORK')}`;
          naive.set(key, (naive.get(key) ?? 0) + 1);
        }
        const found = timeSpent({ spans: own, measured: mine, from, to });
        expect(new Map(found.map(({ columnId, reason, time }) => [`${columnId} ${reason}`, time]))).toEqual(naive);
        expect(found.every(({ reason }) => isWaiting(reason) === !['WORK', 'RUN_TRAINING'].includes(reason))).toBe(true);
      }
    }),
  );
});
