import * as z from 'zod/mini';

/** Only a path of this app: an absolute address would make sign-in an open redirect. */
const ownPath = z.string().check(z.regex(/^\/(?![/\\])/));

export const signInSearch = z.object({
  /** Where to go after signing in. */
  to: z.catch(z.optional(ownPath), undefined),
});
