import fc from 'fast-check';
import { cumulativeFlow, entriesOfItems, flowEntries, ticketsAt } from './cumulative-flow.ts';
import { histories, plainDays, spansOf } from './histories.fixture.ts';
import { itemsOf } from './item.ts';
import { byTicket, knownBefore, stageOf, type TicketSpan } from './span.ts';

const DAYS = plainDays(40);
const of = (spans: readonly TicketSpan[], days = DAYS) => cumulativeFlow(flowEntries(byTicket(spans)), days).map(({ reached }) => reached);
const doing = { state: 'IN_PROGRESS', resolution: null } as const;
const done = { state: 'DONE', resolution: 'DONE' } as const;
const cancelled = { state: 'DONE', resolution: 'CANCELLED' } as const;
const open = { state: 'OPEN', resolution: null } as const;

it.each<[what: string, spans: TicketSpan[], reached: string]>([
  [
    'straight through',
    spansOf('a', [
      [0, {}],
      [10, doing],
      [20, done],
    ]),
    '1000 1100 1110 1110',
  ],
  [
    'back to the start',
    spansOf('a', [
      [0, {}],
      [10, doing],
      [20, open],
    ]),
    '1000 1000 1000 1000',
  ],
  [
    'back, and on again',
    spansOf('a', [
      [0, {}],
      [10, doing],
      [20, open],
      [30, doing],
    ]),
    '1000 1000 1000 1100',
  ],
  [
    'reopened',
    spansOf('a', [
      [0, doing],
      [10, done],
      [20, doing],
      [30, done],
    ]),
    '1100 1100 1100 1110',
  ],
  [
    'cancelled',
    spansOf('a', [
      [0, {}],
      [10, doing],
      [20, cancelled],
    ]),
    '1000 1100 1111 1111',
  ],
  [
    'cancelled before it began',
    spansOf('a', [
      [0, {}],
      [20, cancelled],
    ]),
    '1000 1000 1111 1111',
  ],
  [
    'deleted and restored',
    spansOf('a', [
      [0, doing],
      [10, { deleted: true }],
      [20, { deleted: false }],
    ]),
    '1100 1100 1100 1100',
  ],
  [
    'done on the last instant of a day, and on the first',
    [
      ...spansOf('a', [
        [0, doing],
        [19, done],
      ]),
      ...spansOf('b', [
        [0, doing],
        [20, done],
      ]),
    ],
    '2200 2210 2220 2220',
  ],
])('a ticket that went %s', (_, spans, reached) => {
  expect(
    of(spans, plainDays(4))
      .map((day) => day.join(''))
      .join(' '),
  ).toBe(reached);
});

it('is nothing without tickets', () => {
  expect(of([], plainDays(2))).toEqual([
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]);
});

it('follows columns, where they are told in their order', () => {
  const spans = spansOf('a', [
    [0, { columnId: 'todo' }],
    [10, { columnId: 'review' }],
    [20, { columnId: 'doing' }],
  ]);
  const [entry] = flowEntries(byTicket(spans), 3, ({ columnId }) => ['todo', 'doing', 'review'].indexOf(columnId ?? ''));
  expect(entry?.since).toEqual([0, 10, null, null]);
});

it('does not know a ticket that lies in no stage', () => {
  const [entry] = flowEntries(byTicket(spansOf('a', [[0, {}]])), 2, () => -1);
  expect(entry?.since).toEqual([null, null, null]);
});

describe('of any history', () => {
  it('never falls, from day to day and from stage to stage', () => {
    fc.assert(
      fc.property(histories, (spans) => {
        const days = of(spans);
        for (const [index, reached] of days.entries())
          for (const [stage, count] of reached.entries()) {
            expect(count).toBeGreaterThanOrEqual(days[index - 1]?.[stage] ?? 0);
            expect(count).toBeLessThanOrEqual(reached[stage - 1] ?? Infinity);
          }
      }),
    );
  });

  it('the last day as it was known then is a count of the tickets of then, by name too', () => {
    fc.assert(
      fc.property(histories, fc.nat(39), (spans, index) => {
        const { end } = DAYS[index]!;
        const entries = flowEntries(byTicket(knownBefore(spans, end)));
        const now = cumulativeFlow(entries, DAYS.slice(0, index + 1)).at(-1)!.reached;
        const held = spans.filter(({ from, to }) => from < end && end <= to);
        for (const [stage, name] of (['OPEN', 'IN_PROGRESS', 'DONE', 'OUT'] as const).entries()) {
          const there = held.filter((span) => stageOf(span) === name).map(({ ticketId }) => ticketId);
          expect((now[stage] ?? 0) - (now[stage + 1] ?? 0)).toBe(there.length);
          expect(ticketsAt(entries, stage, end).toSorted()).toEqual(there.toSorted());
        }
      }),
    );
  });

  it('is told alike by all spans and by what is kept of each ticket', () => {
    fc.assert(
      fc.property(histories, (spans) => {
        expect(entriesOfItems(itemsOf(byTicket(spans)))).toEqual(flowEntries(byTicket(spans)));
      }),
    );
  });

  it('is what walking back from now says, instant by instant', () => {
    fc.assert(
      fc.property(histories, (spans) => {
        const order = ['OPEN', 'IN_PROGRESS', 'DONE', 'OUT'];
        for (const { ticketId, since } of flowEntries(byTicket(spans))) {
          const at = (instant: number): number => {
            const span = spans.find((one) => one.ticketId === ticketId && one.from <= instant && instant < one.to);
            return span ? order.indexOf(stageOf(span)) : -1;
          };
          for (const [stage, from] of since.entries()) {
            let back = 500;
            while (at(back) >= stage) back -= 1;
            expect(from).toBe(back === 500 ? null : back + 1);
          }
        }
      }),
    );
  });
});
