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

/** How far a ticket is in one word: its state, or how it ended. */
export const STANDINGS = ['OPEN', 'IN_PROGRESS', ...RESOLUTIONS] as const;
export type Standing = (typeof STANDINGS)[number];

export const standingOf = ({ state, resolution }: TicketProgress): Standing => resolution ?? (state as Exclude<TicketState, 'DONE'>);

/** The progress that a standing says. */
export const progressAt = (standing: Standing): TicketProgress =>
  standing === 'OPEN' || standing === 'IN_PROGRESS' ? { state: standing, resolution: null } : { state: 'DONE', resolution: standing };

/** A ticket begins so where no column says otherwise. */
export const NOT_BEGUN: TicketProgress = { state: 'OPEN', resolution: null };
