import { refuse, type Result } from '../result.ts';
import type { Outcome } from './contract.ts';
import { RETRIED_FAILURES, type Failure, type FailureCode } from './failure.ts';

/** QUEUED -> STARTING (claimed) -> RUNNING (first report of training) -> one of the three ends. */
export const RUN_STATES = ['QUEUED', 'STARTING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type RunState = (typeof RUN_STATES)[number];

export const RUN_ENDS = ['SUCCEEDED', 'FAILED', 'CANCELLED'] as const satisfies readonly RunState[];
export const isEnded = (state: RunState): boolean => (RUN_ENDS as readonly RunState[]).includes(state);

/** Ends that nobody asked for: they are news. */
export const UNASKED_ENDS = ['SUCCEEDED', 'FAILED'] as const satisfies readonly RunState[];

/** In a runner's hands: not waiting, not ended. */
export const LIVE_STATES = ['STARTING', 'RUNNING'] as const satisfies readonly RunState[];
export const isLive = (state: RunState): boolean => (LIVE_STATES as readonly RunState[]).includes(state);
/** Not ended. */
export const GOING_STATES = ['QUEUED', ...LIVE_STATES] as const satisfies readonly RunState[];

/** An attempt whose runners are lost is claimed at most this often in vain before it fails for good. */
export const MAX_VAIN_CLAIMS = 6;

/**
 * Seconds before an attempt that lost `claims` claims may be claimed again: the first time none, then longer and longer, so that
 * what breaks every claim at once (a machine that restarts, a program that dies at its start) has time to pass.
 */
export function retryPause(claims: number, firstPauseSeconds: number): number {
  return claims <= 1 ? 0 : firstPauseSeconds * 5 ** (claims - 2);
}

/** The attempt as the database holds it, with what decides its next state. */
export interface AttemptFacts {
  state: RunState;
  /** How often it was claimed; the fence of every write. */
  claim: number;
  /** Its claims since one stored a checkpoint, that one too: who comes on each time may lose any number of runners. */
  vainClaims: number;
  leaseUntil: Date | null;
  /** Queued, and its pause before the next claim is not over. */
  paused: boolean;
  cancelRequested: boolean;
}

export type AttemptEvent =
  | { type: 'CLAIM' }
  | { type: 'TRAINING'; claim: number }
  | { type: 'FINISH'; claim: number; outcome: Outcome; failure: Failure | null }
  | { type: 'REQUEST_CANCEL' }
  | { type: 'REAP' };

/** What becomes of the attempt: its next facts, whether the queue must ring again, and why it ended. */
export interface AttemptDecision {
  state: RunState;
  claim: number;
  cancelRequested: boolean;
  requeue: boolean;
  failure: Failure | null;
}

/**
 * The run state machine. A late or repeated event is answered by a refusal (FENCED, NOT_CLAIMABLE), never by a second result:
 * delivered twice is claimed once, and of two finishes only the one with the living claim counts.
 */
export function decideAttempt(attempt: AttemptFacts, event: AttemptEvent, now: Date): Result<AttemptDecision> {
  const { state, claim, cancelRequested } = attempt;
  const same = { ok: true as const, state, claim, cancelRequested, requeue: false, failure: null };
  const leaseLost = attempt.leaseUntil !== null && attempt.leaseUntil.getTime() <= now.getTime();
  switch (event.type) {
    case 'CLAIM':
      if (attempt.state !== 'QUEUED' || attempt.cancelRequested || attempt.paused) return refuse('NOT_CLAIMABLE', { state: attempt.state });
      return { ...same, state: 'STARTING', claim: attempt.claim + 1 };
    case 'TRAINING':
      if (event.claim !== attempt.claim || isEnded(attempt.state) || attempt.state === 'QUEUED') return refuse('FENCED');
      return { ...same, state: 'RUNNING' };
    case 'FINISH': {
      if (event.claim !== attempt.claim || isEnded(attempt.state) || attempt.state === 'QUEUED') return refuse('FENCED');
      const retried = event.failure !== null && RETRIED_FAILURES.includes(event.failure.code);
      if (event.outcome === 'FAILED' && retried && !attempt.cancelRequested && attempt.vainClaims < MAX_VAIN_CLAIMS) {
        return { ...same, state: 'QUEUED', requeue: true, failure: event.failure };
      }
      const cancelled = event.outcome === 'CANCELLED' || (event.outcome === 'FAILED' && attempt.cancelRequested);
      return { ...same, state: cancelled ? 'CANCELLED' : event.outcome, failure: event.outcome === 'FAILED' && !cancelled ? event.failure : null };
    }
    case 'REQUEST_CANCEL':
      if (isEnded(attempt.state)) return refuse('RUN_NOT_CANCELLABLE', { state: attempt.state });
      return { ...same, state: attempt.state === 'QUEUED' ? 'CANCELLED' : attempt.state, cancelRequested: true };
    case 'REAP': {
      if (isEnded(attempt.state) || attempt.state === 'QUEUED' || !leaseLost) return same;
      if (attempt.cancelRequested) return { ...same, state: 'CANCELLED' };
      const failure: Failure = {
        code: 'RUNNER_LOST',
        message: `The runner stopped reporting during claim ${attempt.vainClaims} of at most ${MAX_VAIN_CLAIMS}.`,
        params: { reason: 'RUNNER_SILENT', claim: attempt.vainClaims, claims: MAX_VAIN_CLAIMS },
      };
      if (attempt.vainClaims >= MAX_VAIN_CLAIMS) return { ...same, state: 'FAILED', failure };
      return { ...same, state: 'QUEUED', requeue: true, failure };
    }
  }
}

/** What ended without a result. */
export const isRetryable = (state: RunState): boolean => state === 'FAILED' || state === 'CANCELLED';

/** A run's newest attempt, as far as it decides what trying again does. */
export interface RetryFacts {
  state: RunState;
  failureCode: string | null;
  /** Of its newest checkpoint. */
  checkpointStep: number | null;
}

/** The step after which an ended attempt can go on. None without a checkpoint, and none to a divergence, where it would lead again. */
export function resumableStep({ state, failureCode, checkpointStep }: RetryFacts): number | null {
  return isRetryable(state) && failureCode !== ('DIVERGED' satisfies FailureCode) ? checkpointStep : null;
}

/**
 * Trying again a run that ended without a result: a new attempt, which goes on after `resumeStep` of the last one or, where that
 * is null, begins at the first step. The old ones stay to be looked at and no longer count.
 */
export function decideRetry(facts: RetryFacts, fromBeginning: boolean): Result<{ resumeStep: number | null }> {
  if (!isRetryable(facts.state)) return refuse('RUN_NOT_RETRYABLE', { state: facts.state });
  return { ok: true, resumeStep: fromBeginning ? null : resumableStep(facts) };
}
