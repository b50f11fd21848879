import { createContext } from 'react';
import type { Placement } from './placement.ts';

/** What shows the ticket among others, as an open board does: its place there changes at once, before the server has answered. */
export interface TicketHolder {
  toTop(ticketId: string, columnId: string): Promise<unknown>;
  /** Takes the ticket away; then the answer of the server is told. */
  remove(ticketId: string): { accepted: () => void; refused: () => void };
  /** Puts back a ticket that the server has restored. */
  put(ticketId: string, place: Placement): void;
}

/** Null: the ticket is on a page of its own. */
export const TicketHolderContext = createContext<TicketHolder | null>(null);
