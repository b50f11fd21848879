import { compareTexts } from '../text.ts';
import type { ChangeFacts, Head } from './change.ts';
import type { HostPerson } from './host.ts';
import { isStale, standingReviews, type Review } from './review.ts';

/** How far the review of a change is. NONE: nobody is asked and nobody has to. */
export const REVIEW_STATES = ['NONE', 'REVIEW_REQUIRED', 'CHANGES_REQUESTED', 'APPROVED'] as const;
export type ReviewStanding = (typeof REVIEW_STATES)[number];

/** Who is asked for a review, as one key: a person by id, a team as `team:<id>`. */
export function reviewerKey(reviewer: { id: string; isTeam?: boolean }): string {
  return reviewer.isTeam ? `team:${reviewer.id}` : reviewer.id;
}

/** When somebody was asked. Whether they are asked now is told by the change itself (`requested`). Seconds since 1970. */
export interface ReviewRequest {
  key: string;
  /** When an event last said that they were asked, and that the question was withdrawn. */
  askedAt: number | null;
  withdrawnAt: number | null;
  /** When they were first found among those asked, where no event told it. */
  noticedAt: number | null;
}

/** What is known of one request (one key) after one more observation, in any order. */
export function joinRequest(known: ReviewRequest | null, seen: ReviewRequest): ReviewRequest {
  if (known === null) return seen;
  return {
    key: known.key,
    askedAt: chosen(Math.max, known.askedAt, seen.askedAt),
    withdrawnAt: chosen(Math.max, known.withdrawnAt, seen.withdrawnAt),
    noticedAt: chosen(Math.min, known.noticedAt, seen.noticedAt),
  };
}

const chosen = (choose: (...of: number[]) => number, one: number | null, other: number | null) =>
  one === null ? other : other === null ? one : choose(one, other);

/**
 * Why somebody is waited for: asked; asked again after a verdict; asked and only commented, upon which the host drops the request; or
 * approved a commit that is not the head any more.
 */
export const AWAIT_REASONS = ['ASKED', 'ASKED_AGAIN', 'COMMENTED', 'STALE'] as const;
export type AwaitReason = (typeof AWAIT_REASONS)[number];

export interface Waiting {
  key: string;
  reason: AwaitReason;
  /** Seconds since 1970; null where nobody told it. */
  since: number | null;
}

export interface ReviewInput {
  change: Pick<ChangeFacts, 'state' | 'isDraft' | 'author' | 'headSha' | 'requested'>;
  heads: readonly Head[];
  reviews: readonly Review[];
  requests: readonly ReviewRequest[];
  /** How many approvals the target branch asks for; null where it asks for none, or nobody told. */
  required: number | null;
}

/** Where the review of a change stands. People are in the order of their verdicts' time. */
export interface ReviewState {
  state: ReviewStanding;
  required: number | null;
  /** Who approves the head, and may. */
  approvals: readonly HostPerson[];
  /** Whose approval is of another commit. */
  stale: readonly HostPerson[];
  /** Who approves the head without the right to write, which counts for nothing. */
  unofficial: readonly HostPerson[];
  /** Who asks for changes: it stands until they approve or it is dismissed, whatever is pushed. */
  changesRequested: readonly HostPerson[];
  /** The longest first. Empty for a draft, and for what is not open. */
  waiting: readonly Waiting[];
}

/**
 * Where the review of a change stands. Only approvals of the head make it APPROVED, since that is what was read; the host may count stale
 * ones too, so they are told apart.
 */
export function reviewState({ change, heads, reviews, requests, required }: ReviewInput): ReviewState {
  const standing = [...standingReviews(reviews, change.author?.id ?? null).values()];
  const approving = standing.filter(({ verdict }) => verdict === 'APPROVED');
  const fresh = approving.filter((review) => !isStale(review, heads, change));
  const people = (list: readonly Review[]) => list.map(({ reviewer }) => reviewer);
  const approvals = fresh.filter(({ isOfficial }) => isOfficial);
  const changesRequested = standing.filter(({ verdict, isOfficial }) => verdict === 'CHANGES_REQUESTED' && isOfficial);
  const stale = approving.filter((review) => !fresh.includes(review));
  const waiting = waitedFor({ change, heads, reviews, requests }, stale);
  const isEnough = approvals.length >= Math.max(required ?? 0, 1);
  const isAwaited = (required ?? 0) > 0 || waiting.length > 0 || stale.length > 0;
  return {
    state: changesRequested.length > 0 ? 'CHANGES_REQUESTED' : isEnough ? 'APPROVED' : isAwaited ? 'REVIEW_REQUIRED' : 'NONE',
    required,
    approvals: people(approvals),
    stale: people(stale),
    unofficial: people(fresh.filter(({ isOfficial }) => !isOfficial)),
    changesRequested: people(changesRequested),
    waiting,
  };
}

function waitedFor({ change, heads, reviews, requests }: Omit<ReviewInput, 'required'>, stale: readonly Review[]): Waiting[] {
  if (change.state !== 'OPEN' || change.isDraft) return [];
  const authorId = change.author?.id ?? null;
  const waiting = new Map<string, Waiting>();
  const standing = standingReviews(reviews, authorId);
  for (const key of change.requested) {
    if (key === authorId) continue;
    const request = requests.find((one) => one.key === key);
    const verdict = standing.get(key)?.verdict ?? 'DISMISSED';
    waiting.set(key, { key, reason: verdict === 'DISMISSED' ? 'ASKED' : 'ASKED_AGAIN', since: request?.askedAt ?? request?.noticedAt ?? null });
  }
  for (const request of requests) {
    const { key } = request;
    const asked = request.askedAt ?? request.noticedAt;
    if (waiting.has(key) || key === authorId || asked === null || (request.withdrawnAt ?? -1) >= asked) continue;
    const since = reviews.filter(({ reviewer, submittedAt }) => reviewer.id === key && submittedAt !== null && submittedAt >= asked);
    if (since.some(({ verdict }) => verdict === 'COMMENTED') && since.every(({ verdict }) => verdict === 'COMMENTED' || verdict === 'PENDING'))
      waiting.set(key, { key, reason: 'COMMENTED', since: asked });
  }
  const arrived = heads.find(({ sha }) => sha === change.headSha)?.since ?? null;
  for (const { reviewer } of stale) if (!waiting.has(reviewer.id)) waiting.set(reviewer.id, { key: reviewer.id, reason: 'STALE', since: arrived });
  return [...waiting.values()].sort((one, other) => order(one.since, other.since) || compareTexts(one.key, other.key));
}

const order = (one: number | null, other: number | null) => (one === other ? 0 : one === null ? 1 : other === null ? -1 : one - other);
