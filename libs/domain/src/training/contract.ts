/**
 * The job contract between api and ml-runner: what travels over HTTP, version 1.
 *
 * Authentication: `Authorization: Bearer <runner token>` on every request: one of its own, or the installation's shared one.
 * Fence: every write carries the number of its claim, `claim`; a stale one is answered 409 {code: 'FENCED'}
 * and the runner stops that process. Times are ISO 8601 UTC, durations milliseconds unless named.
 *
 *   POST /runner/v1/hello                              HelloRequest    -> HelloReply
 *   POST /runner/v1/heartbeat                          HeartbeatRequest-> HeartbeatReply
 *   POST /runner/v1/attempts/:id/claim                 ClaimRequest    -> ClaimReply     | 409 NOT_CLAIMABLE
 *   POST /runner/v1/attempts/:id/report                ReportRequest   -> ReportReply    | 409 FENCED
 *   PUT  /runner/v1/attempts/:id/checkpoint?claim&step&trainingEpoch    raw bytes, sha256 in `x-content-sha256` -> StoredReply | 409
 *   PUT  /runner/v1/attempts/:id/artifacts/:name?claim raw bytes, same  -> StoredReply   | 409
 *   POST /runner/v1/attempts/:id/finish                FinishRequest   -> FinishReply    | 409 FENCED
 *   GET  /runner/v1/blobs/:digest                      raw bytes (dataset files, checkpoints)
 *   POST /runner/v1/inspections/:datasetId/claim       InspectionClaimRequest -> InspectionClaimReply | 409
 *   POST /runner/v1/inspections/:datasetId/progress    InspectionProgressRequest -> InspectionProgressReply | 409 FENCED
 *   POST /runner/v1/inspections/:datasetId/finish      InspectionFinishRequest -> FinishReply | 409 FENCED
 *
 * Errors: {code, message, params?} with the status the code names. 4xx other than 409/408/429 is final for that request.
 */
import type { DatasetKind, DatasetSummary, DatasetFileRole, SyntheticKind } from '../dataset/dataset.ts';
import type { ReadingEvidence } from '../dataset/reading-evidence.ts';
import type { AskedReading, StoredReading, TableReading } from '../dataset/reading.ts';
import type { ErrorCode } from '../errors.ts';
import type { ErrorParams } from '../result.ts';
import type { Failure, FailureParams } from './failure.ts';
import type { Engine, LayerKind, LeftOut, RunLimits, RunSpec } from './spec.ts';
import type { SizeClass } from './templates.ts';

/**
 * Raised with each change of what travels, also where both sides still understand each other: the page Runners says which runner speaks
 * another one. 2: rows left out at the top of a table, and how far an inspection has come. 3: tables of one column, whatever stands in it.
 * 4: a run's spec says its kind, and its series have names of their own and units. Runners of before know no kind but TEMPLATE, and train it.
 * 5: the fence is called `claim`; before, it was `epoch`.
 */
export const CONTRACT_VERSION = 5;
export const CONTRACTS = ['SAME', 'OLDER', 'NEWER'] as const;
export type Contract = (typeof CONTRACTS)[number];
/** What a runner speaks, beside this version; runners of before 2 say nothing of it. */
export function contractOf(version: number | null): Contract {
  const said = version ?? 1;
  return said === CONTRACT_VERSION ? 'SAME' : said < CONTRACT_VERSION ? 'OLDER' : 'NEWER';
}

/** What is sent says the claim under both names: the other side may be of before contract 5. */
export const withBothNames = <T extends { claim: number }>(said: T): T & { epoch: number } => ({ ...said, epoch: said.claim });
/** What comes, also from a side of before contract 5, or from its files. */
export function withClaim<T>(said: T): T {
  if (typeof said !== 'object' || said === null || 'claim' in said || !('epoch' in said)) return said;
  const { epoch, ...rest } = said;
  return { ...rest, claim: epoch } as T;
}

/** The queue only rings: its payload is an id, the truth is in the database. */
export const RUNNER_QUEUE = 'runner';
/** Inspections ring here: looking at a file must not wait for hours of training on a runner that has no free slot. */
export const INSPECTION_QUEUE = 'runner-inspection';
export const RUNNER_JOBS = { attempt: 'attempt', inspection: 'inspection' } as const;
export type RunnerJob = { attemptId: string } | { datasetId: string };

/** Why an engine is not there, where a screen has words for it. */
export const ENGINE_REASONS = ['NOT_INSTALLED', 'DOES_NOT_LOAD', 'NO_CUDA_GPU', 'NO_ADAPTER', 'SOFTWARE_ADAPTER', 'SELF_TEST'] as const;
export type EngineReason = (typeof ENGINE_REASONS)[number];
export type EngineReasonParams = ErrorParams & { reason: EngineReason };

/** One engine as probed when the runner started. */
export interface EngineReport {
  engine: Engine;
  available: boolean;
  /** Why not available, in English, for the engines page; null when available. */
  reason: string | null;
  /** The same as facts; absent where only the words tell it. */
  reasonParams?: EngineReasonParams | undefined;
  /** e.g. "NVIDIA H200", "llvmpipe (software)", "2 x x86-64 cores". */
  device: string | null;
  isGpu: boolean;
  /** Layer kinds whose gradients passed the numerical self-test. */
  layers: LayerKind[];
  /** Training speed in samples/s measured at start, by template size class; empty when not available. */
  samplesPerSecond: Partial<Record<SizeClass, number>>;
  /** Package and backend versions. */
  versions: Record<string, string>;
}

/** Of a runner's name, and of its token's, in characters. */
export const RUNNER_NAME_MAX = 100;

export interface HelloRequest {
  name: string;
  /** Of the folder it works in: what tells two runners of one name apart. Earlier runners send none. */
  instance?: string | undefined;
  version: string;
  /** CONTRACT_VERSION of the runner; earlier ones send none. */
  contract?: number | undefined;
  host: string;
  cores: number;
  memoryMiB: number;
  /** How many attempts it runs at once. */
  concurrency: number;
  engines: EngineReport[];
}
export interface HelloReply {
  runnerId: string;
  /** A claim not reported on for this long is given to somebody else. */
  leaseSeconds: number;
}

/** Sent every few seconds: keeps the runner online and each attempt's lease alive even when it has no metrics. */
export interface HeartbeatRequest {
  runnerId: string;
  attempts: { attemptId: string; claim: number }[];
}
export interface HeartbeatReply {
  attempts: { attemptId: string; claim: number; verdict: Verdict }[];
}
/** What the api says about an attempt the runner holds. */
export const VERDICTS = ['CONTINUE', 'CANCEL', 'FENCED'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface ClaimRequest {
  runnerId: string;
}
export interface ClaimReply {
  /** How often the attempt was claimed, this time too. */
  claim: number;
  leaseSeconds: number;
  runId: string;
  /** e.g. "NLP-12 run 3": for logs. */
  title: string;
  spec: RunSpec;
  limits: RunLimits;
  dataset: DatasetSource;
  /** Where to go on from; null starts afresh. */
  checkpoint: { digest: string; step: number; trainingEpoch: number } | null;
}
/** How a table is to be read: as it was before there were readings, as an inspection found, or for an inspection to find. */
export type TableSource = { known: StoredReading } | { asked: AskedReading };
/** How the runner gets a dataset's bytes; `table` of a CSV alone. */
export type DatasetSource =
  | { kind: DatasetKind; source: 'UPLOAD'; files: { role: DatasetFileRole; digest: string; size: number; name: string }[]; table?: TableSource }
  | { kind: DatasetKind; source: 'PATH'; files: { role: DatasetFileRole; path: string }[]; table?: TableSource }
  | { kind: 'SYNTHETIC'; source: 'SYNTHETIC'; synthetic: SyntheticKind; samples: number; seed: number };

/** A batch of points of one series: parallel arrays, steps strictly rising. NaN and infinities travel as strings. */
export interface MetricBatch {
  /** Its name, as `isSeriesName` takes it. */
  series: string;
  /** What it counts in; a run's series has one unit. Absent where nothing is said. */
  unit?: string | undefined;
  steps: number[];
  values: (number | 'NaN' | 'Infinity' | '-Infinity')[];
}
export interface LogLine {
  /** Rising from 0 within (attempt, claim): redelivery is recognised by it. */
  line: number;
  at: string;
  stream: 'OUT' | 'ERR' | 'RUNNER';
  text: string;
  /** The same as facts, for a screen to say in its reader's language; absent where only the words tell it. */
  params?: LogParams | undefined;
}
/** Lines of the runner and of its own training that have a sentence in every language, besides FAILURE_REASONS. */
export const LOG_REASONS = [
  'CLAIMED',
  'DISK_REFUSES',
  'CHECKPOINT_NOT_STORED',
  'CHECKPOINT_NOT_HAD',
  'CHECKPOINT_NOT_USED',
  'LINES_DROPPED',
  'POINTS_DROPPED',
  'RESUMED',
  'BEGINS',
  'EPOCH',
  'EPOCH_VALIDATED',
  'EPOCH_REGRESSION',
  'EPOCH_REGRESSION_VALIDATED',
] as const;
export type LogReason = (typeof LOG_REASONS)[number];
export type LogParams = (ErrorParams & { reason: LogReason }) | FailureParams;
export const PHASES = ['PREPARING', 'LOADING_DATA', 'TRAINING', 'EVALUATING', 'SAVING'] as const;
export type Phase = (typeof PHASES)[number];
/** A claim that has not begun to train has no place of its own: the attempt stands where the claims before left it. */
export const hasPlace = (phase: Phase): boolean => phase !== 'PREPARING' && phase !== 'LOADING_DATA';

export interface Progress {
  phase: Phase;
  /** Optimiser steps done and planned in all. */
  step: number;
  totalSteps: number;
  /** Training epoch now, from 1. */
  trainingEpoch: number;
  totalEpochs: number;
  samplesPerSecond: number | null;
  elapsedMs: number;
  remainingMs: number | null;
}
export interface ReportRequest {
  claim: number;
  /** Rising from 0 within (attempt, claim): a batch already stored is acknowledged and not stored twice. */
  seq: number;
  progress: Progress | null;
  metrics: MetricBatch[];
  logs: LogLine[];
  /** Sent once, before the first metric: what really runs. */
  environment?: Environment;
  /** Set in the first report after a resume: the step training continues after. */
  resumedFromStep?: number;
}
/** The engine that really runs, and with what. */
export interface Environment {
  engine: Engine;
  device: string;
  isGpu: boolean;
  versions: Record<string, string>;
  host: string;
  parameterCount: number;
}
export interface ReportReply {
  verdict: Exclude<Verdict, 'FENCED'>;
  leaseSeconds: number;
}
export interface StoredReply {
  digest: string;
  size: number;
}

export const OUTCOMES = ['SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface FinishRequest {
  claim: number;
  outcome: Outcome;
  /** Why it failed; null otherwise. */
  failure: Failure | null;
  result: RunResult | null;
}
/** Figures that a result can have. */
export const METRIC_NAMES = ['accuracy', 'loss', 'mae', 'rmse', 'r2'] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

export interface RunResult {
  /** Final values: on train, validation and (when the dataset has one) test. */
  metrics: { split: 'TRAIN' | 'VALIDATION' | 'TEST'; name: MetricName; value: number }[];
  /** rows = true class, columns = predicted, counts; on test when there is one, else validation, else train. Null for regression. */
  confusion: { split: 'TRAIN' | 'VALIDATION' | 'TEST'; classes: string[]; counts: number[][] } | null;
  sampleCounts: { train: number; validation: number; test: number };
  /** Rows that were not trained on, by reason; with those that were, exactly the promised ones. Absent from runners of before. */
  leftOut?: LeftOut[];
  steps: number;
  samplesPerSecond: number;
  /** Floating-point operations per second achieved while training (3 x forward FLOPs x samples/s). */
  flopsPerSecond: number;
  trainMs: number;
  datasetDigest: string;
  parameterCount: number;
}
export interface FinishReply {
  accepted: true;
}

export interface InspectionClaimRequest {
  runnerId: string;
}
export interface InspectionClaimReply {
  claim: number;
  leaseSeconds: number;
  dataset: DatasetSource;
}
export interface InspectionProgressRequest {
  claim: number;
  /** Of the dataset's files that has been read, 0 to 1. */
  share: number;
}
export interface InspectionProgressReply {
  accepted: true;
}
export interface InspectionFinishRequest {
  claim: number;
  summary: DatasetSummary | null;
  error: { code: ErrorCode; params: ErrorParams } | null;
  /** Of a table, also of one that is refused: how it was read, so that its owner can say better. */
  table?: InspectedTable | null;
}
export interface InspectedTable {
  /** Null where it was refused before every column was decided, or is read as before readings. */
  reading: TableReading | null;
  /** Why it is read so; empty where nothing was guessed. */
  evidence: ReadingEvidence[];
  /** The file's first bytes, unpacked, in base64; at most SAMPLE_BYTES of them. */
  sample: string;
}
/** Why an inspection came to no answer, where that is not the data's fault; its words stay in the runner's log. */
export const INSPECTION_REASONS = ['CRASHED', 'KILLED', 'RUNNER_LOST', 'SUMMARY_REFUSED', 'RUNNER_OUTDATED'] as const;
