import fc from 'fast-check';
import { applyObservation, NOTHING_KNOWN, type KnownChange, type Observation } from './apply.ts';
import { rowsOfChange } from './check.ts';
import { reviewState } from './review-state.ts';
import { isStale, standingReviews } from './review.ts';
import { rollup } from './rollup.ts';
import { shuffled, steps, tell, type Story } from './story.fixture.ts';

const applied = (observed: readonly Observation[]) => observed.reduce(applyObservation, NOTHING_KNOWN);

const stories = (least: number) => steps(least).map(tell);
/** A story with its deliveries in any order, some of them twice. */
const retold = (least: number) => stories(least).chain((story) => shuffled(story.told).map((told) => ({ story, told })));

const verdictsOf = (known: KnownChange) => new Map([...standingReviews([...known.reviews.values()], '1')].map(([id, { verdict }]) => [id, verdict]));
const facts = (known: KnownChange) => known.change!.facts;

/** What a card shows, as far as it does not depend on which deliveries were lost. */
const shown = (known: KnownChange) => ({
  facts: facts(known),
  verdicts: verdictsOf(known),
  checks: rollup(rowsOfChange([...known.checks.values()], facts(known)), null),
});

describe('a story of a change', () => {
  it('ends in one state, whatever the order and doubling of its deliveries, within seconds too', () => {
    fc.assert(
      fc.property(retold(0), ({ story, told }) => expect(applied(told)).toEqual(applied(story.told))),
      { numRuns: 500 },
    );
  });

  it('is as the host says it once it was read at the end, whatever was lost, and whenever the answer is applied', () => {
    const lost = stories(0).chain((story) => fc.subarray(story.told).chain((told) => shuffled([...told, ...story.answers]).map((heard) => ({ story, heard }))));
    fc.assert(
      fc.property(lost, ({ story, heard }) => expect(shown(applied(heard))).toEqual(shown(applied(story.answers)))),
      { numRuns: 500 },
    );
  });

  it('is what a plain reader makes of the deliveries in their true order, where each has a second of its own', () => {
    fc.assert(
      fc.property(retold(1), ({ story, told }) => {
        const known = applied(told);
        const plain = plainly(story);
        expect(known.change!.facts).toEqual(plain.facts);
        expect(verdictsOf(known)).toEqual(plain.verdicts);
        expect(shown(known).checks.verdict).toBe(plain.checks);
      }),
      { numRuns: 500 },
    );
  });

  it('8: never takes an approval of an unread head for one of this head; and tells which where a push back does not hide it', () => {
    fc.assert(
      fc.property(retold(0), ({ story, told }) => {
        const known = applied(told);
        for (const review of known.reviews.values())
          if (story.read.get(review.id) !== facts(known).headSha) expect(isStale(review, known.heads, facts(known))).toBe(true);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(
        steps(6)
          .map((list) => tell(list.filter(({ does }) => does !== 'push-back')))
          .chain((story) => shuffled(story.told).map((told) => ({ story, told }))),
        ({ story, told }) => {
          const known = applied(told);
          for (const review of known.reviews.values())
            expect(isStale(review, known.heads, facts(known))).toBe(story.read.get(review.id) !== facts(known).headSha);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('waits for those whom the host asks, and for nobody of what is closed', () => {
    fc.assert(
      fc.property(retold(1), ({ told }) => {
        const known = applied(told);
        const { waiting } = reviewState({
          change: facts(known),
          heads: known.heads,
          reviews: [...known.reviews.values()],
          requests: [...known.requests.values()],
          required: null,
        });
        const keys = waiting.map(({ key }) => key);
        if (facts(known).state !== 'OPEN' || facts(known).isDraft) expect(keys).toEqual([]);
        else expect(facts(known).requested.filter((key) => !keys.includes(key))).toEqual([]);
      }),
    );
  });

  it('5: keeps checks that come before their change, and finds them by the commit', () => {
    const { told } = tell([{ wait: 1, does: 'check', name: 'tests', conclusion: 'SUCCESS' }]);
    const [opened, queued] = told as [Observation, Observation];
    const early = applyObservation(NOTHING_KNOWN, queued);
    expect([early.change, early.checks.size]).toEqual([null, 1]);
    expect(shown(applyObservation(early, opened)).checks.verdict).toBe('PENDING');
  });
});

/** The second implementation: reads in the true order and lets the last word hold, with nothing of the rules above. */
function plainly({ told }: Story) {
  let last: KnownChange['change'] = null;
  const verdicts = new Map<string, string>();
  const given = new Map<string, string[]>();
  const runs = new Map<string, { name: string; sha: string; word: string }>();
  for (const one of told) {
    if (one.kind === 'CHANGE') last = one.seen;
    if (one.kind === 'CHECK') runs.set(one.row.id, { name: one.row.name, sha: one.row.sha, word: one.row.conclusion ?? 'PENDING' });
    if (one.kind !== 'REVIEW' || one.review.verdict === 'COMMENTED') continue;
    const { id, reviewer, verdict } = one.review;
    const ids = given.get(reviewer.id) ?? [];
    if (!ids.includes(id)) given.set(reviewer.id, [...ids, id]);
    if (given.get(reviewer.id)!.at(-1) === id) verdicts.set(reviewer.id, verdict);
  }
  const words = new Map<string, string>();
  for (const { name, sha, word } of runs.values()) if (sha === last!.facts.headSha) words.set(name, word);
  const said = [...words.values()];
  const checks = said.includes('FAILURE') ? 'FAILING' : said.includes('PENDING') ? 'PENDING' : said.length > 0 ? 'PASSING' : 'NONE';
  return { facts: last!.facts, verdicts, checks };
}
