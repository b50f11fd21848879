import type { FailureCode, FailureParams } from '@trainyard/domain';

/** A reason to end an attempt that the user should read, told apart from a crash by its code. */
export class TrainingFailure extends Error {
  readonly code: FailureCode;
  readonly params: FailureParams | undefined;
  /** @param params the facts of the message, where screens have words for it */
  constructor(code: FailureCode, message: string, params?: FailureParams) {
    super(message);
    this.name = 'TrainingFailure';
    this.code = code;
    this.params = params;
  }
}

/** A write that fails for want of room is a failure that the user should read. */
export async function storing(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new TrainingFailure('STORAGE_FULL', `The runner's disk is full: ${message}`, { reason: 'RUNNER_DISK' });
    throw error;
  }
}
