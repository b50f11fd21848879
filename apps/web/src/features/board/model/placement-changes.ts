import type { CardPlace } from '@trainyard/domain';
import type { Placement } from '../../ticket/placement.ts';

/** One card's step as the log tells it; null: not on the board. */
export interface PlacementChange {
  seq: number;
  ticketId: string;
  from: Placement | null;
  to: Placement | null;
  /** Where it lies now, where that is not `to`: a board that is asked shows only the cards that match. */
  lies?: Placement | null;
}
interface LoggedActivity {
  seq: number;
  entity: string;
  entityId: string;
  action: string;
  changes: unknown;
}

function side(changes: unknown, which: 'from' | 'to'): Placement | null {
  const value = (field: string): unknown => (changes as Record<string, Record<string, unknown> | undefined> | null)?.[field]?.[which];
  const columnId = value('columnId');
  const rank = value('rank');
  return typeof columnId === 'string' && typeof rank === 'string' ? { columnId, rank } : null;
}

/** The step of a card that an activity records; null when it moved none. */
export function placementChange(activity: LoggedActivity): PlacementChange | null {
  if (activity.entity !== 'TICKET') return null;
  const from = side(activity.changes, 'from');
  const to = side(activity.changes, 'to');
  return from || to ? { seq: activity.seq, ticketId: activity.entityId, from, to } : null;
}

export const cardAt = (ticketId: string, place: Placement): CardPlace => ({ id: ticketId, rank: place.rank });
export const samePlace = (a: Placement | null | undefined, b: Placement | null | undefined): boolean =>
  a === b || (!!a && !!b && a.columnId === b.columnId && a.rank === b.rank);
