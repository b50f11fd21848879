import type {
  DatasetFileRole,
  DatasetKind,
  DatasetSummary,
  Engine,
  EngineReport,
  Environment,
  ErrorCode,
  ErrorParams,
  FailureCode,
  MetricBatch,
  Progress,
  RunResult,
  RunSpec,
  SyntheticKind,
} from '@trainyard/domain';

/** A dataset's bytes as they lie on this machine's disk, or what to make. */
export type LocalDataset =
  | { kind: Exclude<DatasetKind, 'SYNTHETIC'>; files: { role: DatasetFileRole; path: string }[] }
  | { kind: 'SYNTHETIC'; synthetic: SyntheticKind; samples: number; seed: number };

/** All that a training child needs: it sees no network and no database. */
export interface TrainingJob {
  spec: RunSpec;
  /** Chosen by the parent among the engines that passed their self-test for this template's layers. */
  engine: Engine;
  dataset: LocalDataset;
  /** File of a checkpoint to go on from; null starts afresh. */
  checkpointPath: string | null;
  /** Folder of this attempt: checkpoints and artifacts are written here, each by rename so that a reader never sees half a file. */
  workDir: string;
}

/** The one message a parent sends to a fresh child (`child.ts`); what the child answers depends on its kind. */
export type ChildJob =
  | { kind: 'train'; job: TrainingJob }
  | { kind: 'inspect'; dataset: LocalDataset }
  | { kind: 'probe'; engine: Engine };

/** What a training child tells its parent, one message each; the parent batches and reports. Nothing follows DONE or FAILED. */
export type TrainingMessage =
  | { type: 'ENVIRONMENT'; environment: Environment }
  | { type: 'RESUMED'; fromStep: number }
  | { type: 'PROGRESS'; progress: Progress }
  | { type: 'METRICS'; batches: MetricBatch[] }
  | { type: 'LOG'; stream: 'OUT' | 'ERR'; text: string }
  | { type: 'CHECKPOINT'; path: string; step: number; trainingEpoch: number }
  | { type: 'ARTIFACT'; name: string; path: string }
  | { type: 'DONE'; result: RunResult }
  /** A reason the user should read; the child then exits with 1. Any other end of the child is a crash. */
  | { type: 'FAILED'; code: FailureCode; message: string };

/** What an inspecting child answers, once. */
export type InspectionMessage =
  | { type: 'INSPECTED'; summary: DatasetSummary }
  | { type: 'REFUSED'; code: ErrorCode; params: ErrorParams; message: string };

/** What a probing child answers, once. */
export type ProbeMessage = { type: 'PROBED'; report: EngineReport };

export type ChildMessage = TrainingMessage | InspectionMessage | ProbeMessage;

/** Thrown by training for a reason the user should read; anything else is a crash of the child. */
export { TrainingFailure } from './training-failure.ts';
