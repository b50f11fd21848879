import { NOT_BEGUN, type TicketProgress, type TicketState } from '../ticket/state.ts';
import type { ColumnCategory } from './board.ts';

/** What the columns of a category mean for the tickets in them. */
export const STATE_OF: Record<ColumnCategory, TicketState> = { TODO: 'OPEN', DOING: 'IN_PROGRESS', DONE: 'DONE' };

/** The progress of a ticket that lies in a column of `category`; one that ended already keeps how it ended. */
export function progressIn(category: ColumnCategory, before: TicketProgress = NOT_BEGUN): TicketProgress {
  const state = STATE_OF[category];
  return { state, resolution: state === 'DONE' ? (before.resolution ?? 'DONE') : null };
}
