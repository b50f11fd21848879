import { RULE_FIELDS, type RuleDeed, type RuleEvent } from '@trainyard/domain';
import type { RuleActionInput, RuleTriggerInput } from '../../schema.generated.ts';
import type { RuleFactsFragment } from './automation.generated.ts';
import type { Action, Trigger } from './rule-words.ts';

/** A rule as it is being written. */
export interface RuleDraft {
  name: string;
  trigger: Trigger;
  condition: string;
  actions: readonly Action[];
}

const NO_TRIGGER = { field: null, to: null, columnId: null, state: null, runStates: null, each: null, weekday: null, at: null } as const;
const NO_ACTION = { columnId: null, field: null, value: null, labelId: null, who: null, personId: null, text: null, title: null, type: null } as const;

/** What an event begins with. */
export function triggerOn(on: RuleEvent): Trigger {
  const one: Trigger = { ...NO_TRIGGER, on };
  switch (on) {
    case 'FIELD_CHANGED':
      return { ...one, field: 'priority' };
    case 'RUN_ENDED':
      return { ...one, runStates: ['FAILED'] };
    case 'SPRINT_STARTED':
    case 'SPRINT_COMPLETED':
      return { ...one, each: 'TICKETS' };
    case 'SCHEDULE':
      return { ...one, each: 'TICKETS', at: '09:00' };
    default:
      return one;
  }
}

/** What a deed begins with. */
export function actionOf(does: RuleDeed): Action {
  const one: Action = { ...NO_ACTION, does };
  switch (does) {
    case 'SET':
      return { ...one, field: RULE_FIELDS.find(({ as }) => as === 'priority')?.as ?? '' };
    case 'NOTIFY':
      return { ...one, who: 'ASSIGNEE', text: '' };
    case 'COMMENT':
      return { ...one, text: '' };
    case 'CREATE_TICKET':
      return { ...one, title: '', type: 'TASK' };
    default:
      return one;
  }
}

export const draftOf = (rule: RuleFactsFragment | null): RuleDraft =>
  rule
    ? { name: rule.name, trigger: told(rule.trigger), condition: rule.condition, actions: rule.actions.map(told) }
    : { name: '', trigger: triggerOn('RUN_ENDED'), condition: '', actions: [actionOf('COMMENT')] };

/** What is sent of it. */
export const sentOf = ({ trigger, condition, actions }: RuleDraft): { trigger: RuleTriggerInput; condition: string; actions: RuleActionInput[] } => ({
  trigger: { ...trigger, runStates: trigger.runStates && [...trigger.runStates] },
  condition: condition.trim(),
  actions: actions.map((action) => ({ ...action })),
});

/** Whether what stands at a place (`name`, `trigger.at`, `actions.0.text`) is still what was sent: what was wrong with it is. */
export function isAsSent(place: string, now: RuleDraft, sent: RuleDraft): boolean {
  const [part, index] = place.split('.');
  if (part === 'actions') return now.actions[Number(index)] === sent.actions[Number(index)];
  return part === 'trigger' ? now.trigger === sent.trigger : now.name === sent.name;
}

/** Without what only the cache needs. */
function told<Thing extends { __typename: string }>({ __typename: _name, ...thing }: Thing): Omit<Thing, '__typename'> {
  return thing;
}
