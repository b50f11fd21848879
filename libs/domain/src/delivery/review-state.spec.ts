import fc from 'fast-check';
import { joinRequest, reviewerKey, reviewState, type ReviewInput, type ReviewRequest } from './review-state.ts';
import { OPENED, person, review } from './story.fixture.ts';

const input = (given: Partial<ReviewInput> = {}): ReviewInput => ({
  change: OPENED,
  heads: [{ sha: 'A', since: 100 }],
  reviews: [],
  requests: [],
  required: null,
  ...given,
});
const asked = (key: string, askedAt: number, given: Partial<ReviewRequest> = {}): ReviewRequest => ({
  key,
  askedAt,
  withdrawnAt: null,
  noticedAt: null,
  ...given,
});
const pushed = {
  change: { ...OPENED, headSha: 'B' },
  heads: [
    { sha: 'A', since: 100 },
    { sha: 'B', since: 200 },
  ],
};
const approved = review({ submittedAt: 150, shas: ['A'] });
const names = (list: readonly { id: string }[]) => list.map(({ id }) => id);

describe('the state of a review', () => {
  it.each<[string, Partial<ReviewInput>, string]>([
    ['nobody is asked and nobody has to', {}, 'NONE'],
    ['a comment changes nothing', { reviews: [review({ verdict: 'COMMENTED' })] }, 'NONE'],
    ['somebody is asked', { change: { ...OPENED, requested: ['2'] } }, 'REVIEW_REQUIRED'],
    ['an approval is required', { required: 1 }, 'REVIEW_REQUIRED'],
    ['two are, and one is there', { required: 2, reviews: [approved] }, 'REVIEW_REQUIRED'],
    ['none is, and one is there', { reviews: [approved] }, 'APPROVED'],
    ['two are, and two are there', { required: 2, reviews: [approved, review({ id: '2', reviewer: person('3') })] }, 'APPROVED'],
    ['one person approved twice', { required: 2, reviews: [approved, review({ id: '2' })] }, 'REVIEW_REQUIRED'],
    [
      'another’s approval does not end changes requested',
      { required: 1, reviews: [approved, review({ id: '2', reviewer: person('3'), verdict: 'CHANGES_REQUESTED' })] },
      'CHANGES_REQUESTED',
    ],
    ['changes requested stand after a push', { ...pushed, reviews: [review({ verdict: 'CHANGES_REQUESTED' })] }, 'CHANGES_REQUESTED'],
    ['their dismissal ends them', { required: 1, reviews: [review({ verdict: 'DISMISSED' })] }, 'REVIEW_REQUIRED'],
    ['who may not write approves nothing', { required: 1, reviews: [review({ isOfficial: false })] }, 'REVIEW_REQUIRED'],
    ['and holds nothing up', { reviews: [review({ isOfficial: false, verdict: 'CHANGES_REQUESTED' })] }, 'NONE'],
    ['nor does one’s own', { required: 1, reviews: [review({ reviewer: person('1') })] }, 'REVIEW_REQUIRED'],
  ])('%s', (_name, given, state) => expect(reviewState(input(given)).state).toBe(state));

  it('8: tells stale approvals apart from those of the head, and waits for who gave them', () => {
    const state = reviewState(input({ ...pushed, required: 1, reviews: [{ ...approved, shas: ['A', 'B'] }] }));
    expect(state).toMatchObject({ state: 'REVIEW_REQUIRED', approvals: [], waiting: [{ key: '2', reason: 'STALE', since: 200 }] });
    expect(names(state.stale)).toEqual(['2']);
    const again = reviewState(input({ ...pushed, required: 1, reviews: [approved, review({ id: '2', submittedAt: 250, shas: ['B'] })] }));
    expect(again).toMatchObject({ state: 'APPROVED', stale: [], waiting: [] });
  });

  it('tells approvals apart that do not count', () => {
    expect(names(reviewState(input({ reviews: [review({ isOfficial: false })] })).unofficial)).toEqual(['2']);
  });
});

describe('9: who is waited for', () => {
  const waiting = (given: Partial<ReviewInput>) => reviewState(input(given)).waiting;

  it('who is asked, since when, the longest first', () => {
    expect(
      waiting({
        change: { ...OPENED, requested: ['2', '3', 'team:2', '9', '1'] },
        requests: [asked('2', 120), { ...asked('3', 0), askedAt: null, noticedAt: 110 }, asked(reviewerKey({ id: '2', isTeam: true }), 130)],
      }),
    ).toEqual([
      { key: '3', reason: 'ASKED', since: 110 },
      { key: '2', reason: 'ASKED', since: 120 },
      { key: 'team:2', reason: 'ASKED', since: 130 },
      { key: '9', reason: 'ASKED', since: null },
    ]);
  });

  it('who approved and is asked again: the approval stands, and so does the question', () => {
    const state = reviewState(input({ change: { ...OPENED, requested: ['2'] }, reviews: [approved], requests: [asked('2', 170)] }));
    expect(state).toMatchObject({ state: 'APPROVED', waiting: [{ key: '2', reason: 'ASKED_AGAIN', since: 170 }] });
  });

  it('who was asked and only commented, upon which the host asks no more', () => {
    const comment = review({ verdict: 'COMMENTED', submittedAt: 130 });
    expect(waiting({ reviews: [comment], requests: [asked('2', 120)] })).toEqual([{ key: '2', reason: 'COMMENTED', since: 120 }]);
    expect(waiting({ reviews: [comment, approved], requests: [asked('2', 120)] })).toEqual([]);
    expect(waiting({ reviews: [comment], requests: [asked('2', 120, { withdrawnAt: 125 })] })).toEqual([]);
    expect(waiting({ reviews: [{ ...comment, submittedAt: 110 }], requests: [asked('2', 120)] })).toEqual([]);
  });

  it('nobody of a draft or of what is not open', () => {
    const asking = { ...OPENED, requested: ['2'] };
    expect(waiting({ change: { ...asking, isDraft: true } })).toEqual([]);
    expect(waiting({ change: { ...asking, state: 'CLOSED' } })).toEqual([]);
  });
});

describe('joining observations of a request', () => {
  const time = fc.option(fc.integer({ min: 0, max: 3 }));
  const request = fc.record({ key: fc.constant('2'), askedAt: time, withdrawnAt: time, noticedAt: time });

  it('is a semilattice: associative, commutative, idempotent', () => {
    fc.assert(
      fc.property(request, request, request, (one, two, three) => {
        expect(joinRequest(joinRequest(one, two), three)).toEqual(joinRequest(one, joinRequest(two, three)));
        expect(joinRequest(one, two)).toEqual(joinRequest(two, one));
        expect(joinRequest(one, one)).toEqual(joinRequest(null, one));
      }),
    );
  });
});
