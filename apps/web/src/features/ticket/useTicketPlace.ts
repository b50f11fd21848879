import { useEffect, useRef } from 'react';
import { holdTickets, type TicketPlace } from './ticket-at-hand.ts';

/** A part of the screen that shows tickets, for as long as it is there. It is asked as it was drawn last, also while something else is drawn. */
export function useTicketPlace(place: TicketPlace): void {
  const latest = useRef(place);
  useEffect(() => {
    latest.current = place;
  });
  useEffect(() => holdTickets({ area: () => latest.current.area(), ticket: (from) => latest.current.ticket(from) }), []);
}
