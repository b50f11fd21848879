import { isDay } from '../time/days.ts';
import { refuse, type Result } from '../result.ts';
import { SET_FIELDS, type SetField } from '../ticket/fields.ts';
import { TICKET_STATES, type TicketState } from '../ticket/state.ts';
import { isDeviceHours, isPoints, TICKET_KINDS, TICKET_TITLE_MAX, type TicketKind } from '../ticket/ticket.ts';
import { RUN_ENDS } from '../training/run-state.ts';
import {
  ACTIONS_EACH,
  isAboutTickets,
  RULE_RECIPIENTS,
  RULE_TEXT_MAX,
  type EndedRun,
  type RuleAction,
  type RuleDeed,
  type RuleEvent,
  type RuleRecipient,
  type RuleSubject,
  type Trigger,
} from './rule.ts';

/** When and then as somebody sends them: what a kind does not have is left out, or null. */
export interface TriggerAsked {
  on: RuleEvent;
  field?: string | null;
  to?: string | null;
  columnId?: string | null;
  state?: TicketState | null;
  runStates?: readonly EndedRun[] | null;
  each?: RuleSubject | null;
  weekday?: number | null;
  at?: string | null;
}
export interface ActionAsked {
  does: RuleDeed;
  columnId?: string | null;
  field?: string | null;
  value?: string | null;
  labelId?: string | null;
  who?: RuleRecipient | null;
  personId?: string | null;
  text?: string | null;
  title?: string | null;
  type?: TicketKind | null;
}

/** Fields that a rule sets to a value; labels are added and taken away one by one, a parent and a description are no business of rules. */
export const RULE_FIELDS = SET_FIELDS.filter(({ kind }) => kind !== 'LABELS' && kind !== 'PARENT' && kind !== 'MARKDOWN' && kind !== 'TITLE');
/** Fields whose change a rule can wait for. */
export const WATCHED_FIELDS = SET_FIELDS;

const wrong = (field: string, reason: string, params: Record<string, string | number> = {}) => refuse('BAD_INPUT', { field, reason, ...params });

/** A time of day, 00:00 to 23:59. */
export const isTimeOfDay = (text: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);

/** A value of a field from the text that stands for it; undefined where it is none. Null takes it away. */
export function valueIn({ kind, words, initial }: SetField, text: string | null): string | number | null | undefined {
  if (text === null || text === '') return initial === null ? null : undefined;
  switch (kind) {
    case 'WORD':
      return (words as readonly string[]).includes(text) ? text : undefined;
    case 'POINTS':
      return isPoints(Number(text)) && text.trim() !== '' ? Number(text) : undefined;
    case 'HOURS':
      return isDeviceHours(Number(text)) && text.trim() !== '' ? Number(text) : undefined;
    case 'DAY':
      return isDay(text) ? text : undefined;
    default:
      return text;
  }
}

/** When, as it is kept, from what was sent. */
export function checkedTrigger(asked: TriggerAsked): Result<{ trigger: Trigger }> {
  const done = (trigger: Trigger): Result<{ trigger: Trigger }> => ({ ok: true, trigger });
  switch (asked.on) {
    case 'TICKET_CREATED':
    case 'COMMENT_ADDED':
      return done({ on: asked.on });
    case 'FIELD_CHANGED': {
      const field = WATCHED_FIELDS.find(({ as }) => as === asked.field);
      if (!field) return wrong('trigger.field', 'UNKNOWN');
      const to = asked.to == null || asked.to === '' ? null : valueIn(field, asked.to);
      if (to === undefined) return wrong('trigger.to', 'UNKNOWN');
      return done({ on: 'FIELD_CHANGED', field: field.as, to });
    }
    case 'MOVED': {
      const { columnId = null, state = null } = asked;
      if (columnId !== null && state !== null) return wrong('trigger.state', 'TWICE');
      if (state !== null && !TICKET_STATES.includes(state)) return wrong('trigger.state', 'UNKNOWN');
      return done({ on: 'MOVED', columnId, state });
    }
    case 'RUN_ENDED': {
      const runStates = RUN_ENDS.filter((state) => asked.runStates?.includes(state));
      return runStates.length === 0 ? wrong('trigger.runStates', 'EMPTY') : done({ on: 'RUN_ENDED', runStates });
    }
    case 'SPRINT_STARTED':
    case 'SPRINT_COMPLETED':
      return done({ on: asked.on, each: asked.each ?? 'TICKETS' });
    case 'SCHEDULE': {
      const { weekday = null, at } = asked;
      if (at == null || !isTimeOfDay(at)) return wrong('trigger.at', 'NOT_A_TIME');
      if (weekday !== null && !(Number.isInteger(weekday) && weekday >= 1 && weekday <= 7)) return wrong('trigger.weekday', 'UNKNOWN');
      return done({ on: 'SCHEDULE', each: asked.each ?? 'TICKETS', weekday, at });
    }
  }
}

/** Then, as it is kept. What changes one thing twice is refused: which holds would be an accident. */
export function checkedActions(asked: readonly ActionAsked[], trigger: Trigger): Result<{ actions: RuleAction[] }> {
  if (asked.length === 0) return wrong('actions', 'EMPTY');
  if (asked.length > ACTIONS_EACH) return wrong('actions', 'TOO_MANY', { max: ACTIONS_EACH });
  const actions: RuleAction[] = [];
  const once = new Set<string>();
  for (const [index, one] of asked.entries()) {
    const checked = checkedAction(one, `actions.${index}`);
    if (!checked.ok) return checked;
    const { action } = checked;
    if (!isAboutTickets(trigger) && !isForProject(action)) return wrong(`actions.${index}`, 'NEEDS_TICKET');
    const what = changedBy(action);
    if (what !== null && once.has(what)) return wrong(`actions.${index}`, 'TWICE');
    if (what !== null) once.add(what);
    actions.push(action);
  }
  return { ok: true, actions };
}

const isForProject = (action: RuleAction): boolean => action.does === 'CREATE_TICKET' || (action.does === 'NOTIFY' && action.who === 'PERSON');

function changedBy(action: RuleAction): string | null {
  switch (action.does) {
    case 'MOVE':
    case 'QUEUE_RUN':
      return action.does;
    case 'SET':
      return `SET ${action.field}`;
    case 'ADD_LABEL':
    case 'REMOVE_LABEL':
      return `LABEL ${action.labelId}`;
    default:
      return null;
  }
}

function checkedAction(asked: ActionAsked, at: string): Result<{ action: RuleAction }> {
  const done = (action: RuleAction): Result<{ action: RuleAction }> => ({ ok: true, action });
  const { columnId = null, personId = null } = asked;
  const text = asked.text?.trim() ?? '';
  switch (asked.does) {
    case 'MOVE':
      return columnId === null ? wrong(`${at}.columnId`, 'REQUIRED') : done({ does: 'MOVE', columnId });
    case 'SET': {
      const field = RULE_FIELDS.find(({ as }) => as === asked.field);
      if (!field) return wrong(`${at}.field`, 'UNKNOWN');
      const value = valueIn(field, asked.value ?? null);
      return value === undefined ? wrong(`${at}.value`, 'UNKNOWN') : done({ does: 'SET', field: field.as, value });
    }
    case 'ADD_LABEL':
    case 'REMOVE_LABEL':
      return asked.labelId == null ? wrong(`${at}.labelId`, 'REQUIRED') : done({ does: asked.does, labelId: asked.labelId });
    case 'COMMENT':
      return text === '' || text.length > RULE_TEXT_MAX
        ? wrong(`${at}.text`, text === '' ? 'EMPTY' : 'TOO_LONG', { max: RULE_TEXT_MAX })
        : done({ does: 'COMMENT', text });
    case 'NOTIFY': {
      if (text.length > RULE_TEXT_MAX) return wrong(`${at}.text`, 'TOO_LONG', { max: RULE_TEXT_MAX });
      const who = asked.who ?? 'PERSON';
      if (!RULE_RECIPIENTS.includes(who)) return wrong(`${at}.who`, 'UNKNOWN');
      if (who === 'PERSON' && personId === null) return wrong(`${at}.personId`, 'REQUIRED');
      return done({ does: 'NOTIFY', who, personId: who === 'PERSON' ? personId : null, text });
    }
    case 'QUEUE_RUN':
      return done({ does: 'QUEUE_RUN' });
    case 'CREATE_TICKET': {
      const title = asked.title?.trim() ?? '';
      const type = asked.type ?? 'TASK';
      if (title === '') return wrong(`${at}.title`, 'EMPTY');
      if (title.length > TICKET_TITLE_MAX) return wrong(`${at}.title`, 'TOO_LONG', { max: TICKET_TITLE_MAX });
      return TICKET_KINDS.includes(type) ? done({ does: 'CREATE_TICKET', title, type, columnId }) : wrong(`${at}.type`, 'UNKNOWN');
    }
  }
}
