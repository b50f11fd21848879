import fc from 'fast-check';
import { OUTCOMES } from './contract.ts';
import { FAILURE_CODES, RETRIED_FAILURES, type Failure } from './failure.ts';
import {
  decideAttempt,
  decideRetry,
  GOING_STATES,
  isEnded,
  isLive,
  LIVE_STATES,
  MAX_VAIN_CLAIMS,
  resumableStep,
  retryPause,
  RUN_ENDS,
  RUN_STATES,
  type AttemptEvent,
  type AttemptFacts,
  type RetryFacts,
} from './run-state.ts';

const NOW = new Date('2026-11-01T12:00:00Z');
const PAST = new Date(NOW.getTime() - 1);
const FUTURE = new Date(NOW.getTime() + 1);
const queued: AttemptFacts = { state: 'QUEUED', claim: 0, vainClaims: 0, leaseUntil: null, paused: false, cancelRequested: false };
const claimed: AttemptFacts = { state: 'STARTING', claim: 1, vainClaims: 1, leaseUntil: FUTURE, paused: false, cancelRequested: false };
const failure = (code: Failure['code']): Failure => ({ code, message: 'why' });
const finish = (overrides: object = {}): AttemptEvent => ({ type: 'FINISH', claim: 1, outcome: 'SUCCEEDED', failure: null, ...overrides });

it('is queued, live or ended, in one of these at a time', () => {
  expect([...GOING_STATES, ...RUN_ENDS]).toEqual(RUN_STATES);
  expect(GOING_STATES).toEqual(['QUEUED', ...LIVE_STATES]);
  expect(RUN_STATES.filter(isLive)).toEqual(['STARTING', 'RUNNING']);
  expect(RUN_STATES.filter(isEnded)).toEqual(['SUCCEEDED', 'FAILED', 'CANCELLED']);
});

describe('decideAttempt', () => {
  it.each<[string, AttemptFacts, AttemptEvent, object]>([
    ['a claim is counted', queued, { type: 'CLAIM' }, { ok: true, state: 'STARTING', claim: 1 }],
    ['a second claim is refused', claimed, { type: 'CLAIM' }, { ok: false, code: 'NOT_CLAIMABLE' }],
    ['a cancelled one is not claimed', { ...queued, cancelRequested: true }, { type: 'CLAIM' }, { ok: false, code: 'NOT_CLAIMABLE' }],
    ['one in its pause is not claimed', { ...queued, claim: 2, paused: true }, { type: 'CLAIM' }, { ok: false, code: 'NOT_CLAIMABLE' }],
    ['cancelling one in its pause ends it', { ...queued, claim: 2, paused: true }, { type: 'REQUEST_CANCEL' }, { ok: true, state: 'CANCELLED' }],
    ['training makes it run', claimed, { type: 'TRAINING', claim: 1 }, { ok: true, state: 'RUNNING' }],
    ['training of an earlier claim is fenced', { ...claimed, claim: 2 }, { type: 'TRAINING', claim: 1 }, { ok: false, code: 'FENCED' }],
    ['training of one back in line is fenced', { ...queued, claim: 1 }, { type: 'TRAINING', claim: 1 }, { ok: false, code: 'FENCED' }],
    ['success ends it', claimed, finish(), { ok: true, state: 'SUCCEEDED', failure: null }],
    [
      'a failure of the code ends it with its reason',
      claimed,
      finish({ outcome: 'FAILED', failure: failure('DIVERGED') }),
      { ok: true, state: 'FAILED', requeue: false, failure: failure('DIVERGED') },
    ],
    [
      'a killed child goes back in line',
      claimed,
      finish({ outcome: 'FAILED', failure: failure('CHILD_KILLED') }),
      { ok: true, state: 'QUEUED', requeue: true, failure: failure('CHILD_KILLED') },
    ],
    [
      'not for ever',
      { ...claimed, vainClaims: MAX_VAIN_CLAIMS },
      finish({ outcome: 'FAILED', failure: failure('CHILD_KILLED') }),
      { ok: true, state: 'FAILED', requeue: false },
    ],
    [
      'killed after a cancel is cancelled',
      { ...claimed, cancelRequested: true },
      finish({ outcome: 'FAILED', failure: failure('CHILD_KILLED') }),
      { ok: true, state: 'CANCELLED', requeue: false, failure: null },
    ],
    ['a success that beat the cancel stays one', { ...claimed, cancelRequested: true }, finish(), { ok: true, state: 'SUCCEEDED' }],
    ['a finish of an earlier claim is fenced', { ...claimed, claim: 2 }, finish(), { ok: false, code: 'FENCED' }],
    ['a second finish is fenced', { ...claimed, state: 'SUCCEEDED' }, finish(), { ok: false, code: 'FENCED' }],
    ['cancelling a queued one ends it', queued, { type: 'REQUEST_CANCEL' }, { ok: true, state: 'CANCELLED', cancelRequested: true }],
    ['cancelling a running one asks its runner', claimed, { type: 'REQUEST_CANCEL' }, { ok: true, state: 'STARTING', cancelRequested: true }],
    ['an ended one cannot be cancelled', { ...claimed, state: 'FAILED' }, { type: 'REQUEST_CANCEL' }, { ok: false, code: 'RUN_NOT_CANCELLABLE' }],
    ['a living lease is not reaped', claimed, { type: 'REAP' }, { ok: true, state: 'STARTING', requeue: false }],
    [
      'an expired one goes back in line',
      { ...claimed, leaseUntil: PAST },
      { type: 'REAP' },
      { ok: true, state: 'QUEUED', requeue: true, failure: { code: 'RUNNER_LOST' } },
    ],
    ['expired exactly now', { ...claimed, leaseUntil: NOW }, { type: 'REAP' }, { ok: true, state: 'QUEUED' }],
    ['an expired one that was to be cancelled is', { ...claimed, leaseUntil: PAST, cancelRequested: true }, { type: 'REAP' }, { ok: true, state: 'CANCELLED' }],
    [
      'lost too often fails',
      { ...claimed, leaseUntil: PAST, vainClaims: MAX_VAIN_CLAIMS },
      { type: 'REAP' },
      { ok: true, state: 'FAILED', failure: { code: 'RUNNER_LOST' } },
    ],
  ])('%s', (_name, attempt, event, expected) => {
    expect(decideAttempt(attempt, event, NOW)).toMatchObject(expected);
  });

  const anEvent: fc.Arbitrary<AttemptEvent> = fc.oneof(
    fc.constant<AttemptEvent>({ type: 'CLAIM' }),
    fc.constant<AttemptEvent>({ type: 'REQUEST_CANCEL' }),
    fc.constant<AttemptEvent>({ type: 'REAP' }),
    fc.record({ type: fc.constant('TRAINING' as const), claim: fc.nat(8) }),
    fc.record({
      type: fc.constant('FINISH' as const),
      claim: fc.nat(8),
      outcome: fc.constantFrom(...OUTCOMES),
      failure: fc.option(fc.constantFrom(...FAILURE_CODES).map(failure)),
    }),
  );

  it('ends at most once, whatever happens in whatever order, and never by a stale claim', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 60 }), (events) => {
        let attempt = queued;
        let ends = 0;
        for (const event of events) {
          // The claim's runner falls silent before each reaping.
          const facts = event.type === 'REAP' ? { ...attempt, leaseUntil: PAST } : attempt;
          const decision = decideAttempt(facts, event, NOW);
          if (!decision.ok) continue;
          if ('claim' in event) expect(event.claim).toBe(attempt.claim);
          if (isEnded(attempt.state)) expect(decision).toMatchObject({ state: attempt.state, requeue: false });
          else if (isEnded(decision.state)) ends += 1;
          expect(decision.claim).toBe(attempt.claim + (event.type === 'CLAIM' ? 1 : 0));
          expect(decision.requeue).toBe(decision.state === 'QUEUED' && attempt.state !== 'QUEUED');
          attempt = {
            ...attempt,
            state: decision.state,
            claim: decision.claim,
            vainClaims: decision.claim,
            cancelRequested: decision.cancelRequested,
            leaseUntil: FUTURE,
          };
        }
        expect(ends).toBe(isEnded(attempt.state) ? 1 : 0);
        expect(attempt.claim).toBeLessThanOrEqual(MAX_VAIN_CLAIMS);
      }),
    );
  });

  it('puts back in line only what the infrastructure broke', () => {
    for (const code of FAILURE_CODES) {
      const decision = decideAttempt(claimed, finish({ outcome: 'FAILED', failure: failure(code) }), NOW);
      expect(decision).toMatchObject({ state: RETRIED_FAILURES.includes(code) ? 'QUEUED' : 'FAILED' });
    }
  });
});

it('claims the first lost attempt again at once, and gives each later one five times as long', () => {
  expect([1, 2, 3, 4, MAX_VAIN_CLAIMS - 1].map((claims) => retryPause(claims, 5))).toEqual([0, 5, 25, 125, 625]);
});

it('tries again only what ended without a result', () => {
  expect(RUN_STATES.filter((state) => decideRetry({ state, failureCode: null, checkpointStep: null }, false).ok)).toEqual(['FAILED', 'CANCELLED']);
});

describe('trying again', () => {
  it.each<[string, Partial<RetryFacts>, number | null]>([
    ['after its checkpoint', {}, 1204],
    ['at the beginning without one', { checkpointStep: null }, null],
    ['at the beginning when it diverged: its checkpoint lies on the way there', { failureCode: 'DIVERGED' }, null],
    ['after its checkpoint when it was cancelled', { state: 'CANCELLED', failureCode: null }, 1204],
  ])('goes on %s', (_name, facts, resumeStep) => {
    const ended: RetryFacts = { state: 'FAILED', failureCode: 'RUNNER_LOST', checkpointStep: 1204, ...facts };
    expect(decideRetry(ended, false)).toEqual({ ok: true, resumeStep });
    expect(resumableStep(ended)).toBe(resumeStep);
    expect(decideRetry(ended, true)).toEqual({ ok: true, resumeStep: null });
  });

  it('has no step to name for what has not ended', () => {
    expect(resumableStep({ state: 'RUNNING', failureCode: 'CHILD_KILLED', checkpointStep: 5 })).toBeNull();
  });
});
