import * as z from 'zod/mini';

/** What the address of a board carries. A malformed value counts as absent. */
export const boardSearch = z.object({
  /** Key of the ticket whose peek is open. */
  ticket: z.catch(z.optional(z.string().check(z.regex(/^[A-Z][A-Z0-9]*-\d+$/))), undefined),
});
