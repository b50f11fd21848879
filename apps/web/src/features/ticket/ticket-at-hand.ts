/** What can be done with a ticket wherever it is shown, in the order in which it is offered. */
export const TICKET_ACTS = ['ASSIGN', 'MOVE', 'STATE', 'PRIORITY', 'DUE', 'LABEL', 'ESTIMATE', 'QUEUE_RUN', 'COPY_LINK', 'COPY_KEY', 'DELETE'] as const;
export type TicketAct = (typeof TICKET_ACTS)[number];

/** A ticket that somebody has before them, and how what is shown there does each: as its own keys and menus do. */
export interface TicketAtHand {
  key: string;
  /** What is left out cannot be done here, or not by them. */
  acts: Partial<Record<TicketAct, () => void>>;
}

/** A part of the screen that shows tickets. @param from what has the focus; null: it is nowhere in there */
export interface TicketPlace {
  area: () => Element | null;
  ticket: (from: Element | null) => TicketAtHand | null;
}

const places: TicketPlace[] = [];

/** Call when the part comes onto the screen; what it returns when it leaves. */
export function holdTickets(place: TicketPlace): () => void {
  places.push(place);
  return () => void places.splice(places.indexOf(place), 1);
}

/** The ticket that has the focus, or that is open: of two, the one that was opened last. */
export function ticketAtHand(from: Element | null): TicketAtHand | null {
  const newestFirst = places.toReversed();
  for (const place of newestFirst) if (from && place.area()?.contains(from)) return place.ticket(from);
  for (const place of newestFirst) {
    const ticket = place.ticket(null);
    if (ticket) return ticket;
  }
  return null;
}
