import { stageOf, type TicketSpan } from '../flow/span.ts';

/** What is summed up of tickets: points, tickets, or device-hours estimated. */
export const MEASURES = ['POINTS', 'COUNT', 'HOURS'] as const;
export type Measure = (typeof MEASURES)[number];

/** Which of a parent and its children speaks where both are in the sprint: never both. */
export const COUNTED = ['LEAVES', 'PARENTS'] as const;
export type Counted = (typeof COUNTED)[number];

/** Those that speak among tickets of one scope, as they are at one moment. */
export function speaking<Ticket extends { id: string; parentId: string | null }>(scope: readonly Ticket[], counted: Counted): Ticket[] {
  const ids = new Set(scope.map(({ id }) => id));
  const parents = new Set(scope.map(({ parentId }) => parentId));
  return scope.filter(({ id, parentId }) => (counted === 'LEAVES' ? !parents.has(id) : parentId === null || !ids.has(parentId)));
}

export const STEP_KINDS = ['ADDED', 'REMOVED', 'RE_ESTIMATED', 'CANCELLED'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** A stretch in which the sprint ran, half open; `end` is null while it runs. Reopening begins another. */
export interface SprintStay {
  start: number;
  end: number | null;
}

/** A change of the scope by one ticket. `delta` is what the scope grew by: CANCELLED with a positive one takes a cancellation back. */
export interface ScopeStep {
  at: number;
  ticketId: string;
  kind: StepKind;
  delta: number;
}

/** How far a sprint is from `at` on. */
export interface BurnPoint {
  at: number;
  scope: number;
  done: number;
  remaining: number;
  /** Tickets in the scope without an estimate: they are in none of the sums. */
  unestimated: number;
}

/** A ticket of the scope; `amount` is null where it is not estimated, and 0 where its children or its parent speak for it. */
export interface ScopeTicket {
  ticketId: string;
  amount: number | null;
  isDone: boolean;
}

export interface ScopeInput {
  sprintId: string;
  /** All spans in which tickets were in the sprint; others do no harm. */
  spans: readonly TicketSpan[];
  /** In their order. */
  stays: readonly SprintStay[];
  /** As of when: what happened at this instant or later is not known yet. */
  until: number;
  measure: Measure;
  counted: Counted;
}

export interface ScopeReplay {
  /** What the sprint began with. Empty before it began. */
  committed: ScopeTicket[];
  steps: ScopeStep[];
  /** The first is the start, each other one a change; at the start of a later stay all that happened while the sprint was closed. */
  points: BurnPoint[];
  /** The scope when the last stay ended, or as of `until`. */
  last: ScopeTicket[];
  /** When that was; null before the sprint began. */
  end: number | null;
}

/** Sums of halves and tenths, without the dust of binary fractions. */
export const exact = (sum: number): number => Math.round(sum * 1e6) / 1e6 + 0;

/** What is accounted for of a ticket. */
interface Account {
  span: TicketSpan | null;
  inScope: boolean;
  amount: number | null;
  isDone: boolean;
  wasCancelled: boolean;
}

const OUTSIDE: Account = { span: null, inScope: false, amount: 0, isDone: false, wasCancelled: false };

/**
 * Replays the scope of a sprint. A ticket is in the scope while it is in the sprint and neither deleted nor cancelled. What holds at the start
 * is committed; what comes later is a step. What happens while the sprint is closed is seen when it is reopened, and never before.
 */
export function replayScope({ sprintId, spans, stays, until, measure, counted }: ScopeInput): ScopeReplay {
  const changes = changesOf(sprintId, spans);
  const ledger = new Ledger(measure, counted);
  const replay: ScopeReplay = { committed: [], steps: [], points: [], last: [], end: null };
  let next = 0;
  const takeTo = (isWithin: (at: number) => boolean): Change[] => {
    const from = next;
    while (next < changes.length && isWithin((changes[next] as Change).at)) next += 1;
    return changes.slice(from, next);
  };
  stays.forEach((stay, index) => {
    if (stay.start >= until) return;
    const end = Math.min(stay.end ?? until, until);
    const missed = ledger.take(
      takeTo((at) => at <= stay.start),
      stay.start,
    );
    if (index === 0) replay.committed = ledger.scope();
    else replay.steps.push(...missed);
    replay.points.push(ledger.point(stay.start));
    while (next < changes.length && (changes[next] as Change).at < end) {
      const { at } = changes[next] as Change;
      replay.steps.push(
        ...ledger.take(
          takeTo((other) => other === at),
          at,
        ),
      );
      replay.points.push(ledger.point(at));
    }
    replay.end = end;
  });
  replay.last = ledger.scope();
  return replay;
}

interface Change {
  at: number;
  ticketId: string;
  /** Null: it is in the sprint no more. */
  span: TicketSpan | null;
}

/** When a ticket's being in the sprint began, changed and ended. What comes at once is in the order of the ids: spans come in any. */
function changesOf(sprintId: string, spans: readonly TicketSpan[]): Change[] {
  const within = spans.filter((span) => span.sprintId === sprintId && !span.deleted && span.from < span.to);
  const begins = new Set(within.map(({ ticketId, from }) => `${from} ${ticketId}`));
  return within
    .flatMap((span): Change[] => {
      const begin = { at: span.from, ticketId: span.ticketId, span };
      return span.to === Infinity || begins.has(`${span.to} ${span.ticketId}`) ? [begin] : [begin, { at: span.to, ticketId: span.ticketId, span: null }];
    })
    .sort((a, b) => a.at - b.at || (a.ticketId < b.ticketId ? -1 : 1));
}

/** The accounts of all tickets, and their sums. */
class Ledger {
  private readonly accounts = new Map<string, Account>();
  /** Tickets in the scope, by their parent. */
  private readonly children = new Map<string, Set<string>>();
  private scopeSum = 0;
  private doneSum = 0;
  private unestimated = 0;

  private readonly measure: Measure;
  private readonly counted: Counted;

  constructor(measure: Measure, counted: Counted) {
    this.measure = measure;
    this.counted = counted;
  }

  /** Takes changes that are seen at once; answers what they did to the scope. */
  take(changes: readonly Change[], at: number): ScopeStep[] {
    const now = new Map(changes.map(({ ticketId, span }) => [ticketId, span]));
    const touched = new Set(now.keys());
    for (const [ticketId, span] of now) {
      const { parentId, inScope } = this.of(ticketId);
      const isIn = span !== null && stageOf(span) !== 'OUT';
      if (inScope && parentId !== null) this.children.get(parentId)?.delete(ticketId);
      if (isIn && span.parentId !== null) this.childrenOf(span.parentId).add(ticketId);
      for (const relative of [parentId, span?.parentId, ...(this.children.get(ticketId) ?? [])]) if (relative != null) touched.add(relative);
    }
    const holds = new Map([...touched].map((id) => [id, now.has(id) ? (now.get(id) as TicketSpan | null) : this.of(id).span]));
    const isInScope = (id: string | null): boolean => {
      const span = id === null ? null : holds.has(id) ? holds.get(id) : this.of(id).span;
      return span != null && stageOf(span) !== 'OUT';
    };
    const steps: ScopeStep[] = [];
    for (const [ticketId, span] of holds) {
      const before = this.accounts.get(ticketId) ?? OUTSIDE;
      const inScope = isInScope(ticketId);
      const speaks = this.counted === 'LEAVES' ? (this.children.get(ticketId)?.size ?? 0) === 0 : !isInScope(span?.parentId ?? null);
      const after: Account = {
        span,
        inScope,
        amount: inScope && speaks && span ? amountOf(span, this.measure) : 0,
        isDone: inScope && span?.state === 'DONE',
        wasCancelled: before.inScope && !inScope ? span !== null : before.wasCancelled,
      };
      const kind = kindOf(before, after);
      const delta = exact((after.amount ?? 0) - (before.amount ?? 0));
      if (kind && (kind !== 'RE_ESTIMATED' || before.amount !== after.amount)) steps.push({ at, ticketId, kind, delta });
      this.enter(ticketId, before, after);
    }
    return steps;
  }

  point(at: number): BurnPoint {
    const scope = exact(this.scopeSum);
    const done = exact(this.doneSum);
    return { at, scope, done, remaining: exact(scope - done), unestimated: this.unestimated };
  }

  scope(): ScopeTicket[] {
    return [...this.accounts].flatMap(([ticketId, { inScope, amount, isDone }]) => (inScope ? [{ ticketId, amount, isDone }] : []));
  }

  private enter(ticketId: string, before: Account, after: Account): void {
    this.accounts.set(ticketId, after);
    this.scopeSum += (after.amount ?? 0) - (before.amount ?? 0);
    this.doneSum += (after.isDone ? (after.amount ?? 0) : 0) - (before.isDone ? (before.amount ?? 0) : 0);
    this.unestimated += Number(after.amount === null) - Number(before.amount === null);
  }

  private of(ticketId: string): { span: TicketSpan | null; parentId: string | null; inScope: boolean } {
    const { span, inScope } = this.accounts.get(ticketId) ?? OUTSIDE;
    return { span, parentId: span?.parentId ?? null, inScope };
  }

  private childrenOf(parentId: string): Set<string> {
    const found = this.children.get(parentId) ?? new Set();
    this.children.set(parentId, found);
    return found;
  }
}

const amountOf = (span: TicketSpan, measure: Measure): number | null => (measure === 'COUNT' ? 1 : measure === 'POINTS' ? span.points : span.hours);

/** Null: nothing about the scope. */
function kindOf(before: Account, after: Account): StepKind | null {
  if (before.inScope && after.inScope) return 'RE_ESTIMATED';
  if (before.inScope) return after.span === null ? 'REMOVED' : 'CANCELLED';
  if (!after.inScope) return null;
  return before.span !== null && before.wasCancelled ? 'CANCELLED' : 'ADDED';
}
