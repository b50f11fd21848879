import { joinChange, joinHeads, type ChangeSeen, type Head } from './change.ts';
import { joinCheck, type CheckRow } from './check.ts';
import { joinReview, type Review } from './review.ts';
import { joinRequest, type ReviewRequest } from './review-state.ts';

/**
 * Something that was seen of a change or of a commit, in a delivery or in an answer: a fact of an object, never an event. `at` is when it
 * arrived, in seconds, for hosts that tell no time.
 */
export type Observation =
  | { kind: 'CHANGE'; seen: ChangeSeen; at: number }
  | { kind: 'LANDED'; sha: string }
  | { kind: 'REVIEW'; review: Review }
  | { kind: 'REQUEST'; request: ReviewRequest }
  | { kind: 'CHECK'; row: CheckRow };

/** All that is known of one change. `change` is null until it was seen itself: checks and reviews of it may come before. */
export interface KnownChange {
  change: ChangeSeen | null;
  heads: readonly Head[];
  landedShas: readonly string[];
  /** By id, by key, and by `runOf`. */
  reviews: ReadonlyMap<string, Review>;
  requests: ReadonlyMap<string, ReviewRequest>;
  checks: ReadonlyMap<string, CheckRow>;
}

export const NOTHING_KNOWN: KnownChange = { change: null, heads: [], landedShas: [], reviews: new Map(), requests: new Map(), checks: new Map() };

/** What makes two observations the same run of a check: ids of check runs and of statuses are counted apart. */
export function runOf({ source, id }: Pick<CheckRow, 'source' | 'id'>): string {
  return `${source}:${id}`;
}

/** What is known after one more observation. Each part is a join, so any order and any doubling of observations ends in the same. */
export function applyObservation(known: KnownChange, observed: Observation): KnownChange {
  switch (observed.kind) {
    case 'CHANGE': {
      const { seen, at } = observed;
      const heads = joinHeads(known.heads, [{ sha: seen.facts.headSha, since: seen.updatedAt ?? at }]);
      return { ...known, change: joinChange(known.change, seen), heads };
    }
    case 'LANDED':
      return { ...known, landedShas: [...new Set([...known.landedShas, observed.sha])].sort() };
    case 'REVIEW':
      return { ...known, reviews: joined(known.reviews, observed.review.id, (one) => joinReview(one, observed.review)) };
    case 'REQUEST':
      return { ...known, requests: joined(known.requests, observed.request.key, (one) => joinRequest(one, observed.request)) };
    case 'CHECK':
      return { ...known, checks: joined(known.checks, runOf(observed.row), (one) => joinCheck(one, observed.row)) };
  }
}

function joined<Row>(rows: ReadonlyMap<string, Row>, key: string, join: (known: Row | null) => Row): Map<string, Row> {
  return new Map(rows).set(key, join(rows.get(key) ?? null));
}
