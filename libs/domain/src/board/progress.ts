import { refuse, type Result } from '../result.ts';
import { NOT_BEGUN, type Resolution, type TicketProgress, type TicketState } from '../ticket/state.ts';
import type { ColumnCategory } from './board.ts';

/** What the columns of a category mean for the tickets in them. */
export const STATE_OF: Record<ColumnCategory, TicketState> = { TODO: 'OPEN', DOING: 'IN_PROGRESS', DONE: 'DONE' };

/** The progress of a ticket that lies in a column of `category`; one that ended already keeps how it ended. */
export function progressIn(category: ColumnCategory, before: TicketProgress = NOT_BEGUN): TicketProgress {
  const state = STATE_OF[category];
  return { state, resolution: state === 'DONE' ? (before.resolution ?? 'DONE') : null };
}

/** The progress that somebody gives a ticket. What is done ended as DONE where nothing else is said; what is not done has not ended. */
export function progressOf(state: TicketState, resolution: Resolution | null): Result<{ progress: TicketProgress }> {
  if (state !== 'DONE' && resolution !== null) return refuse('BAD_INPUT', { field: 'resolution', reason: 'NOT_DONE' });
  return { ok: true, progress: { state, resolution: state === 'DONE' ? (resolution ?? 'DONE') : null } };
}

/** The column that a ticket comes to when it is given a state: the first of its board that means it; undefined: none does. */
export const columnOf = <Column extends { category: ColumnCategory }>(state: TicketState, columns: readonly Column[]): Column | undefined =>
  columns.find(({ category }) => STATE_OF[category] === state);
