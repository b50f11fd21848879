import type { Action, Changes, EntityKind } from '../activity/activity.ts';
import type { TicketFacts, TicketSpan } from './span.ts';

/** What the log says of a ticket. */
export interface TicketNews {
  action: Action;
  changes: Changes;
  /** In milliseconds. */
  at: number;
}

/** What the log calls the facts of a ticket. */
const FACTS: Readonly<Record<string, keyof TicketFacts>> = {
  state: 'state',
  resolution: 'resolution',
  columnId: 'columnId',
  sprintId: 'sprintId',
  points: 'points',
  deviceHours: 'hours',
  parentId: 'parentId',
  type: 'kind',
};

/** Before the log says anything. */
const FIRST: TicketFacts = {
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

/** Whether an entry of the log changes what reports ask of a ticket. */
export function isTicketNews({ entity, action, changes }: { entity: EntityKind; action: Action; changes: Changes }): boolean {
  return entity === 'TICKET' && action !== 'RERANKED' && (action !== 'UPDATED' || Object.keys(changes).some((name) => name in FACTS));
}

/** What a ticket is after an entry. A deleted one keeps the state that it had. */
function factsAfter(before: TicketFacts, { action, changes }: TicketNews): TicketFacts {
  const told = Object.entries(changes).flatMap(([name, { to }]) => {
    const fact = FACTS[name];
    return fact === undefined || (to === null && (fact === 'state' || fact === 'kind')) ? [] : [[fact, to]];
  });
  const after = { ...before, ...(Object.fromEntries(told) as Partial<TicketFacts>), deleted: action === 'DELETED' || (before.deleted && action !== 'CREATED') };
  return action === 'DELETED' ? { ...after, resolution: before.resolution } : after;
}

const isSame = (a: TicketFacts, b: TicketFacts): boolean => (Object.keys(FIRST) as (keyof TicketFacts)[]).every((fact) => a[fact] === b[fact]);

/**
 * The spans that entries of the log make of a ticket, in the order of the log; `last` is the span that held before them. It is among the answer where
 * it ends, or where it begins at the instant of a change: then it is what it became. An entry that is older than the one before it, by a clock that
 * was put back, holds from that one's instant on.
 */
export function spansAfter(ticketId: string, last: TicketSpan | null, news: readonly TicketNews[]): TicketSpan[] {
  const spans = last ? [last] : [];
  for (const one of news) {
    const current = spans.at(-1);
    const facts = factsAfter(current ?? FIRST, one);
    if (current && isSame(current, facts)) continue;
    const from = Math.max(one.at, current?.from ?? -Infinity);
    if (current?.from === from) spans[spans.length - 1] = { ...current, ...facts };
    else {
      if (current) spans[spans.length - 1] = { ...current, to: from };
      spans.push({ ticketId, ...facts, from, to: Infinity });
    }
  }
  return spans[0] === last ? spans.slice(1) : spans;
}
