/** What the address of a board carries. */
export interface BoardSearch {
  /** Key of the ticket whose peek is open. */
  ticket?: string;
}

const TICKET_KEY = /^[A-Z][A-Z0-9]*-\d+$/;

/** A malformed value counts as absent. By hand: a schema library would be most of the code that every page begins with. */
export function boardSearch({ ticket }: Record<string, unknown>): BoardSearch {
  return typeof ticket === 'string' && TICKET_KEY.test(ticket) ? { ticket } : {};
}
