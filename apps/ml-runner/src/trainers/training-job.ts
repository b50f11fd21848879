import type { DatasetKind, DatasetFileRole, Engine, Environment, MetricBatch, Progress, RunResult, RunSpec, SyntheticKind } from '@trainyard/domain';

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

/** What the child tells its parent, one message each; the parent batches and reports. */
export type TrainingMessage =
  | { type: 'ENVIRONMENT'; environment: Environment }
  | { type: 'RESUMED'; fromStep: number }
  | { type: 'PROGRESS'; progress: Progress }
  | { type: 'METRICS'; batches: MetricBatch[] }
  | { type: 'LOG'; stream: 'OUT' | 'ERR'; text: string }
  | { type: 'CHECKPOINT'; path: string; step: number; trainingEpoch: number }
  | { type: 'ARTIFACT'; name: string; path: string }
  | { type: 'DONE'; result: RunResult };

/** Thrown by training for a reason the user should read; anything else is a crash of the child. */
export { TrainingFailure } from './training-failure.ts';
