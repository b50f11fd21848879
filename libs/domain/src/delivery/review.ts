import { compareTexts } from '../text.ts';
import type { ChangeFacts, Head } from './change.ts';
import { canonical, compareIds, type HostPerson } from './host.ts';

/** What a review says, in the order in which one review can come to it: a dismissal is final. */
export const REVIEW_VERDICTS = ['PENDING', 'COMMENTED', 'CHANGES_REQUESTED', 'APPROVED', 'DISMISSED'] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];

/** A review of a change. `submittedAt` is in seconds since 1970. */
export interface Review {
  id: string;
  reviewer: HostPerson;
  verdict: ReviewVerdict;
  /** Whether it counts for the target branch: its reviewer may write there. */
  isOfficial: boolean;
  submittedAt: number | null;
  /** Every commit that the host ever said it was of: after a force push it names the new head. */
  shas: readonly string[];
}

const VERDICT_OF: Readonly<Record<string, ReviewVerdict>> = {
  PENDING: 'PENDING',
  COMMENT: 'COMMENTED',
  COMMENTED: 'COMMENTED',
  APPROVED: 'APPROVED',
  CHANGES_REQUESTED: 'CHANGES_REQUESTED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  REQUESTED_CHANGES: 'CHANGES_REQUESTED',
  REJECTED: 'CHANGES_REQUESTED',
  DISMISSED: 'DISMISSED',
};

/** The verdict in a host's word, of any case; null for one that is no verdict (`REQUEST_REVIEW`) or not known. */
export function verdictOf(word: string): ReviewVerdict | null {
  const said = word.toUpperCase();
  return Object.hasOwn(VERDICT_OF, said) ? VERDICT_OF[said]! : null;
}

/** What is known of one review (one id) after one more observation, in any order. */
export function joinReview(known: Review | null, seen: Review): Review {
  if (known === null) return { ...seen, shas: [...new Set(seen.shas)].sort(compareTexts) };
  const [{ shas: _one, ...one }, { shas: _other, ...other }] = [known, seen];
  const order = REVIEW_VERDICTS.indexOf(one.verdict) - REVIEW_VERDICTS.indexOf(other.verdict) || compareTexts(canonical(one), canonical(other));
  return { ...(order >= 0 ? one : other), shas: [...new Set([...known.shas, ...seen.shas])].sort(compareTexts) };
}

/** Seconds by which the host's time of a change may lag behind that of a review of the same moment. */
const LAG = 5;

/**
 * The commit that a review was of. The host re-points old reviews to new heads, so of the commits that it named only those count that had
 * arrived when the review was given. Where several had, as after a push back to an earlier commit, it is not known: null, which is no head.
 * Where none had, we missed the first word of the review: then it was of the head of its time, if we saw that one.
 */
export function reviewedSha({ shas, submittedAt }: Pick<Review, 'shas' | 'submittedAt'>, heads: readonly Head[]): string | null {
  if (shas.length === 0) return null;
  const named = heads.filter(({ sha }) => shas.includes(sha)).sort((one, other) => one.since - other.since);
  const first = named[0]?.sha ?? (shas.length === 1 ? shas[0]! : null);
  if (submittedAt === null) return first;
  const arrived = named.filter(({ since }) => since <= submittedAt + LAG);
  if (arrived.length > 0) return arrived.length === 1 ? arrived[0]!.sha : null;
  const then = heads.filter(({ since }) => since <= submittedAt).sort((one, other) => one.since - other.since);
  return then.at(-1)?.sha ?? first;
}

/** GitLab tells who approves, and not since when or of which commit: that is when we read it first. */
export interface ApprovalsRead {
  approvedBy: readonly HostPerson[];
  /** The head when it was read, and when, in seconds. */
  headSha: string;
  at: number;
}

/**
 * The reviews that GitLab's approvals make of those known, to be called in the order in which they were read. Only people approve: its
 * `approved: true` with nobody means that nobody has to. Whoever is not named any more has withdrawn, or a push has reset it.
 */
export function reviewsOfApprovals(known: readonly Review[], { approvedBy, headSha, at }: ApprovalsRead): Review[] {
  const kept = known.map((review): Review =>
    review.verdict === 'APPROVED' && !approvedBy.some(({ id }) => id === review.reviewer.id) ? { ...review, verdict: 'DISMISSED' } : review,
  );
  const standing = new Set(kept.filter(({ verdict }) => verdict === 'APPROVED').map(({ reviewer }) => reviewer.id));
  const fresh = approvedBy
    .filter(({ id }) => !standing.has(id))
    .map((reviewer): Review => ({ id: `${reviewer.id}:${at}`, reviewer, verdict: 'APPROVED', isOfficial: true, submittedAt: at, shas: [headSha] }));
  return [...kept, ...fresh];
}

/** By reviewer's id the newest verdict that counts, in the order of their time. A comment is none, and neither is a review of one's own change. */
export function standingReviews(reviews: readonly Review[], authorId: string | null): Map<string, Review> {
  const standing = new Map<string, Review>();
  for (const review of [...reviews].sort(compareReviews)) {
    if (review.reviewer.id === authorId || review.verdict === 'COMMENTED' || review.verdict === 'PENDING') continue;
    standing.delete(review.reviewer.id);
    standing.set(review.reviewer.id, review);
  }
  return standing;
}

export function compareReviews(one: Review, other: Review): number {
  return (one.submittedAt ?? -1) - (other.submittedAt ?? -1) || compareIds(one.id, other.id);
}

/** Whether a review is of another commit than the head. */
export function isStale(review: Pick<Review, 'shas' | 'submittedAt'>, heads: readonly Head[], { headSha }: Pick<ChangeFacts, 'headSha'>): boolean {
  return reviewedSha(review, heads) !== headSha;
}
