import { atOnce } from '../steps.ts';
import { startOfDay, dayAt } from '../time/zones.ts';
import type { Query } from '../query/query.ts';
import { holds, type NamesNow } from './condition.ts';
import { nextDue } from './due.ts';
import { deedsBeside, effectOf, type Effect } from './effect.ts';
import { isAboutTickets, type RuleAction, type RuleDeed, type Trigger } from './rule.ts';
import { afterEntry, beforeEntry, type TicketEntry, type TicketThen } from './ticket-then.ts';
import { isTriggered } from './trigger.ts';

/** So far back a rule is tried. */
export const REHEARSED_DAYS = 30;
/** Firings that are told one by one. */
export const REHEARSED_MAX = 100;

/** An entry of the log of a project. */
export interface PastEntry extends TicketEntry {
  ticketId: string | null;
  /** A person did it, not a rule and not the server. */
  byPerson: boolean;
}

export interface Rehearsed {
  events: number;
  matched: number;
  changing: number;
  unknown: number;
  unknownFields: string[];
  /** The newest first. */
  firings: RehearsedOne[];
}
export interface RehearsedOne {
  ticketId: string | null;
  at: number;
  effects: Effect[];
  deeds: RuleDeed[];
  /** Fields that a person set otherwise, or to the same, the first time after it. */
  contradicted: string[];
  confirmed: string[];
}

export interface Past {
  since: number;
  until: number;
  timeZone: string;
  /** In their order. */
  entries: readonly PastEntry[];
  /** Tickets as they are now, deleted ones too. */
  tickets: readonly TicketThen[];
  /** Tickets of a sprint, by the sprint. */
  sprintTickets: ReadonlyMap<string, readonly string[]>;
  /** When a label of the project was deleted last; null: none was. */
  labelDeletedAt: number | null;
}

type Rehearsing = { trigger: Trigger; query: Query; actions: readonly RuleAction[] };

/** What a rule would have done. It is asked of every moment alone: what it had changed then does not go on. */
export const rehearse = (rule: Rehearsing, past: Past, names: NamesNow): Rehearsed => atOnce(rehearsing(rule, past, names));

/** The same in small steps, between which something else can be done. */
export function* rehearsing(rule: Rehearsing, past: Past, names: NamesNow): Generator<void, Rehearsed> {
  const then = yield* ticketsAt(past);
  const now = new Map(past.tickets.map((ticket) => [ticket.id, ticket]));
  const result: Rehearsed = { events: 0, matched: 0, changing: 0, unknown: 0, unknownFields: [], firings: [] };
  const unknown = new Set<string>();
  const deeds = deedsBeside(rule.actions).map(({ does }) => does);

  const tryOn = (found: TicketThen, at: number): void => {
    const ticket: TicketThen = past.labelDeletedAt !== null && at < past.labelDeletedAt ? { ...found, labelsUnknown: true } : found;
    const { truth, unknown: fields } = holds(rule.query, ticket, names, { now: new Date(at), timeZone: past.timeZone });
    for (const field of fields) unknown.add(field);
    if (truth === null) result.unknown++;
    if (truth !== true) return;
    result.matched++;
    const effects = effectOf(rule.actions, ticket);
    if (effects.length === 0 && deeds.length === 0) return;
    result.changing++;
    fires({ ticketId: ticket.id, at, effects, deeds, contradicted: [], confirmed: [] });
  };
  /** Only the newest are told. */
  const fires = (firing: RehearsedOne): void => {
    if (result.firings.push(firing) >= 2 * REHEARSED_MAX) result.firings.splice(0, REHEARSED_MAX);
  };
  function* happens(at: number, ids: readonly string[] | null): Generator<void, void> {
    result.events++;
    if (!isAboutTickets(rule.trigger)) {
      result.matched++;
      result.changing++;
      fires({ ticketId: null, at, effects: [], deeds, contradicted: [], confirmed: [] });
      return;
    }
    for (const ticket of ids ? ids.map((id) => then.get(id)) : then.values()) {
      yield;
      if (ticket) tryOn(ticket, at);
    }
  }

  const due = duesOf(rule.trigger, past);
  let next = 0;
  for (const entry of past.entries) {
    yield;
    while (next < due.length && due[next]! <= entry.at) yield* happens(due[next++]!, null);
    advance(then, entry, now);
    if (!isTriggered(rule.trigger, entry)) continue;
    yield* happens(entry.at, entry.ticketId !== null ? [entry.ticketId] : (past.sprintTickets.get(entry.entityId) ?? []));
  }
  while (next < due.length) yield* happens(due[next++]!, null);

  const firings = result.firings.slice(-REHEARSED_MAX);
  yield* judge(firings, past.entries);
  return { ...result, unknownFields: [...unknown], firings: firings.toReversed() };
}

/** Times of a schedule within the past. */
function duesOf(trigger: Trigger, { since, until, timeZone }: Past): number[] {
  if (trigger.on !== 'SCHEDULE') return [];
  const due: number[] = [];
  for (let at = nextDue(trigger, new Date(since), timeZone).getTime(); at <= until; at = nextDue(trigger, new Date(at), timeZone).getTime()) due.push(at);
  return due;
}

/** Tickets as they were when the past begins: gone back to, entry by entry. */
function* ticketsAt({ entries, tickets }: Past): Generator<void, Map<string, TicketThen>> {
  const then = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  for (const entry of entries.toReversed()) {
    yield;
    const ticket = entry.ticketId === null ? undefined : then.get(entry.ticketId);
    if (!ticket) continue;
    const before = beforeEntry(ticket, entry);
    if (before) then.set(ticket.id, before);
    else then.delete(ticket.id);
  }
  return then;
}

function advance(then: Map<string, TicketThen>, entry: PastEntry, tickets: ReadonlyMap<string, TicketThen>): void {
  if (entry.ticketId === null) return;
  const before = then.get(entry.ticketId) ?? null;
  if (before) return void then.set(entry.ticketId, afterEntry(before, before, entry));
  if (entry.entity !== 'TICKET' || entry.action !== 'CREATED') return;
  const known = tickets.get(entry.ticketId);
  if (!known) return;
  const told = Object.fromEntries(Object.entries(entry.changes).map(([field, { to }]) => [field, to]));
  const made: TicketThen = { ...known, ...EMPTY, ...(told as Partial<TicketThen>), comments: 0, files: 0, run: null, blocked: false };
  then.set(entry.ticketId, afterEntry(null, made, entry));
}

/** What the entry that makes a ticket leaves out. */
const EMPTY = {
  priority: null,
  parentId: null,
  stage: null,
  points: null,
  deviceHours: null,
  startDate: null,
  dueDate: null,
  assigneeId: null,
  labelIds: [],
  columnId: null,
  sprintId: null,
  resolution: null,
} satisfies Partial<TicketThen>;

/** Says of each firing what people did to the same fields afterwards, the first time that they did. */
function* judge(firings: readonly RehearsedOne[], entries: readonly PastEntry[]): Generator<void, void> {
  const changes = new Map<string, { at: number; to: unknown }[]>();
  for (const { ticketId, byPerson, entity, changes: told, at } of entries) {
    yield;
    if (byPerson && entity === 'TICKET' && ticketId !== null)
      for (const [field, { from, to }] of Object.entries(told)) {
        if (from === to) continue;
        const known = changes.get(`${ticketId} ${field}`);
        if (known) known.push({ at, to });
        else changes.set(`${ticketId} ${field}`, [{ at, to }]);
      }
  }
  for (const firing of firings)
    for (const { field, to } of firing.effects) {
      const later = changes.get(`${firing.ticketId} ${field}`)?.find(({ at }) => at > firing.at);
      if (later) (JSON.stringify(later.to) === JSON.stringify(to) ? firing.confirmed : firing.contradicted).push(field);
    }
}

/** Tickets whose past decides what the rule would have done; null: all of the project, since a schedule looks at each. */
export function rehearsedTickets(trigger: Trigger, entries: readonly PastEntry[], sprintTickets: Past['sprintTickets']): Set<string> | null {
  if (!isAboutTickets(trigger)) return new Set();
  if (trigger.on === 'SCHEDULE') return null;
  const triggered = entries.filter((entry) => isTriggered(trigger, entry));
  return new Set(triggered.flatMap((entry) => (entry.ticketId !== null ? [entry.ticketId] : (sprintTickets.get(entry.entityId) ?? []))));
}

/** Since when a rule is tried: the beginning of a day of the project. */
export const rehearsedSince = (now: Date, timeZone: string): Date =>
  startOfDay(dayAt(new Date(now.getTime() - REHEARSED_DAYS * 86_400_000), timeZone), timeZone);
