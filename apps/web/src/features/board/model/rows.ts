/** Pixels of a row, its gap included; the card fills it (TicketCard.module.css). */
export const ROW = 86;
export const ROW_WITH_RUN = 114;
/** Rows drawn beyond what is in view, on either side. */
export const OVERSCAN = 2;
