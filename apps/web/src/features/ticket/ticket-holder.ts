import { createContext } from 'react';
import type { Placement } from './placement.ts';

/** A change that undo takes back once, whether the key or a notice asks for it. */
export interface UndoStep {
  readonly ticketId: string;
  /** False: it was not taken back. */
  takeBack(): Promise<boolean>;
}

/** What shows the ticket among others, as an open board does: its place there changes at once, before the server has answered. */
export interface TicketHolder {
  /** Null: the ticket or the column is not here. */
  toTop(ticketId: string, columnId: string): Promise<unknown> | null;
  /** Takes the ticket away; then the answer of the server is told. */
  remove(ticketId: string): { accepted: () => void; refused: () => void };
  /** Shows a ticket where the server has put it. */
  put(ticketId: string, place: Placement): void;
  /** Where it stands now; null: not here. */
  placeOf(ticketId: string): Placement | null;
  /** Something is being done with a ticket: the key that takes back what was done last waits for its step. */
  doing(change: Promise<UndoStep | null>): Promise<UndoStep | null>;
  /** Takes a step back that still waits for it. */
  undo(step: UndoStep): Promise<unknown>;
  /** Moves a ticket back to where it stood; null: its column is not here. @param off it was left in no column */
  back(ticketId: string, place: Placement, off: boolean): Promise<boolean> | null;
}

/** Null: the ticket is on a page of its own. */
export const TicketHolderContext = createContext<TicketHolder | null>(null);
