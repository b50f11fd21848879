import fc from 'fast-check';
import { changesBetween, ENTITY_KINDS, type Changes } from '../activity/activity.ts';
import { isTicketNews, spansAfter, type TicketNews } from './history.ts';
import { histories } from './histories.fixture.ts';
import { itemAfter, itemOf, type FlowItem } from './item.ts';
import { byTicket, type TicketFacts, type TicketSpan } from './span.ts';

const to = (changes: Record<string, unknown>): Changes => Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, { from: null, to: value }]));
const created = (at: number, values: Record<string, unknown> = {}): TicketNews => ({
  action: 'CREATED',
  at,
  changes: to({ title: 'x', type: 'BUG', state: 'OPEN', ...values }),
});
const updated = (at: number, values: Record<string, unknown>): TicketNews => ({ action: 'UPDATED', at, changes: to(values) });
const GONE = { columnId: null, rank: null, state: null, resolution: null };

describe('what the log makes of a ticket', () => {
  const said = (spans: readonly TicketSpan[]) =>
    spans.map(({ from, to: end, state, resolution, columnId, points, deleted }) => `${from}-${end} ${state} ${resolution} ${columnId} ${points} ${deleted}`);

  it.each<[what: string, news: TicketNews[], spans: string[]]>([
    ['is made', [created(1, { points: 3, columnId: 'todo' })], ['1-Infinity OPEN null todo 3 false']],
    [
      'moves, and is estimated anew',
      [created(1), { action: 'MOVED', at: 5, changes: to({ columnId: 'doing', rank: 'b', state: 'IN_PROGRESS' }) }, updated(9, { points: 2 })],
      ['1-5 OPEN null null null false', '5-9 IN_PROGRESS null doing null false', '9-Infinity IN_PROGRESS null doing 2 false'],
    ],
    ['has another title alone', [created(1), updated(5, { title: 'y' })], ['1-Infinity OPEN null null null false']],
    ['is changed where it is made, at once', [created(1), updated(1, { points: 2 })], ['1-Infinity OPEN null null 2 false']],
    [
      'is changed by a clock put back',
      [created(9), updated(4, { points: 2 }), updated(12, { points: 3 })],
      ['9-12 OPEN null null 2 false', '12-Infinity OPEN null null 3 false'],
    ],
    [
      'is deleted while it is done, and restored',
      [
        created(1, { state: 'DONE', resolution: 'CANCELLED', columnId: 'done' }),
        { action: 'DELETED', at: 5, changes: to(GONE) },
        { action: 'CREATED', at: 9, changes: to({ columnId: 'done', state: 'DONE', resolution: 'CANCELLED', restored: true }) },
      ],
      ['1-5 DONE CANCELLED done null false', '5-9 DONE CANCELLED null null true', '9-Infinity DONE CANCELLED done null false'],
    ],
    ['was there before the log', [updated(5, { points: 8 })], ['5-Infinity OPEN null null 8 false']],
    ['is said nothing of', [], []],
  ])('that %s', (_, news, spans) => {
    expect(said(spansAfter('a', null, news))).toEqual(spans);
  });

  it('is said by entries of tickets, and not by those that rank them', () => {
    for (const entity of ENTITY_KINDS) expect(isTicketNews({ entity, action: 'CREATED', changes: {} })).toBe(entity === 'TICKET');
    expect(isTicketNews({ entity: 'TICKET', action: 'RERANKED', changes: to({ columnId: 'x' }) })).toBe(false);
    expect(isTicketNews({ entity: 'TICKET', action: 'UPDATED', changes: to({ title: 'x' }) })).toBe(false);
    for (const field of ['state', 'sprintId', 'parentId', 'deviceHours', 'type'])
      expect(isTicketNews({ entity: 'TICKET', action: 'UPDATED', changes: to({ [field]: 1 }) })).toBe(true);
  });
});

/** The log of a ticket that has these spans. */
function logOf(spans: readonly TicketSpan[]): TicketNews[] {
  const shown = ({ state, resolution, columnId, sprintId, points, hours, parentId, kind }: TicketFacts) => ({
    state,
    resolution,
    columnId,
    sprintId,
    points,
    deviceHours: hours,
    parentId,
    type: kind,
  });
  return spans.map((span, index) => {
    const before = spans[index - 1];
    const changes = changesBetween(before ? shown(before) : {}, shown(span));
    const action = span.deleted ? 'DELETED' : before && !before.deleted ? 'UPDATED' : 'CREATED';
    return { action, changes, at: span.from };
  });
}

describe('of any history', () => {
  // While a ticket is deleted nothing else happens to it.
  const living = histories.map((spans) => [...byTicket(spans).values()].map((of) => of.filter(({ deleted }, index) => !deleted || !of[index - 1]?.deleted)));

  it('the spans are what they were logged from, read in stretches of any length', () => {
    fc.assert(
      fc.property(living, fc.integer({ min: 1, max: 4 }), (tickets, stretch) => {
        for (const of of tickets) {
          const log = logOf(of);
          const kept = new Map<number, TicketSpan>();
          for (let at = 0; at < log.length; at += stretch) {
            const last = [...kept.values()].at(-1) ?? null;
            for (const span of spansAfter(of[0]!.ticketId, last, log.slice(at, at + stretch))) kept.set(span.from, span);
          }
          expect([...kept.values()]).toEqual(spansAfter(of[0]!.ticketId, null, log));
          for (const [instant, facts] of of.map((span) => [span.from, span] as const)) {
            const found = [...kept.values()].find(({ from, to: end }) => from <= instant && instant < end);
            expect(found).toMatchObject({ state: facts.state, sprintId: facts.sprintId, points: facts.points, hours: facts.hours, deleted: facts.deleted });
          }
        }
      }),
    );
  });

  it('the way of a ticket is the same told on, or from the start', () => {
    fc.assert(
      fc.property(histories, fc.nat(8), (spans, cut) => {
        for (const of of byTicket(spans).values()) {
          const early = itemOf(of.slice(0, cut));
          expect(of.slice(cut).reduce<FlowItem | null>(itemAfter, early)).toEqual(itemOf(of));
        }
      }),
    );
  });
});
