import { PLANS } from './plans.ts';
import type { SeedTicket } from './workspace.ts';

/** One thing that somebody does to a ticket of a project. */
export type Act =
  | { kind: 'CREATE'; column: number }
  | { kind: 'MOVE'; column: number }
  | { kind: 'GIVE'; by: string }
  | { kind: 'COMMENT'; by: string; body: string }
  | { kind: 'ATTACH' }
  | { kind: 'BLOCK'; by: string }
  | { kind: 'ESTIMATE'; points: number }
  | { kind: 'LEAVE' }
  | { kind: 'END' };
export interface Event {
  /** How long ago. */
  days: number;
  ticket: SeedTicket;
  act: Act;
}

/** Minutes between what would happen to two tickets at one time. */
const APART = 1 / 24 / 60;

/** All that happens to these tickets, in the order in which it does. */
export function storyOf(tickets: readonly SeedTicket[]): Event[] {
  return tickets
    .flatMap((ticket, i) => eventsOf(ticket).map(({ days, act }): Event => ({ days: days + i * APART, ticket, act })))
    .toSorted((a, b) => b.days - a.days);
}

/** When people say what blocks what: all of it is there by then. */
const BLOCKED_DAYS = 0.4;

function eventsOf({ title, column, days, comments = [], files = [], given, ended, endedDays, ...more }: SeedTicket): Omit<Event, 'ticket'>[] {
  const first = column - days.length + 1;
  const [made, entered] = [days[0]!, days.at(-1)!];
  if (first < 0 || days.some((day, i) => i > 0 && day >= days[i - 1]!)) throw new Error(`days that no ticket has: ${days.join(', ')}`);
  // People speak of a ticket while it is worked on; of one that is done they did so before.
  const [from, to] = days.length > 1 && column === DONE ? [made, entered] : [entered, endedDays ?? 0];
  const said = (i: number): number => from - ((from - to) * (i + 1)) / (comments.length + 2);
  return [
    ...days.map((day, i) => ({ days: day, act: { kind: i === 0 ? ('CREATE' as const) : ('MOVE' as const), column: first + i } })),
    ...comments.map(([by, body], i) => ({ days: said(i), act: { kind: 'COMMENT' as const, by, body } })),
    ...(files.length > 0 ? [{ days: said(comments.length), act: { kind: 'ATTACH' as const } }] : []),
    ...(given ? [{ days: given.days, act: { kind: 'GIVE' as const, by: given.by } }] : []),
    ...(PLANS[title]?.blockedBy ?? []).map((by) => ({ days: BLOCKED_DAYS, act: { kind: 'BLOCK' as const, by } })),
    ...(more.estimated ? [{ days: more.estimated.days, act: { kind: 'ESTIMATE' as const, points: more.estimated.points } }] : []),
    ...(more.blocked ? [{ days: more.blocked.days, act: { kind: 'BLOCK' as const, by: more.blocked.by } }] : []),
    ...(more.left === undefined ? [] : [{ days: more.left, act: { kind: 'LEAVE' as const } }]),
    ...(more.again ? [again(more.again.days, IN_PROGRESS), again(more.again.done, DONE)] : []),
    ...(ended ? [{ days: endedDays ?? 0, act: { kind: 'END' as const } }] : []),
  ];
}

const again = (days: number, column: number): Omit<Event, 'ticket'> => ({ days, act: { kind: 'MOVE', column } });

const IN_PROGRESS = 2;
/** The last column of every board of the demonstration. */
const DONE = 4;
