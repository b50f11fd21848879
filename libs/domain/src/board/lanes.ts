import type { TicketValues } from '../ticket/fields.ts';

/** What the cards of a board may be grouped by. A card lies in one lane: of several labels the first counts, which is the one it shows. */
export const LANE_FIELDS = ['ASSIGNEE', 'LABEL', 'STAGE'] as const;
export type LaneField = (typeof LANE_FIELDS)[number];

type Grouped = Pick<TicketValues, 'assigneeId' | 'labelIds' | 'stage'>;

/** The lane of a ticket; null for those that have nothing to be grouped by. */
export function laneOf(by: LaneField, ticket: Grouped): string | null {
  if (by === 'ASSIGNEE') return ticket.assigneeId;
  return by === 'STAGE' ? ticket.stage : (ticket.labelIds[0] ?? null);
}

/** What changes of a ticket that is put into another lane. Of its labels only the first gives way; one that it has already comes to the front. */
export function intoLane(by: LaneField, ticket: Grouped, lane: string | null): Partial<Grouped> {
  if (laneOf(by, ticket) === lane) return {};
  if (by === 'ASSIGNEE') return { assigneeId: lane };
  if (by === 'STAGE') return { stage: lane as Grouped['stage'] };
  if (lane === null) return { labelIds: [] };
  return { labelIds: [lane, ...ticket.labelIds.slice(1).filter((id) => id !== lane)] };
}
