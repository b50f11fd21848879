/** What we say of a commit on its host, under a context of ours. */
export const POSTED_STATES = ['PENDING', 'SUCCESS', 'FAILURE'] as const;
export type PostedState = (typeof POSTED_STATES)[number];

export interface PostedStatus {
  sha: string;
  context: string;
  state: PostedState;
  description: string;
}

/** How the contexts of our own statuses begin. */
export const OWN_CONTEXTS = 'trainyard/';

/**
 * Whether a check is our own word that comes back. It says nothing of the commit: a gate that waited for the status it posts would wait
 * for ever.
 */
export function isOwnContext(name: string): boolean {
  return name.startsWith(OWN_CONTEXTS);
}

/** Whether a status must be sent: not if the host has it from us already. GitLab refuses the same state twice. */
export function mustPost(last: PostedStatus | null, next: PostedStatus): boolean {
  return last === null || last.sha !== next.sha || last.context !== next.context || last.state !== next.state;
}
