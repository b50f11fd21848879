/** How far a ticket is. It is the ticket's own: one in the backlog has it, too, and two boards that show it say the same. */
export const TICKET_STATES = ['OPEN', 'IN_PROGRESS', 'DONE'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** How a ticket that is done ended. */
export const RESOLUTIONS = ['DONE', 'CANCELLED', 'DUPLICATE'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

export interface TicketProgress {
  state: TicketState;
  /** Set while the state is DONE, and only then. */
  resolution: Resolution | null;
}

/** A ticket begins so where no column says otherwise. */
export const NOT_BEGUN: TicketProgress = { state: 'OPEN', resolution: null };
