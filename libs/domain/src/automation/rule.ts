import type { TicketKind } from '../ticket/ticket.ts';
import type { TicketState } from '../ticket/state.ts';
import type { TicketValues } from '../ticket/fields.ts';
import type { RUN_ENDS } from '../training/run-state.ts';

/** What a rule waits for. */
export const RULE_EVENTS = [
  'TICKET_CREATED',
  'FIELD_CHANGED',
  'MOVED',
  'COMMENT_ADDED',
  'RUN_ENDED',
  'SPRINT_STARTED',
  'SPRINT_COMPLETED',
  'SCHEDULE',
] as const;
export type RuleEvent = (typeof RULE_EVENTS)[number];

/** What an event without a ticket of its own is about: each ticket that the condition finds, or the project once. */
export const RULE_SUBJECTS = ['TICKETS', 'PROJECT'] as const;
export type RuleSubject = (typeof RULE_SUBJECTS)[number];

export type EndedRun = (typeof RUN_ENDS)[number];

export type ValueName = keyof TicketValues;

/** When, as it is kept. `to` null: any value. `weekday` null: each day; 1 is Monday. `at`: a time of the project's zone, such as 03:00. */
export type Trigger =
  | { on: 'TICKET_CREATED' }
  | { on: 'FIELD_CHANGED'; field: ValueName; to: string | number | null }
  | { on: 'MOVED'; columnId: string | null; state: TicketState | null }
  | { on: 'COMMENT_ADDED' }
  | { on: 'RUN_ENDED'; runStates: readonly EndedRun[] }
  | { on: 'SPRINT_STARTED'; each: RuleSubject }
  | { on: 'SPRINT_COMPLETED'; each: RuleSubject }
  | { on: 'SCHEDULE'; each: RuleSubject; weekday: number | null; at: string };

export const RULE_DEEDS = ['MOVE', 'SET', 'ADD_LABEL', 'REMOVE_LABEL', 'COMMENT', 'NOTIFY', 'QUEUE_RUN', 'CREATE_TICKET'] as const;
export type RuleDeed = (typeof RULE_DEEDS)[number];

/** Who a rule tells: one person, or whoever that is of the ticket. */
export const RULE_RECIPIENTS = ['PERSON', 'ASSIGNEE', 'AUTHOR'] as const;
export type RuleRecipient = (typeof RULE_RECIPIENTS)[number];

/** Then, as it is kept. */
export type RuleAction =
  | { does: 'MOVE'; columnId: string }
  | { does: 'SET'; field: ValueName; value: string | number | null }
  | { does: 'ADD_LABEL' | 'REMOVE_LABEL'; labelId: string }
  | { does: 'COMMENT'; text: string }
  | { does: 'NOTIFY'; who: RuleRecipient; personId: string | null; text: string }
  | { does: 'QUEUE_RUN' }
  | { does: 'CREATE_TICKET'; title: string; type: TicketKind; columnId: string | null };

/** What becomes of an event for a rule. UNCHANGED: the ticket had all of it. */
export const FIRING_OUTCOMES = ['DONE', 'UNCHANGED', 'REFUSED', 'LOOP'] as const;
export type FiringOutcome = (typeof FIRING_OUTCOMES)[number];

/** Why the server switched a rule off. OWNER_GONE: the account is disabled or gone. RIGHT_LOST: its owner may not manage rules of the project any more. */
export const RULE_OFF_REASONS = ['OWNER_GONE', 'RIGHT_LOST'] as const;
export type RuleOffReason = (typeof RULE_OFF_REASONS)[number];

export const RULE_NAME_MAX = 100;
export const RULE_TEXT_MAX = 2_000;
export const RULES_EACH = 50;
export const ACTIONS_EACH = 10;

/** Whether the event has a ticket of its own, or finds tickets. */
export const isAboutTickets = (trigger: Trigger): boolean => !('each' in trigger) || trigger.each === 'TICKETS';
