/** Marks drags of cards among all that may go on in the page. */
export const CARD_DRAG = 'trainyard-card';

export interface CardDrag {
  ticketId: string;
  columnId: string;
}

export function cardDragOf(data: Record<string | symbol, unknown>): CardDrag | null {
  const { type, ticketId, columnId } = data;
  return type === CARD_DRAG && typeof ticketId === 'string' && typeof columnId === 'string' ? { ticketId, columnId } : null;
}
