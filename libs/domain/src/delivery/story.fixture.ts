import fc from 'fast-check';
import type { Observation } from './apply.ts';
import type { ChangeFacts } from './change.ts';
import type { CheckRow } from './check.ts';
import type { HostPerson } from './host.ts';
import type { Review, ReviewVerdict } from './review.ts';
import type { ReviewRequest } from './review-state.ts';

/** A change as it begins where nothing else is said. */
export const OPENED: ChangeFacts = {
  state: 'OPEN',
  isDraft: false,
  title: 'Load shards once',
  body: null,
  author: { id: '1', login: 'author', isBot: false },
  sourceBranch: 'abc-12',
  sourceRepositoryId: '7',
  targetBranch: 'main',
  headSha: 'A',
  baseSha: 'base',
  testMergeSha: null,
  mergeShas: [],
  requested: [],
  openedAt: 100,
  mergedAt: null,
  closedAt: null,
};

/** Lists in any order, with some of their members twice. */
export const shuffled = <Member>(members: readonly Member[]): fc.Arbitrary<Member[]> =>
  fc
    .tuple(fc.shuffledSubarray([...members], { minLength: members.length }), fc.subarray([...members]), fc.nat())
    .map(([all, again, at]) => [...all.slice(0, at % (all.length + 1)), ...again, ...all.slice(at % (all.length + 1))]);

/** A check that passed where nothing else is said. */
export const check = (given: Partial<CheckRow> = {}): CheckRow => ({
  source: 'CHECK_RUN',
  app: '15368',
  workflow: 'ci',
  event: 'pull_request',
  name: 'tests',
  id: '1',
  attempt: 1,
  runId: null,
  sha: 'A',
  state: 'COMPLETED',
  conclusion: 'SUCCESS',
  startedAt: null,
  completedAt: null,
  ...given,
});

export const person = (id: string): HostPerson => ({ id, login: `user${id}`, isBot: false });

/** An approval of the head A by person 2 where nothing else is said. */
export const review = (given: Partial<Review> = {}): Review => ({
  id: '1',
  reviewer: person('2'),
  verdict: 'APPROVED',
  isOfficial: true,
  submittedAt: 150,
  shas: ['A'],
  ...given,
});

/** What may happen to a change on its host. What cannot happen where it stands does nothing. `wait` is in seconds, before it happens. */
export type Step = { wait: number } & (
  | { does: 'push' | 'force-push' | 'push-back' | 'merge' | 'close' | 'reopen' | 'draft' }
  | { does: 'review'; by: string; verdict: ReviewVerdict }
  | { does: 'dismiss' | 'ask' | 'withdraw'; by: string }
  | { does: 'check' | 'advance'; name: string; conclusion: string }
);

const NAMES = ['lint', 'tests'];
const PEOPLE = ['2', '3'];

/** Steps of which each waits at least `least` seconds. */
export const steps = (least: number): fc.Arbitrary<Step[]> => {
  const wait = fc.integer({ min: least, max: least + 3 });
  const by = fc.constantFrom(...PEOPLE);
  const name = fc.constantFrom(...NAMES);
  const conclusion = fc.constantFrom('SUCCESS', 'FAILURE', 'SKIPPED');
  return fc.array(
    fc.oneof<fc.Arbitrary<Step>[]>(
      fc.record({ wait, does: fc.constantFrom('push', 'force-push', 'push-back', 'merge', 'close', 'reopen', 'draft') }),
      fc.record({ wait, does: fc.constant('review'), by, verdict: fc.constantFrom('COMMENTED', 'APPROVED', 'CHANGES_REQUESTED') }),
      fc.record({ wait, does: fc.constantFrom('dismiss', 'ask', 'withdraw'), by }),
      fc.record({ wait, does: fc.constantFrom('check', 'advance', 'advance'), name, conclusion }),
    ),
    { maxLength: 14 },
  );
};

/** A story as it was told: each delivery, what the host would answer at the end, and what was true, which no delivery says. */
export interface Story {
  told: Observation[];
  answers: Observation[];
  /** By id of a review the head that was read. */
  read: ReadonlyMap<string, string>;
}

/** A host that keeps one change, in the shapes of observations: it tells objects as they are, and re-points reviews on a force push. */
export function tell(story: readonly Step[]): Story {
  let now = 100;
  let facts = OPENED;
  const reviews: Review[] = [];
  const runs: CheckRow[] = [];
  const read = new Map<string, string>();
  const told: Observation[] = [];
  const shas = ['A'];

  const seen = (readAt: number | null): Observation => ({ kind: 'CHANGE', seen: { facts, updatedAt: now, readAt }, at: now });
  const become = (changed: Partial<ChangeFacts>) => {
    facts = { ...facts, ...changed };
    told.push(seen(null));
  };
  const tellReview = (given: Review) => told.push({ kind: 'REVIEW', review: { ...given } });
  const request = (key: string, given: Partial<ReviewRequest>): Observation => ({
    kind: 'REQUEST',
    request: { key, askedAt: null, withdrawnAt: null, noticedAt: null, ...given },
  });
  const isOpen = () => facts.state === 'OPEN';
  const moveTo = (headSha: string) => {
    for (const [index, one] of reviews.entries()) reviews[index] = { ...one, shas: [headSha] };
    become({ headSha });
  };

  become({});
  for (const step of story) {
    now += step.wait;
    if (step.does === 'push' && isOpen()) {
      shas.push(`sha ${shas.length}`);
      become({ headSha: shas.at(-1)! });
    } else if (step.does === 'force-push' && isOpen()) {
      shas.push(`sha ${shas.length}`);
      moveTo(shas.at(-1)!);
    } else if (step.does === 'push-back' && isOpen()) moveTo('A');
    else if (step.does === 'merge' && isOpen()) become({ state: 'MERGED', mergedAt: now, closedAt: now, mergeShas: ['M'] });
    else if (step.does === 'close' && isOpen()) become({ state: 'CLOSED', closedAt: now });
    else if (step.does === 'reopen' && facts.state === 'CLOSED') become({ state: 'OPEN', closedAt: null });
    else if (step.does === 'draft' && isOpen()) become({ isDraft: !facts.isDraft });
    else if (step.does === 'review') {
      const given = review({ id: String(reviews.length + 1), reviewer: person(step.by), verdict: step.verdict, submittedAt: now, shas: [facts.headSha] });
      reviews.push(given);
      read.set(given.id, facts.headSha);
      tellReview(given);
      become({ requested: facts.requested.filter((key) => key !== step.by) });
    } else if (step.does === 'dismiss') {
      const index = reviews.findLastIndex(({ reviewer, verdict }) => reviewer.id === step.by && verdict !== 'COMMENTED' && verdict !== 'DISMISSED');
      if (index < 0) continue;
      reviews[index] = { ...reviews[index]!, verdict: 'DISMISSED' };
      tellReview(reviews[index]!);
      become({});
    } else if (step.does === 'ask' && !facts.requested.includes(step.by)) {
      told.push(request(step.by, { askedAt: now }));
      become({ requested: [...facts.requested, step.by].sort() });
    } else if (step.does === 'withdraw' && facts.requested.includes(step.by)) {
      told.push(request(step.by, { withdrawnAt: now }));
      become({ requested: facts.requested.filter((key) => key !== step.by) });
    } else if (step.does === 'check') {
      runs.push(check({ id: String(runs.length + 8), name: step.name, sha: facts.headSha, state: 'QUEUED', conclusion: null, startedAt: now }));
      told.push({ kind: 'CHECK', row: runs.at(-1)! });
    } else if (step.does === 'advance') {
      const index = runs.findIndex(({ name, state }) => name === step.name && state !== 'COMPLETED');
      if (index < 0) continue;
      const ends = runs[index]!.state === 'IN_PROGRESS';
      runs[index] = { ...runs[index]!, ...(ends ? { state: 'COMPLETED', conclusion: step.conclusion, completedAt: now } : { state: 'IN_PROGRESS' }) };
      told.push({ kind: 'CHECK', row: runs[index] });
    }
  }
  const answers: Observation[] = [
    seen(now * 1000 + 500),
    ...reviews.map((one): Observation => ({ kind: 'REVIEW', review: one })),
    ...facts.requested.map((key) => request(key, { noticedAt: now })),
    ...runs.map((row): Observation => ({ kind: 'CHECK', row })),
  ];
  return { told, answers, read };
}
