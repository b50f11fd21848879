export interface SignInSearch {
  /** Where to go after signing in: a path of this app. */
  to?: string;
}

/** Begins with one slash: an absolute address, or `//host`, would make sign-in an open redirect. */
const OWN_PATH = /^\/(?![/\\])/;

export function signInSearch({ to }: Record<string, unknown>): SignInSearch {
  return typeof to === 'string' && OWN_PATH.test(to) ? { to } : {};
}
