import type {
  DatasetFileRole,
  DatasetKind,
  DatasetSummary,
  Engine,
  EngineReport,
  Environment,
  ErrorCode,
  ErrorParams,
  Failure,
  InspectedTable,
  LogParams,
  MetricBatch,
  Progress,
  RunResult,
  SyntheticKind,
  TableSource,
  TemplateSpec,
} from '@trainyard/domain';

/** A dataset's bytes as they lie on this machine's disk, or what to make. */
export type LocalDataset =
  /** `table` of a CSV: how to read it; absent to guess. */
  | { kind: Exclude<DatasetKind, 'SYNTHETIC'>; files: { role: DatasetFileRole; path: string }[]; table?: TableSource | undefined }
  | { kind: 'SYNTHETIC'; synthetic: SyntheticKind; samples: number; seed: number };

/** All that a training child needs: it sees no network and no database. */
export interface TrainingJob {
  spec: TemplateSpec;
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
  | { type: 'LOG'; stream: 'OUT' | 'ERR'; text: string; params: LogParams }
  | { type: 'CHECKPOINT'; path: string; step: number; trainingEpoch: number }
  | { type: 'ARTIFACT'; name: string; path: string }
  | { type: 'DONE'; result: RunResult }
  /** Ends the job for a reason the user should read (a TrainingFailure); the child then exits with 1. */
  | ({ type: 'FAILED' } & Failure);

/** The one job of a child process, as the first IPC message from its parent. The child exits 0 after its last message. */
export type ChildJob = { kind: 'TRAIN'; job: TrainingJob } | { kind: 'INSPECT'; dataset: LocalDataset } | { kind: 'PROBE'; engine: Engine };

/** Answer to INSPECT: the summary, or what is wrong with the data (a DatasetError). Before it, how much of the files has been read. */
export type InspectionMessage =
  | { type: 'READ'; share: number }
  | { type: 'INSPECTED'; summary: DatasetSummary; table: InspectedTable | null }
  | { type: 'REFUSED'; code: ErrorCode; params: ErrorParams; table: InspectedTable | null };

/** Answer to PROBE. A child that dies instead means: not available. */
export type ProbeMessage = { type: 'PROBED'; report: EngineReport };

export type ChildMessage = TrainingMessage | InspectionMessage | ProbeMessage;
