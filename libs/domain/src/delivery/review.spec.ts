import fc from 'fast-check';
import { isStale, joinReview, REVIEW_VERDICTS, reviewedSha, reviewsOfApprovals, standingReviews, verdictOf, type Review } from './review.ts';
import { person, review, shuffled } from './story.fixture.ts';

const A = { sha: 'A', since: 100 };
const B = { sha: 'B', since: 200 };
const verdicts = (reviews: readonly Review[]) => [...standingReviews(reviews, '1')].map(([id, { verdict }]) => [id, verdict]);

describe('verdicts of a reviewer', () => {
  it.each<[string, Partial<Review>[], string | null]>([
    ['the newest holds', [{ verdict: 'CHANGES_REQUESTED' }, { verdict: 'APPROVED' }], 'APPROVED'],
    ['and of changes requested too', [{ verdict: 'APPROVED' }, { verdict: 'CHANGES_REQUESTED' }], 'CHANGES_REQUESTED'],
    ['9: Mergifyio/mergify#355: a comment replaces no verdict', [{ verdict: 'APPROVED' }, { verdict: 'COMMENTED' }, { verdict: 'PENDING' }], 'APPROVED'],
    ['palantir/policy-bot#119: a dismissal revives no earlier approval', [{ verdict: 'APPROVED' }, { verdict: 'DISMISSED' }], 'DISMISSED'],
    ['nor earlier changes requested', [{ verdict: 'CHANGES_REQUESTED' }, { verdict: 'DISMISSED' }], 'DISMISSED'],
    ['approved again after a dismissal', [{ verdict: 'DISMISSED' }, { verdict: 'APPROVED' }], 'APPROVED'],
    ['of one’s own change are none', [{ verdict: 'APPROVED', reviewer: person('1') }], null],
  ])('%s', (_name, given, verdict) => {
    const reviews = given.map((one, index) => review({ id: String(index + 9), submittedAt: 100 + index, ...one }));
    expect(verdicts(reviews)).toEqual(verdict === null ? [] : [['2', verdict]]);
    expect(verdicts(reviews.toReversed())).toEqual(verdicts(reviews));
  });

  it('of one second are ordered by their ids as numbers', () => {
    expect(verdicts([review({ id: '10', verdict: 'APPROVED' }), review({ id: '9', verdict: 'CHANGES_REQUESTED' })])).toEqual([['2', 'APPROVED']]);
  });

  it('are read from the words of all hosts, old ones too', () => {
    expect(['REQUESTED_CHANGES', 'REQUEST_CHANGES', 'rejected', 'changes_requested'].map(verdictOf)).toEqual(Array(4).fill('CHANGES_REQUESTED'));
    expect(['approved', 'COMMENT', 'REQUEST_REVIEW', 'toString'].map(verdictOf)).toEqual(['APPROVED', 'COMMENTED', null, null]);
  });
});

describe('joining observations of a review', () => {
  const anyReview = fc
    .record({
      verdict: fc.constantFrom(...REVIEW_VERDICTS),
      submittedAt: fc.option(fc.integer({ min: 0, max: 2 })),
      shas: fc.subarray(['A', 'B', 'C']),
    })
    .map(review);

  it('is a semilattice: associative, commutative, idempotent', () => {
    fc.assert(
      fc.property(anyReview, anyReview, anyReview, (one, two, three) => {
        expect(joinReview(joinReview(one, two), three)).toEqual(joinReview(one, joinReview(two, three)));
        expect(joinReview(one, two)).toEqual(joinReview(two, one));
        expect(joinReview(joinReview(null, one), one)).toEqual(joinReview(null, one));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not go back from dismissed', () => {
    const dismissed = review({ verdict: 'DISMISSED' });
    expect(joinReview(dismissed, review()).verdict).toBe('DISMISSED');
    expect(joinReview(review(), dismissed).verdict).toBe('DISMISSED');
  });
});

describe('8: force pushes', () => {
  const change = { headSha: 'B' };

  it('leave an approval with the commit that was read, whatever the host re-points it to and whenever we hear of it', () => {
    const given = review({ submittedAt: 150, shas: ['A'] });
    const repointed = review({ submittedAt: 150, shas: ['B'] });
    fc.assert(
      fc.property(shuffled([given, repointed]), (list) => {
        const joined = list.reduce<Review | null>(joinReview, null)!;
        expect(reviewedSha(joined, [A, B])).toBe('A');
        expect(isStale(joined, [A, B], change)).toBe(true);
      }),
    );
  });

  it('are known from the times, if the first word of the review was lost', () => {
    expect(reviewedSha(review({ submittedAt: 150, shas: ['B'] }), [A, B])).toBe('A');
    expect(reviewedSha(review({ submittedAt: 250, shas: ['B'] }), [A, B])).toBe('B');
    // the host's time of the change and that of the review differ by a second or two
    expect(reviewedSha(review({ submittedAt: 198, shas: ['B'] }), [A, B])).toBe('B');
  });

  it('back to an earlier commit, or in the second of the review, leave it unknown, which is stale', () => {
    const back = review({ submittedAt: 250, shas: ['A', 'B'] });
    expect([isStale(back, [A, B], { headSha: 'A' }), isStale(back, [A, B], { headSha: 'B' })]).toEqual([true, true]);
    expect(isStale(review({ submittedAt: 200, shas: ['A', 'B'] }), [A, B], change)).toBe(true);
    // read, pushed away, and pushed back: what stands there now was read
    expect(isStale(review({ submittedAt: 150, shas: ['A', 'B'] }), [A, B], { headSha: 'A' })).toBe(false);
  });

  it('cannot be told of what was there before us: the host is believed', () => {
    expect(reviewedSha(review({ submittedAt: 50, shas: ['B'] }), [B])).toBe('B');
    expect(reviewedSha(review({ submittedAt: 50, shas: ['X'] }), [B])).toBe('X');
    expect(reviewedSha(review({ submittedAt: 50, shas: ['X', 'Y'] }), [B])).toBeNull();
  });
});

describe('10: approvals of GitLab', () => {
  const read = (ids: string[], headSha: string, at: number) => ({ approvedBy: ids.map(person), headSha, at });

  it('approved with nobody’s approval is no approval', () => expect(reviewsOfApprovals([], read([], 'A', 100))).toEqual([]));

  it('keep the head at which they were first read, and end when they are named no more', () => {
    const first = reviewsOfApprovals([], read(['2'], 'A', 100));
    const second = reviewsOfApprovals(first, read(['2', '3'], 'B', 200));
    expect(second.map(({ reviewer, shas }) => [reviewer.id, shas])).toEqual([
      ['2', ['A']],
      ['3', ['B']],
    ]);
    expect(reviewsOfApprovals(second, read(['2', '3'], 'B', 300))).toEqual(second);
    const reset = reviewsOfApprovals(second, read([], 'B', 400));
    expect(verdicts(reset)).toEqual([
      ['2', 'DISMISSED'],
      ['3', 'DISMISSED'],
    ]);
    const again = reviewsOfApprovals(reset, read(['2'], 'B', 500));
    expect(verdicts(again)).toEqual([
      ['3', 'DISMISSED'],
      ['2', 'APPROVED'],
    ]);
    expect(isStale(standingReviews(again, '1').get('2')!, [A, B], { headSha: 'B' })).toBe(false);
  });
});
