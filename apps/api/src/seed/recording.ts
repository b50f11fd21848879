import type { FailureParams, FailureCode, RunResult } from '@trainyard/domain';

/** What came of training an example, without the days on which it was. */
export interface Recording {
  /** Of the data it was trained on. */
  digest: string;
  /** Steps at which the curves have a point: int32, and the points as float32, in base64. */
  steps: string;
  loss: string;
  accuracy: string;
  /** Loss and accuracy on what was held out, after each training epoch. */
  validation: readonly (readonly [step: number, loss: number, accuracy: number])[];
  failure: { code: FailureCode; message: string; params: FailureParams | null } | null;
  result: RunResult | null;
}
