import { placeOf, type Placement } from '../../ticket/placement.ts';
import type { BoardModel } from './board-model.ts';
import { laneIn, laneSaid, type Lane } from './cells.ts';

interface Sent {
  id: string;
  columnId: string | null;
  rank: string | null;
  assignee: { id: string } | null;
  labelIds: readonly string[];
}

/**
 * Where a ticket that the server has sent lies on this board: in the lane that it says itself; its stage, which is not sent, is as it was.
 * @param stage of a new ticket
 */
export function placeInCell(model: BoardModel, ticket: Sent, stage?: Lane): Placement | null {
  const place = placeOf(ticket);
  const by = model.asked?.by;
  if (!place || !by) return place;
  const before = laneIn(model.cellIn(place.columnId, ticket.id, stage)) ?? null;
  return { ...place, columnId: model.cellIn(place.columnId, ticket.id, laneSaid(by, ticket, before)) };
}
