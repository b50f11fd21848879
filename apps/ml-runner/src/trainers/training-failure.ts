import type { FailureCode } from '@trainyard/domain';

/** A reason to end an attempt that the user should read, told apart from a crash by its code. */
export class TrainingFailure extends Error {
  readonly code: FailureCode;
  constructor(code: FailureCode, message: string) {
    super(message);
    this.name = 'TrainingFailure';
    this.code = code;
  }
}
