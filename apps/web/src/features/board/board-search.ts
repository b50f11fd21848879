import { listSearch } from '../lists/list-search.ts';

/** What the address of a board carries. */
export interface BoardSearch {
  /** What is asked, in the query language of tickets. */
  query?: string;
  /** Key of the ticket whose peek is open. */
  ticket?: string;
}

const TICKET_KEY = /^[A-Z][A-Z0-9]*-\d+$/;

/** A malformed value counts as absent. By hand: a schema library would be most of the code that every page begins with. */
export function boardSearch({ ticket, query }: Record<string, unknown>): BoardSearch {
  return { ...listSearch({ query }), ...(typeof ticket === 'string' && TICKET_KEY.test(ticket) && { ticket }) };
}
