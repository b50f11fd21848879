/** Pixels of a row, its gap included; the card fills it (TicketCard.module.css). */
export const ROW = 86;
export const ROW_WITH_RUN = 114;
/** Rows drawn beyond what is in view, on either side. */
export const OVERSCAN = 2;
/** Rows a cell of a lane shows before it scrolls, those drawn beyond them, and those read at once: what it shows, and some to spare. */
export const LANE_ROWS = 4;
export const LANE_OVERSCAN = 0;
export const LANE_PAGE = 8;
