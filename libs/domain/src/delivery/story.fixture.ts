import fc from 'fast-check';
import type { ChangeFacts } from './change.ts';
import type { CheckRow } from './check.ts';

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
