import type { ErrorCode } from '../errors.ts';
import type { ErrorParams } from '../result.ts';

/** Why an attempt failed, as its runner or the worker tells it. */
export interface Failure {
  code: FailureCode;
  /** The true reason in English, with the exit code or signal and the last error lines. */
  message: string;
  /** Its facts, for a screen to say in its reader's language: of FAILURE_REASONS the `reason`, or what is wrong with the data as `problem`. */
  params?: FailureParams;
}
/** Reasons that have a sentence in every language; what is not among them stands in the message alone. */
export const FAILURE_REASONS = [
  'OTHER_DIGEST',
  'LOSS_NOT_FINITE',
  'MEMORY_LIMIT',
  'MEMORY_REFUSED',
  'MACHINE_MEMORY',
  'TIME_LIMIT',
  'KILLED',
  'CRASHED',
  'EXIT_CODE',
  'NO_RESULT',
  'RUNNER_SILENT',
  'RUNNER_STOPPED',
  'RUNNER_CRASHED',
  'RUNNER_DISK',
  'SERVER_STORAGE',
  'OTHER_DATA',
  'COLUMN_MISSING',
  'TOO_MANY_INPUTS',
  'TOO_FEW_LEFT',
  'ROWS_UNACCOUNTED',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];
/** Facts with a reason that is known. */
export type FailureParams = ErrorParams & ({ reason: FailureReason } | { problem: ErrorCode });
/** Infrastructure and code failures are told apart, so that only the first kind is retried by itself. */
export const FAILURE_CODES = [
  'DATASET_UNREADABLE',
  'DATASET_CHANGED',
  'ENGINE_UNAVAILABLE',
  'ENGINE_ERROR',
  'DIVERGED',
  'OUT_OF_MEMORY',
  'TIME_LIMIT',
  'CHILD_KILLED',
  'CHILD_CRASHED',
  'RUNNER_LOST',
  'RUNNER_ERROR',
  'STORAGE_FULL',
  'INVALID_SPEC',
  'ROWS_UNACCOUNTED',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];
export const RETRIED_FAILURES: readonly FailureCode[] = ['CHILD_KILLED', 'RUNNER_LOST'];
