import fc from 'fast-check';
import { histories, NEW, spansOf } from '../flow/histories.fixture.ts';
import { stageOf, type TicketSpan } from '../flow/span.ts';
import { GOLDEN, GOLDEN_STAYS } from './golden.fixture.ts';
import { COUNTED, MEASURES, speaking, type ScopeInput } from './scope.ts';
import { sprintReport, type ReportPart, type SprintReport } from './sprint-report.ts';

const golden: ScopeInput = { sprintId: 'golden', spans: GOLDEN, stays: GOLDEN_STAYS, until: Infinity, measure: 'POINTS', counted: 'LEAVES' };
const said = (part: ReportPart): string => `${part.total}: ${part.lines.map(({ ticketId, amount }) => `${ticketId} ${amount}`).join(', ')}`;
const all = (report: SprintReport): Record<string, string> =>
  Object.fromEntries(Object.entries(report).map(([name, part]) => [name, said(part as ReportPart)]));

it('of the golden sprint adds up', () => {
  expect(all(sprintReport(golden))).toEqual({
    committed: '40: A 8, B 13, C 5, D 8, E 6',
    added: '3: F 3',
    removed: '8: D 8',
    reEstimated: '3: C 3',
    cancelled: '6: E 6',
    completed: '29: A 8, B 13, C 8',
    carried: '3: F 3',
  });
});

describe('a report', () => {
  const done = { state: 'DONE', resolution: 'DONE' } as const;
  const cancelled = { state: 'DONE', resolution: 'CANCELLED' } as const;
  const open = { state: 'OPEN', resolution: null } as const;
  const start = [0, { sprintId: 's1', points: 5 }] as const;
  const parent = spansOf('p', [[0, { sprintId: 's1', points: 8 }]]);
  const child = (...became: Parameters<typeof spansOf>[1]): TicketSpan[] => spansOf('c', [[0, { sprintId: 's1', points: 3, parentId: 'p' }], ...became]);
  const empty = { committed: '0: ', added: '0: ', removed: '0: ', reEstimated: '0: ', cancelled: '0: ', completed: '0: ', carried: '0: ' };

  it.each<[what: string, spans: TicketSpan[], counted: ScopeInput['counted'], report: Record<string, string>]>([
    ['of an empty sprint', [], 'LEAVES', {}],
    [
      'of what was done and came back to be cancelled',
      spansOf('a', [start, [20, done], [30, cancelled]]),
      'LEAVES',
      { committed: '5: a 5', cancelled: '5: a 5' },
    ],
    ['of a cancellation taken back', spansOf('a', [start, [20, cancelled], [30, open]]), 'LEAVES', { committed: '5: a 5', carried: '5: a 5' }],
    [
      'of one taken back with another estimate',
      spansOf('a', [start, [20, cancelled], [25, { points: 8 }], [30, open]]),
      'LEAVES',
      { committed: '5: a 5', cancelled: '-3: a -3', carried: '8: a 8' },
    ],
    [
      'of what was cancelled at the start and is not then',
      spansOf('a', [
        [0, { ...start[1], ...cancelled }],
        [30, open],
      ]),
      'LEAVES',
      { added: '5: a 5', carried: '5: a 5' },
    ],
    [
      'of a deleted ticket that comes back',
      spansOf('a', [start, [20, { deleted: true }], [30, { deleted: false }]]),
      'LEAVES',
      { committed: '5: a 5', removed: '5: a 5', added: '5: a 5', carried: '5: a 5' },
    ],
    [
      'of one without an estimate',
      spansOf('a', [
        [0, { sprintId: 's1' }],
        [20, { points: 2 }],
      ]),
      'LEAVES',
      { committed: '0: a null', reEstimated: '2: a 2', carried: '2: a 2' },
    ],
    [
      'of what was done outside and brought in',
      spansOf('a', [
        [0, { ...done, points: 4 }],
        [20, { sprintId: 's1' }],
      ]),
      'LEAVES',
      { added: '4: a 4', completed: '4: a 4' },
    ],
    ['of a parent and its child, where leaves count', [...parent, ...child()], 'LEAVES', { committed: '3: c 3, p 0', carried: '3: c 3, p 0' }],
    ['of both, where parents count', [...child(), ...parent], 'PARENTS', { committed: '8: c 0, p 8', carried: '8: c 0, p 8' }],
    [
      'of a parent whose only child leaves',
      [...parent, ...child([20, { sprintId: null }])],
      'LEAVES',
      { committed: '3: c 3, p 0', removed: '3: c 3', reEstimated: '8: p 8', carried: '8: p 8' },
    ],
    [
      'of a child whose parent is cancelled',
      [
        ...spansOf('p', [
          [0, { sprintId: 's1', points: 8 }],
          [20, cancelled],
        ]),
        ...child(),
      ],
      'PARENTS',
      { committed: '8: c 0, p 8', cancelled: '8: p 8', reEstimated: '3: c 3', carried: '3: c 3' },
    ],
  ])('%s', (_, spans, counted, report) => {
    expect(all(sprintReport({ ...golden, sprintId: 's1', spans, counted, stays: [{ start: 10, end: 100 }] }))).toEqual({ ...empty, ...report });
  });
});

const stays = fc.tuple(fc.nat(80), fc.nat(100), fc.nat(50), fc.nat(100), fc.boolean()).map(([start, length, gap, more, isReopened]) => {
  const first = { start, end: start + length + 1 };
  return isReopened ? [first, { start: first.end + gap, end: first.end + gap + more + 1 }] : [first];
});
const inputs = fc.record({
  spans: histories,
  stays,
  measure: fc.constantFrom(...MEASURES),
  counted: fc.constantFrom(...COUNTED),
  until: fc.constant(Infinity),
  sprintId: fc.constant('s1'),
});

const close = (a: number, b: number): void => expect(a).toBeCloseTo(b, 6);

describe('of any history', () => {
  it('what was committed and changed is what was completed and carried', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { committed, added, removed, reEstimated, cancelled, completed, carried } = sprintReport(input);
        close(committed.total + added.total + reEstimated.total - removed.total - cancelled.total, completed.total + carried.total);
      }),
      { numRuns: 500 },
    );
  });

  it('each part is what a comparison of all instants, one with the next, says', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const report = sprintReport(input);
        const naive = naiveReport(input);
        for (const [name, total] of Object.entries(naive)) close((report as unknown as Record<string, ReportPart>)[name]!.total, total);
      }),
      { numRuns: 500 },
    );
  });

  it('it says the same in whatever order spans are read', () => {
    fc.assert(
      fc.property(inputs, fc.infiniteStream(fc.nat()), (input, places) => {
        const spans = input.spans.map((span) => ({ span, place: places.next().value })).toSorted((a, b) => a.place - b.place);
        expect(sprintReport({ ...input, spans: spans.map(({ span }) => span) })).toEqual(sprintReport(input));
      }),
      { numRuns: 200 },
    );
  });

  it('what stands at the end is told by those that speak then', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const end = input.stays.at(-1)!.end;
        const scope = input.spans
          .filter((span) => span.from < end && span.to >= end && span.sprintId === 's1' && stageOf(span) !== 'OUT')
          .map((span) => ({ ...span, id: span.ticketId }));
        const amounts = speaking(scope, input.counted).map((span) => (input.measure === 'COUNT' ? 1 : input.measure === 'POINTS' ? span.points : span.hours));
        const { completed, carried } = sprintReport(input);
        close(
          completed.total + carried.total,
          amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('what is written behind the end changes nothing', () => {
    fc.assert(
      fc.property(inputs, histories, (input, later) => {
        const end = input.stays.at(-1)!.end;
        const changed = [
          ...input.spans.filter(({ from }) => from < end).map((span) => (span.to > end ? { ...span, to: end } : span)),
          ...later.map((span) => ({ ...span, from: span.from + end, to: span.to + end })),
        ];
        expect(JSON.stringify(sprintReport({ ...input, spans: changed }))).toBe(JSON.stringify(sprintReport(input)));
      }),
    );
  });

  it('as of a moment is what was recorded then', () => {
    fc.assert(
      fc.property(inputs, fc.nat(300), (input, until) => {
        const recorded = input.spans.flatMap((span) => (span.from >= until ? [] : [span.to < until ? span : { ...span, to: Infinity }]));
        const then = input.stays.flatMap((stay) => (stay.start >= until ? [] : [{ start: stay.start, end: stay.end < until ? stay.end : null }]));
        expect(sprintReport({ ...input, until })).toEqual(sprintReport({ ...input, spans: recorded, stays: then, until }));
      }),
    );
  });
});

/** Every instant is looked at by itself: who is in the scope, and with what. */
function naiveReport({ spans, stays: ran, measure, counted, sprintId }: typeof inputs extends fc.Arbitrary<infer T> ? T : never): Record<string, number> {
  const ids = [...new Set(spans.map(({ ticketId }) => ticketId))];
  const at = (instant: number) => {
    const member = new Map(
      ids.map((id) => [id, spans.find((s) => s.ticketId === id && s.from <= instant && instant < s.to && s.sprintId === sprintId && !s.deleted)]),
    );
    const scope = new Map([...member].filter(([, span]) => span && stageOf(span) !== 'OUT'));
    const amount = (id: string): number => {
      const span = scope.get(id);
      if (!span) return 0;
      const isSilent = counted === 'LEAVES' ? [...scope.values()].some((other) => other?.parentId === id) : scope.has(span.parentId ?? '');
      return isSilent ? 0 : measure === 'COUNT' ? 1 : ((measure === 'POINTS' ? span.points : span.hours) ?? 0);
    };
    return { member, scope, amount };
  };
  const total = { committed: 0, added: 0, removed: 0, reEstimated: 0, cancelled: 0, completed: 0, carried: 0 };
  const fell = new Set<string>();
  const [first] = ran;
  let before = at(first!.start);
  for (const id of ids) total.committed += before.amount(id);
  for (const [index, stay] of ran.entries())
    for (let instant = stay.start + (index === 0 ? 1 : 0); instant < stay.end; instant += 1) {
      const now = at(instant);
      for (const id of ids) {
        const [was, is] = [before.scope.has(id), now.scope.has(id)];
        const delta = now.amount(id) - before.amount(id);
        if (was && is) total.reEstimated += delta;
        else if (was && now.member.get(id)) total.cancelled -= delta;
        else if (was) total.removed -= delta;
        else if (is && before.member.get(id) && fell.has(id)) total.cancelled -= delta;
        else if (is) total.added += delta;
        if (was && !is) fell[now.member.get(id) ? 'add' : 'delete'](id);
      }
      before = now;
    }
  for (const id of ids) total[before.scope.get(id)?.state === 'DONE' ? 'completed' : 'carried'] += before.amount(id);
  return total;
}

it('knows a ticket that was never in the sprint to be no part of it', () => {
  expect(sprintReport({ ...golden, spans: [{ ...NEW, ticketId: 'x', from: 0, to: Infinity, points: 5 }] }).committed.lines).toEqual([]);
});
