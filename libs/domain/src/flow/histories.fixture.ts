import fc from 'fast-check';
import { progressAt, STANDINGS } from '../ticket/state.ts';
import type { ReportDay } from './days.ts';
import type { TicketFacts, TicketSpan } from './span.ts';

/** A ticket as it begins where nothing else is said. */
export const NEW: TicketFacts = {
  state: 'OPEN',
  resolution: null,
  columnId: null,
  sprintId: null,
  points: null,
  hours: null,
  parentId: null,
  kind: 'TASK',
  deleted: false,
};

/** The spans of one ticket: what it became, and when. */
export function spansOf(ticketId: string, became: readonly (readonly [at: number, facts: Partial<TicketFacts>])[]): TicketSpan[] {
  let facts = NEW;
  return became.map(([from, changed], index) => {
    facts = { ...facts, ...changed };
    return { ticketId, ...facts, from, to: became[index + 1]?.[0] ?? Infinity };
  });
}

/** `count` days of a length of 10, which begin at 0; the sixth and seventh of each seven are free. */
export const plainDays = (count: number): ReportDay[] =>
  Array.from({ length: count }, (_, index) => ({
    day: new Date(Date.UTC(2026, 0, 5 + index)).toISOString().slice(0, 10),
    start: index * 10,
    end: index * 10 + 10,
    isWorking: index % 7 < 5,
  }));

export const SPRINTS = ['s1', 's2'] as const;
const TICKETS = ['a', 'b', 'c', 'd', 'e', 'f'];

const change: fc.Arbitrary<Partial<TicketFacts>> = fc.oneof(
  fc.constantFrom(...STANDINGS).map(progressAt),
  fc.record({ sprintId: fc.constantFrom(null, ...SPRINTS) }),
  fc.record({ points: fc.option(fc.integer({ min: 0, max: 16 }).map((halves) => halves / 2)) }),
  fc.record({ hours: fc.option(fc.integer({ min: 0, max: 30 }).map((tenths) => tenths / 10)) }),
  fc.record({ columnId: fc.constantFrom(null, 'todo', 'doing', 'review', 'done') }),
  fc.record({ deleted: fc.boolean() }),
);

/** Histories of up to six tickets over 300 instants, of which the later may be children of the earlier. */
export const histories: fc.Arbitrary<TicketSpan[]> = fc
  .array(
    fc.record({
      made: fc.nat(60),
      first: fc.tuple(change, change, change),
      parent: fc.option(fc.nat(5)),
      became: fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), change), { maxLength: 8 }),
    }),
    { maxLength: TICKETS.length },
  )
  .map((tickets) =>
    tickets.flatMap(({ made, first, parent, became }, index) => {
      let at = made;
      const parentId = parent !== null && parent < index ? (TICKETS[parent] as string) : null;
      return spansOf(TICKETS[index] as string, [
        [at, Object.assign({}, ...first, { parentId }) as Partial<TicketFacts>],
        ...became.map(([after, facts]) => [(at += after), facts] as const),
      ]);
    }),
  );
