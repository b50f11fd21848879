import { createContext } from 'react';
import type { Placement } from './placement.ts';

/** What shows the ticket among others, as an open board does: its place there changes at once, before the server has answered. */
export interface TicketHolder {
  toTop(ticketId: string, columnId: string): Promise<unknown>;
  /** Takes the ticket away; then the answer of the server is told. */
  remove(ticketId: string): { accepted: () => void; refused: () => void };
  /** Shows a ticket where the server has put it. */
  put(ticketId: string, place: Placement): void;
  /** Where it stands now; null: not here. */
  placeOf(ticketId: string): Placement | null;
  /** Remembers for undo where it stood. @param off it is in no column now */
  left(ticketId: string, from: Placement, off: boolean): void;
  /** Moves a ticket back to where it stood. */
  back(ticketId: string, place: Placement): Promise<unknown>;
}

/** Null: the ticket is on a page of its own. */
export const TicketHolderContext = createContext<TicketHolder | null>(null);
