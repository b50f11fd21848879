import { refuse, type Result } from '../result.ts';
import { daysBetween, isDay } from '../time/days.ts';
import type { TicketProgress } from '../ticket/state.ts';

/** It runs from when somebody starts it until somebody completes it: no day ends it by itself. */
export const SPRINT_STATES = ['PLANNED', 'RUNNING', 'CLOSED'] as const;
export type SprintState = (typeof SPRINT_STATES)[number];

/** What became of a ticket in a sprint that ended. */
export const SPRINT_OUTCOMES = ['COMPLETED', 'CANCELLED', 'CARRIED'] as const;
export type SprintOutcome = (typeof SPRINT_OUTCOMES)[number];

/** What becomes of cards that lie on the board of a sprint that starts, and are in none. */
export const OTHER_CARDS = ['JOIN', 'LEAVE'] as const;
export type OtherCards = (typeof OTHER_CARDS)[number];

export const SPRINT_NAME_MAX = 120;
export const SPRINT_GOAL_MAX = 2_000;
/** Days that a sprint may last. */
export const SPRINT_DAYS_MAX = 366;
/** Sprints of a project that have not ended: a plan, not an archive. */
export const OPEN_SPRINTS_MAX = 50;
/** Tickets of one sprint: all of them start, and are carried, in one transaction. */
export const SPRINT_TICKETS_MAX = 1_000;

/** How a ticket ends with its sprint: what was cancelled or a duplicate is no work done, and is not carried either. */
export function outcomeOf({ state, resolution }: TicketProgress): SprintOutcome {
  if (state !== 'DONE') return 'CARRIED';
  return resolution === 'DONE' ? 'COMPLETED' : 'CANCELLED';
}

/**
 * First and last day of a sprint, both of it: a sprint of one day is one.
 * @param startsOn ISO day, as `endsOn`
 */
export function sprintDays(startsOn: string, endsOn: string): Result<{ days: number }> {
  for (const [field, day] of [
    ['startsOn', startsOn],
    ['endsOn', endsOn],
  ] as const)
    if (!isDay(day)) return refuse('BAD_INPUT', { field, reason: 'NOT_A_DAY' });
  const days = daysBetween(startsOn, endsOn) + 1;
  if (days < 1) return refuse('BAD_INPUT', { field: 'endsOn', reason: 'BEFORE_START' });
  if (days > SPRINT_DAYS_MAX) return refuse('BAD_INPUT', { field: 'endsOn', reason: 'TOO_LONG', max: SPRINT_DAYS_MAX });
  return { ok: true, days };
}

/** Days that a running sprint has left on `today`, that one included; 0 or less: it is overdue. */
export const daysLeft = (endsOn: string, today: string): number => daysBetween(today, endsOn) + 1;
