import type { TicketValues } from '../ticket/fields.ts';
import type { RuleAction, ValueName } from './rule.ts';

/** A ticket, as far as rules change it. */
export type Changeable = Pick<TicketValues, Exclude<ValueName, 'description'>> & { columnId: string | null };

/** One thing that a rule sets. */
export interface Effect {
  /** Of the field table, or `columnId`. */
  field: string;
  from: unknown;
  to: unknown;
}

/** What a rule does to a ticket itself: what the ticket has already is no effect. */
export function effectOf(actions: readonly RuleAction[], ticket: Changeable): Effect[] {
  const effects: Effect[] = [];
  let labelIds: readonly string[] = ticket.labelIds;
  for (const action of actions) {
    if (action.does === 'MOVE' && action.columnId !== ticket.columnId) effects.push({ field: 'columnId', from: ticket.columnId, to: action.columnId });
    if (action.does === 'SET') {
      const from = (ticket as Record<string, unknown>)[action.field] ?? null;
      if (from !== action.value) effects.push({ field: action.field, from, to: action.value });
    }
    if (action.does === 'ADD_LABEL' && !labelIds.includes(action.labelId)) labelIds = [...labelIds, action.labelId];
    if (action.does === 'REMOVE_LABEL') labelIds = labelIds.filter((id) => id !== action.labelId);
  }
  if (labelIds.length !== ticket.labelIds.length || labelIds.some((id, i) => id !== ticket.labelIds[i]))
    effects.push({ field: 'labelIds', from: ticket.labelIds, to: labelIds });
  return effects;
}

/** What a rule does beside: it does so each time. */
export const deedsBeside = (actions: readonly RuleAction[]): RuleAction[] =>
  actions.filter(({ does }) => does === 'COMMENT' || does === 'NOTIFY' || does === 'QUEUE_RUN' || does === 'CREATE_TICKET');
