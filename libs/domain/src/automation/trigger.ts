import type { Action, Changes, EntityKind } from '../activity/activity.ts';
import { STATE_OF } from '../board/progress.ts';
import type { EndedRun, RuleAction, Trigger } from './rule.ts';
import type { ColumnCategory } from '../board/board.ts';

/** An entry of the log, as far as rules look at it. */
export interface Happened {
  entity: EntityKind;
  action: Action;
  changes: Changes;
}

/** Whether an entry is what a rule waits for. */
export function isTriggered(trigger: Trigger, { entity, action, changes }: Happened): boolean {
  const to = (field: string): unknown => changes[field]?.to ?? null;
  switch (trigger.on) {
    case 'TICKET_CREATED':
      // one that comes back was made before
      return entity === 'TICKET' && action === 'CREATED' && !changes['restored'];
    case 'FIELD_CHANGED': {
      const change = entity === 'TICKET' && action === 'UPDATED' ? changes[trigger.field] : undefined;
      if (!change) return false;
      if (trigger.to === null) return true;
      return Array.isArray(change.to) ? change.to.includes(trigger.to) && !(change.from as unknown[] | null)?.includes(trigger.to) : change.to === trigger.to;
    }
    case 'MOVED': {
      if (entity !== 'TICKET' || (action !== 'MOVED' && action !== 'UPDATED')) return false;
      if (trigger.state !== null) return changes['state'] !== undefined && to('state') === trigger.state;
      const column = changes['columnId'];
      return column !== undefined && column.from !== column.to && (trigger.columnId === null || column.to === trigger.columnId);
    }
    case 'COMMENT_ADDED':
      return entity === 'COMMENT' && action === 'CREATED';
    case 'RUN_ENDED':
      return entity === 'RUN' && changes['state'] !== undefined && trigger.runStates.includes(to('state') as EndedRun);
    case 'SPRINT_STARTED':
      return entity === 'SPRINT' && changes['state']?.from === 'PLANNED' && to('state') === 'RUNNING';
    case 'SPRINT_COMPLETED':
      return entity === 'SPRINT' && changes['state']?.from === 'RUNNING' && to('state') === 'CLOSED';
    case 'SCHEDULE':
      return false;
  }
}

/** Whether what a rule does may be what another waits for. @param categoryOf of the columns there are */
export function mayTrigger(action: RuleAction, trigger: Trigger, categoryOf: ReadonlyMap<string, ColumnCategory>): boolean {
  switch (action.does) {
    case 'MOVE': {
      if (trigger.on !== 'MOVED') return false;
      const category = categoryOf.get(action.columnId);
      if (trigger.state !== null) return category !== undefined && STATE_OF[category] === trigger.state;
      return trigger.columnId === null || trigger.columnId === action.columnId;
    }
    case 'SET':
      return trigger.on === 'FIELD_CHANGED' && trigger.field === action.field && (trigger.to === null || trigger.to === action.value);
    case 'ADD_LABEL':
      return trigger.on === 'FIELD_CHANGED' && trigger.field === 'labelIds' && (trigger.to === null || trigger.to === action.labelId);
    case 'REMOVE_LABEL':
      return trigger.on === 'FIELD_CHANGED' && trigger.field === 'labelIds' && trigger.to === null;
    case 'COMMENT':
      return trigger.on === 'COMMENT_ADDED';
    case 'QUEUE_RUN':
      return trigger.on === 'RUN_ENDED';
    case 'CREATE_TICKET':
      return trigger.on === 'TICKET_CREATED';
    case 'NOTIFY':
      return false;
  }
}

interface Linked {
  id: string;
  trigger: Trigger;
  actions: readonly RuleAction[];
}

/** Ways on which a rule may lead back to itself, each as the rules on it; a rule that leads to itself at once is a way of one. */
export function loopsThrough(rule: Linked, others: readonly Linked[], categoryOf: ReadonlyMap<string, ColumnCategory>, most = 10): string[][] {
  const all = [rule, ...others.filter(({ id }) => id !== rule.id)];
  const leads = (from: Linked, to: Linked): boolean => from.actions.some((action) => mayTrigger(action, to.trigger, categoryOf));
  const next = new Map(all.map((one) => [one.id, all.filter((other) => leads(one, other))]));
  const found: string[][] = [];
  // The shortest ways first; each rule once on a way, as when it runs.
  let ways: string[][] = [[rule.id]];
  while (ways.length > 0 && found.length < most) {
    const longer: string[][] = [];
    for (const way of ways)
      for (const { id } of next.get(way.at(-1)!) ?? []) {
        if (id === rule.id) found.push(way);
        else if (!way.includes(id) && longer.length < 1_000) longer.push([...way, id]);
      }
    ways = longer;
  }
  return found.slice(0, most);
}
