import { parse } from '../query/parse.ts';
import type { QueryProblem } from '../query/query.ts';
import { normalForm } from '../text.ts';
import { SET_FIELDS, TICKET_FIELDS } from '../ticket/fields.ts';
import type { RuleAction, Trigger } from './rule.ts';

/** What rules of a project may name, by id. */
export interface RuleWorld {
  columns: ReadonlyMap<string, { name: string; board: string }>;
  boards: ReadonlyMap<string, string>;
  labels: ReadonlyMap<string, string>;
  /** Sprints that have not ended. */
  sprints: ReadonlyMap<string, string>;
  /** People who are there and not disabled; those that are not named in the rule may be left out. */
  people: ReadonlyMap<string, string>;
}

export type RuleFaultKind = 'QUERY' | 'NAME' | 'COLUMN' | 'LABEL' | 'PERSON' | 'FIELD';
/** Why a rule cannot do what it says. */
export interface RuleFaultFound {
  kind: RuleFaultKind;
  /** The field of the condition. */
  field: string | null;
  /** What is not there; of a query, its problem. */
  value: string | null;
}

const fault = (kind: RuleFaultKind, value: string | null, field: string | null = null): RuleFaultFound => ({ kind, field, value });

/** Everything that a rule names and that is not there any more, and a condition that is no query. */
export function faultsIn(rule: { trigger: Trigger; condition: string; actions: readonly RuleAction[] }, world: RuleWorld): RuleFaultFound[] {
  const faults = [
    ...conditionFaults(rule.condition, world),
    ...triggerFaults(rule.trigger, world),
    ...rule.actions.flatMap((action) => actionFaults(action, world)),
  ];
  return faults.filter((one, i) => faults.findIndex((other) => other.kind === one.kind && other.field === one.field && other.value === one.value) === i);
}

const OF_PEOPLE = ['assignee', 'author'];

/** Whom rules name: by ids, and by what their conditions call them, which may be either. */
export function peopleNamedIn(rules: readonly { trigger: Trigger; condition: string; actions: readonly RuleAction[] }[]): string[] {
  const isPerson = (as: string): boolean => SET_FIELDS.find((field) => field.as === as)?.kind === 'PERSON';
  const named = rules.flatMap(({ trigger, condition, actions }) => {
    const parsed = parse(condition, TICKET_FIELDS);
    return [
      ...(trigger.on === 'FIELD_CHANGED' && isPerson(trigger.field) ? [trigger.to] : []),
      ...actions.flatMap((action) => {
        if (action.does === 'NOTIFY') return [action.personId];
        return action.does === 'SET' && isPerson(action.field) ? [action.value] : [];
      }),
      ...(parsed.ok
        ? parsed.query.conditions.flatMap(({ field, values }) =>
            OF_PEOPLE.includes(field) ? values.flatMap((value) => (value.is === 'TEXT' ? [value.text] : [])) : [],
          )
        : []),
    ];
  });
  return [...new Set(named.flatMap((name) => (name === null ? [] : String(name))))];
}

function conditionFaults(condition: string, world: RuleWorld): RuleFaultFound[] {
  const parsed = parse(condition, TICKET_FIELDS);
  if (!parsed.ok) return parsed.errors.map(({ problem, start, end }) => fault('QUERY', problem satisfies QueryProblem, condition.slice(start, end)));
  const named: Readonly<Record<string, ReadonlyMap<string, string | { name: string }>>> = {
    column: world.columns,
    board: world.boards,
    label: world.labels,
    sprint: world.sprints,
    assignee: world.people,
    author: world.people,
  };
  return parsed.query.conditions.flatMap(({ field, values }) => {
    const things = named[field];
    if (!things) return [];
    return values.flatMap((value) => (value.is === 'TEXT' && !isThere(value.text, things) ? [fault('NAME', value.text, field)] : []));
  });
}

function isThere(text: string, things: ReadonlyMap<string, string | { name: string }>): boolean {
  if (things.has(text.toLowerCase())) return true;
  const wanted = normalForm(text);
  return [...things.values()].some((thing) => normalForm(typeof thing === 'string' ? thing : thing.name) === wanted);
}

function triggerFaults(trigger: Trigger, world: RuleWorld): RuleFaultFound[] {
  if (trigger.on === 'MOVED') return gone('COLUMN', trigger.columnId, world.columns);
  if (trigger.on !== 'FIELD_CHANGED') return [];
  const field = SET_FIELDS.find(({ as }) => as === trigger.field);
  if (!field) return [fault('FIELD', trigger.field)];
  return valueFaults(field.kind, trigger.to, world);
}

function actionFaults(action: RuleAction, world: RuleWorld): RuleFaultFound[] {
  switch (action.does) {
    case 'MOVE':
    case 'CREATE_TICKET':
      return gone('COLUMN', action.columnId, world.columns);
    case 'ADD_LABEL':
    case 'REMOVE_LABEL':
      return gone('LABEL', action.labelId, world.labels);
    case 'NOTIFY':
      return gone('PERSON', action.personId, world.people);
    case 'SET': {
      const field = SET_FIELDS.find(({ as }) => as === action.field);
      return field ? valueFaults(field.kind, action.value, world) : [fault('FIELD', action.field)];
    }
    default:
      return [];
  }
}

function valueFaults(kind: string, value: string | number | null, world: RuleWorld): RuleFaultFound[] {
  if (kind === 'PERSON') return gone('PERSON', value, world.people);
  if (kind === 'LABELS') return gone('LABEL', value, world.labels);
  return [];
}

const gone = (kind: RuleFaultKind, id: string | number | null, things: ReadonlyMap<string, unknown>): RuleFaultFound[] =>
  id === null || things.has(String(id)) ? [] : [fault(kind, String(id))];
