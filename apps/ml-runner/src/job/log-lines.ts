import type { LogParams, LogReason, RunResult } from '@trainyard/domain';

/** Losses and scores are text, because a loss may be no number. */
type Epoch = { epoch: number; epochs: number; loss: string; score: string };
type Validated = Epoch & { validationLoss: string; validationScore: string };
type Work = RunResult['sampleCounts'] & { parameters: number; steps: number; engine: string; device: string };

const classified = (f: Epoch) => `Epoch ${f.epoch}/${f.epochs}: loss ${f.loss}, accuracy ${f.score}`;
const regressed = (f: Epoch) => `Epoch ${f.epoch}/${f.epochs}: loss ${f.loss}, mean absolute error ${f.score}`;

/** What the runner and its training say of themselves, in English. A screen says the same in its reader's language, from the facts. */
export const WORDS = {
  CLAIMED: (f: { host: string; claim: number }) => `Taken up by ${f.host}, claim ${f.claim}.`,
  DISK_REFUSES: (f: { detail: string }) =>
    `The runner's disk refuses writes (${f.detail}): until it has room, reports would not survive a crash of the runner.`,
  CHECKPOINT_NOT_STORED: (f: { detail: string }) => `A checkpoint could not be stored: ${f.detail}`,
  CHECKPOINT_NOT_HAD: (f: { step: number; detail: string }) => `The checkpoint of step ${f.step} cannot be had, training begins at the first step: ${f.detail}`,
  CHECKPOINT_NOT_USED: (f: { detail: string }) => `The checkpoint is of no use, training begins at the first step: ${f.detail}.`,
  LINES_DROPPED: (f: { lines: number }) => `Lines of output dropped: ${f.lines}. They came faster than they can be reported.`,
  POINTS_DROPPED: (f: { points: number }) => `Metric points dropped: ${f.points}. The server was away for so long that the runner's spool was full.`,
  RESUMED: (f: { step: number; epoch: number; epochs: number }) => `Going on from the checkpoint of step ${f.step} (epoch ${f.epoch} of ${f.epochs}).`,
  BEGINS: (f: Work) =>
    `${f.train} training samples, ${f.validation} for validation, ${f.test} for test; ${f.parameters} parameters; ${f.steps} steps on ${f.engine} (${f.device}).`,
  EPOCH: classified,
  EPOCH_VALIDATED: (f: Validated) => `${classified(f)}; validation loss ${f.validationLoss}, accuracy ${f.validationScore}`,
  EPOCH_REGRESSION: regressed,
  EPOCH_REGRESSION_VALIDATED: (f: Validated) => `${regressed(f)}; validation loss ${f.validationLoss}, mean absolute error ${f.validationScore}`,
} satisfies Record<LogReason, (facts: never) => string>;

export type LogFacts = { [R in LogReason]: Parameters<(typeof WORDS)[R]>[0] };

/** A line of the log: its words, and the facts they were made of. */
export function lineOf<R extends LogReason>(reason: R, facts: LogFacts[R]): { text: string; params: LogParams } {
  const words: { [K in LogReason]: (facts: LogFacts[K]) => string } = WORDS;
  return { text: words[reason](facts), params: { reason, ...facts } };
}
