import { compareTexts } from '../text.ts';
import { canonical, type HostPerson } from './host.ts';

/** States of a change (a pull or merge request), as every host knows them. That it is a draft is a fact beside its state. */
export const CHANGE_STATES = ['OPEN', 'CLOSED', 'MERGED'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** What a host says of a change, read from the object and never from the name of the event. Times are seconds since 1970. */
export interface ChangeFacts {
  state: ChangeState;
  isDraft: boolean;
  title: string;
  body: string | null;
  author: HostPerson | null;
  sourceBranch: string;
  /** The numeric id of the repository that the branch lies in; null once a fork is deleted. */
  sourceRepositoryId: string | null;
  targetBranch: string;
  headSha: string;
  baseSha: string | null;
  /** The commit that the host builds to try the merge; its checks decide where there are some. */
  testMergeSha: string | null;
  /** What arrived in the target branch: the merge commit and the squashed one, where there are such. */
  mergeShas: readonly string[];
  /** Keys of those who are asked for a review and have not answered, sorted: `reviewerKey`. GitLab goes on to name those who have. */
  requested: readonly string[];
  openedAt: number | null;
  mergedAt: number | null;
  closedAt: number | null;
}

/** A change as it was seen once. */
export interface ChangeSeen {
  facts: ChangeFacts;
  /** When the host last changed it, to its second; null where the host does not say it. */
  updatedAt: number | null;
  /** Of an answer to a question: when we asked, in milliseconds of our clock. Null for what the host sent by itself. */
  readAt: number | null;
}

/**
 * What is known of a change after one more observation. It chooses the greater one by a total order, so it does not matter in which
 * order, how often and by which way observations come.
 *
 * The order: the host's time; then MERGED, which is final; then what was read last, since an answer is never older than its question,
 * while deliveries of one second cross; then the state; then the text of the facts, which tells nothing but must be the same for all.
 */
export function joinChange(known: ChangeSeen | null, seen: ChangeSeen): ChangeSeen {
  return known !== null && compareSeen(known, seen) >= 0 ? known : seen;
}

function compareSeen(one: ChangeSeen, other: ChangeSeen): number {
  return (
    (one.updatedAt ?? -1) - (other.updatedAt ?? -1) ||
    Number(one.facts.state === 'MERGED') - Number(other.facts.state === 'MERGED') ||
    (one.readAt ?? -1) - (other.readAt ?? -1) ||
    CHANGE_STATES.indexOf(one.facts.state) - CHANGE_STATES.indexOf(other.facts.state) ||
    compareTexts(canonical(one.facts), canonical(other.facts))
  );
}

/** Whether an observation contradicts what is known in a way that only reading again can settle: same second, other facts. */
export function isUnsure(known: ChangeSeen, seen: ChangeSeen): boolean {
  return known.updatedAt === seen.updatedAt && canonical(known.facts) !== canonical(seen.facts);
}

/** A commit that a change pointed to. */
export interface Head {
  sha: string;
  /** The earliest time at which it was seen to be the head: the host's where it tells one, else that of the arrival. Seconds. */
  since: number;
}

/** The heads of a change, oldest first: the union of two lists, each sha with the earlier time. */
export function joinHeads(known: readonly Head[], seen: readonly Head[]): Head[] {
  const since = new Map<string, number>();
  for (const head of [...known, ...seen]) since.set(head.sha, Math.min(head.since, since.get(head.sha) ?? Infinity));
  return [...since].map(([sha, at]) => ({ sha, since: at })).sort((one, other) => one.since - other.since || compareTexts(one.sha, other.sha));
}

/**
 * Whether what a change holds has arrived in its target branch: merged, or closed unmerged while its commits can be reached from there,
 * as those of a stack that was merged at once. No event tells the latter: `landedShas` are the heads of which the host said so when asked.
 */
export function hasLanded({ state, headSha }: Pick<ChangeFacts, 'state' | 'headSha'>, landedShas: readonly string[]): boolean {
  return state === 'MERGED' || (state === 'CLOSED' && landedShas.includes(headSha));
}
