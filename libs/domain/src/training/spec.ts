import type { Template } from './templates.ts';

/** `AUTO` lets the runner take the fastest engine that passed its self-test for the model's layers. */
export const ENGINES = ['TFJS_NODE_GPU', 'WEBGPU', 'TFJS_NODE', 'WASM', 'CPU'] as const;
export type Engine = (typeof ENGINES)[number];
/** `GPU` means any engine on a real GPU (TFJS_NODE_GPU or WEBGPU): it waits or fails, it never falls back. */
export const ENGINE_REQUESTS = ['AUTO', 'GPU', ...ENGINES] as const;
export type EngineRequest = (typeof ENGINE_REQUESTS)[number];

export const OPTIMIZERS = ['SGD', 'MOMENTUM', 'RMSPROP', 'ADAM'] as const;
export type Optimizer = (typeof OPTIMIZERS)[number];

/**
 * How the learning rate moves over the run. With t = step / totalSteps in [0, 1]:
 * CONSTANT lr; LINEAR lr·(1−t); COSINE lr·(1+cos πt)/2; STEP lr·0.1^floor(3t); each after `warmupSteps` of linear rise.
 */
export const SCHEDULES = ['CONSTANT', 'LINEAR', 'COSINE', 'STEP'] as const;
export type Schedule = (typeof SCHEDULES)[number];

export interface RunParameters {
  /** 1..10000 */
  epochs: number;
  /** 1..65536 */
  batchSize: number;
  /** > 0, at most 100 */
  learningRate: number;
  schedule: Schedule;
  /** Steps of linear rise from 0; 0 means none. */
  warmupSteps: number;
  optimizer: Optimizer;
  /** L2 penalty on kernels (not biases), >= 0. */
  l2: number;
  /** Fraction of hidden activations dropped while training, 0..0.9. */
  dropout: number;
  /** 32-bit unsigned; the same seed on the same engine gives bit-identical weights. */
  seed: number;
  /** Fraction of training samples held out for validation, 0..0.9 (stratified by class when classes exist). */
  validationSplit: number;
  /** Templates over a table only: name of the column to predict. */
  targetColumn: string | null;
  /** Templates over a table only: widths of the hidden layers, e.g. [32, 16]. */
  hiddenUnits: number[];
  /** Write a checkpoint every this many epochs, >= 1. The runner also writes one at most every 30 s. */
  checkpointEveryEpochs: number;
}

/** Why a row of a table is not trained on: its target is empty, or holds a word that says so; TARGET_MISSING where the words were not counted apart. */
export const LEFT_OUT_REASONS = ['TARGET_EMPTY', 'TARGET_WORD', 'TARGET_MISSING'] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];
export interface LeftOut {
  reason: LeftOutReason;
  /** Of TARGET_WORD: the word in its normal form. */
  word: string | null;
  rows: number;
}

/** What becomes of every row, promised when the run is queued: the attempt fails if training, validating and leaving out do not add up to it. */
export interface RowPromise {
  /** Trained or validated on. */
  used: number;
  leftOut: LeftOut[];
}

/** What a run does. */
export const RUN_KINDS = ['TEMPLATE'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** Everything that decides the result of training a template, frozen when it is queued. */
export interface TemplateSpec {
  kind: 'TEMPLATE';
  template: Template;
  datasetId: string;
  /** sha256 of the dataset's canonical content at queueing time; the runner refuses other bytes. */
  datasetDigest: string;
  engine: EngineRequest;
  parameters: RunParameters;
  /** Absent in runs queued before rows were promised; those also keep how they held samples out. */
  rows?: RowPromise;
}

/** Kinds have nothing in common but `kind`: whoever reads a spec looks at that first, and asks the functions below for what all have. */
export type RunSpec = TemplateSpec;

/** The dataset that a run reads. */
export function datasetOf(spec: RunSpec): string {
  switch (spec.kind) {
    case 'TEMPLATE':
      return spec.datasetId;
  }
}

/** Training epochs that a run plans. */
export function epochsOf(spec: RunSpec): number {
  switch (spec.kind) {
    case 'TEMPLATE':
      return spec.parameters.epochs;
  }
}

/** The wall-clock and memory fence around one attempt. */
export interface RunLimits {
  wallSeconds: number;
  memoryMiB: number;
}

export const DEFAULT_LIMITS: RunLimits = { wallSeconds: 6 * 3600, memoryMiB: 4096 };

/** Kinds of layer an engine must prove it trains correctly before it is chosen for a template that uses them. */
export const LAYER_KINDS = ['DENSE', 'CONV2D', 'MAX_POOL2D', 'DROPOUT'] as const;
export type LayerKind = (typeof LAYER_KINDS)[number];
