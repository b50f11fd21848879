import type { Failure } from './failure.ts';
import {
  decideAttempt,
  decideRetry,
  isEnded,
  isRetryable,
  MAX_VAIN_CLAIMS,
  resumableStep,
  retryPause,
  RUN_STATES,
  type AttemptEvent,
  type AttemptFacts,
  type RunState,
} from './run-state.ts';

const NOW = new Date('2026-11-01T12:00:00Z');
const LEASE = new Date(NOW.getTime() + 15_000);
const facts = (state: RunState, overrides: Partial<AttemptFacts> = {}): AttemptFacts => ({
  state,
  claim: 3,
  vainClaims: 1,
  leaseUntil: LEASE,
  paused: false,
  cancelRequested: false,
  ...overrides,
});
const decide = (attempt: AttemptFacts, event: AttemptEvent): unknown => decideAttempt(attempt, event, NOW);
const KILLED: Failure = { code: 'CHILD_KILLED', message: 'signal 9' };
const LIVE: readonly RunState[] = ['STARTING', 'RUNNING'];
const FENCED = { ok: false, code: 'FENCED' };

describe('every event on every state', () => {
  it.each(RUN_STATES)('%s', (state) => {
    const ended = isEnded(state);
    const live = LIVE.includes(state);
    const kept = { ok: true, state, claim: 3, cancelRequested: false, requeue: false, failure: null };
    expect(decide(facts(state), { type: 'CLAIM' })).toEqual(
      state === 'QUEUED' ? { ...kept, state: 'STARTING', claim: 4 } : { ok: false, code: 'NOT_CLAIMABLE', params: { state } },
    );
    expect(decide(facts(state), { type: 'TRAINING', claim: 3 })).toEqual(live ? { ...kept, state: 'RUNNING' } : FENCED);
    expect(decide(facts(state), { type: 'TRAINING', claim: 2 })).toEqual(FENCED);
    expect(decide(facts(state), { type: 'FINISH', claim: 3, outcome: 'SUCCEEDED', failure: null })).toEqual(live ? { ...kept, state: 'SUCCEEDED' } : FENCED);
    expect(decide(facts(state), { type: 'FINISH', claim: 3, outcome: 'CANCELLED', failure: null })).toEqual(live ? { ...kept, state: 'CANCELLED' } : FENCED);
    expect(decide(facts(state), { type: 'FINISH', claim: 3, outcome: 'FAILED', failure: KILLED })).toEqual(
      live ? { ...kept, state: 'QUEUED', requeue: true, failure: KILLED } : FENCED,
    );
    expect(decide(facts(state), { type: 'FINISH', claim: 4, outcome: 'SUCCEEDED', failure: null })).toEqual(FENCED);
    expect(decide(facts(state), { type: 'REQUEST_CANCEL' })).toEqual(
      ended
        ? { ok: false, code: 'RUN_NOT_CANCELLABLE', params: { state } }
        : { ...kept, state: state === 'QUEUED' ? 'CANCELLED' : state, cancelRequested: true },
    );
    expect(decide(facts(state), { type: 'REAP' })).toEqual(kept);
    expect(decide(facts(state, { leaseUntil: null }), { type: 'REAP' })).toEqual(kept);
    const lost = decide(facts(state, { leaseUntil: NOW }), { type: 'REAP' });
    const silent = {
      code: 'RUNNER_LOST',
      message: 'The runner stopped reporting during claim 1 of at most 6.',
      params: { reason: 'RUNNER_SILENT', claim: 1, claims: 6 },
    };
    expect(lost).toEqual(live ? { ...kept, state: 'QUEUED', requeue: true, failure: silent } : kept);
    expect(decideRetry({ state, failureCode: null, checkpointStep: 9 }, false)).toEqual(
      isRetryable(state) ? { ok: true, resumeStep: 9 } : { ok: false, code: 'RUN_NOT_RETRYABLE', params: { state } },
    );
    expect(decideRetry({ state, failureCode: null, checkpointStep: 9 }, true)).toEqual(
      isRetryable(state) ? { ok: true, resumeStep: null } : { ok: false, code: 'RUN_NOT_RETRYABLE', params: { state } },
    );
  });

  it('a cancelled run, a paused one and a failure of the code', () => {
    for (const overrides of [{ cancelRequested: true }, { paused: true }])
      expect(decide(facts('QUEUED', overrides), { type: 'CLAIM' })).toEqual({ ok: false, code: 'NOT_CLAIMABLE', params: { state: 'QUEUED' } });
    const wished = facts('RUNNING', { cancelRequested: true });
    const cancelled = { ok: true, state: 'CANCELLED', claim: 3, cancelRequested: true, requeue: false, failure: null };
    expect(decide(wished, { type: 'FINISH', claim: 3, outcome: 'FAILED', failure: KILLED })).toEqual(cancelled);
    expect(decide({ ...wished, leaseUntil: NOW }, { type: 'REAP' })).toEqual(cancelled);
    const diverged: Failure = { code: 'DIVERGED', message: 'NaN' };
    expect(decide(facts('RUNNING'), { type: 'FINISH', claim: 3, outcome: 'FAILED', failure: diverged })).toEqual({
      ok: true,
      state: 'FAILED',
      claim: 3,
      cancelRequested: false,
      requeue: false,
      failure: diverged,
    });
    // What went wrong on the way to an end that is none is not why it ended.
    for (const outcome of ['SUCCEEDED', 'CANCELLED'] as const)
      expect(decide(facts('RUNNING'), { type: 'FINISH', claim: 3, outcome, failure: KILLED })).toEqual({
        ...cancelled,
        state: outcome,
        cancelRequested: false,
      });
    expect(decide(facts('RUNNING'), { type: 'FINISH', claim: 3, outcome: 'FAILED', failure: null })).toMatchObject({
      state: 'FAILED',
      requeue: false,
      failure: null,
    });
  });

  it('one that was lost too often: at the sixth claim in vain and not at the fifth', () => {
    expect(MAX_VAIN_CLAIMS).toBe(6);
    for (const [vainClaims, state] of [
      [5, 'QUEUED'],
      [6, 'FAILED'],
    ] as const) {
      expect(decide(facts('RUNNING', { vainClaims, leaseUntil: NOW }), { type: 'REAP' })).toMatchObject({
        state,
        requeue: state === 'QUEUED',
        failure: { code: 'RUNNER_LOST', params: { claim: vainClaims } },
      });
      expect(decide(facts('RUNNING', { vainClaims }), { type: 'FINISH', claim: 3, outcome: 'FAILED', failure: KILLED })).toMatchObject({
        state,
        requeue: state === 'QUEUED',
        failure: KILLED,
      });
    }
  });
});

it.each([
  [0, 0],
  [1, 0],
  [2, 5],
  [3, 25],
  [4, 125],
  [5, 625],
])('after %i lost claims the pause is %i s', (claims, seconds) => {
  expect(retryPause(claims, 5)).toBe(seconds);
});

it('goes on from no checkpoint of what diverged, succeeded, or has not ended', () => {
  const at = (state: RunState, failureCode: string | null) => resumableStep({ state, failureCode, checkpointStep: 9 });
  expect([
    at('FAILED', 'OUT_OF_MEMORY'),
    at('CANCELLED', null),
    at('FAILED', 'DIVERGED'),
    at('SUCCEEDED', null),
    at('QUEUED', null),
    at('RUNNING', null),
  ]).toEqual([9, 9, null, null, null, null]);
  expect(resumableStep({ state: 'FAILED', failureCode: null, checkpointStep: null })).toBeNull();
});
