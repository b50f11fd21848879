/** What can be trained. A template fixes the layers; the parameters are the user's. */
export const TEMPLATES = ['MLP_784_128_10', 'MLP_784_64_64_10', 'CNN_28X28', 'NET_2_3_1', 'TABULAR_CLASSIFIER', 'TABULAR_REGRESSOR'] as const;
export type Template = (typeof TEMPLATES)[number];

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
  /** Tabular templates only: name of the column to predict. */
  targetColumn: string | null;
  /** Tabular templates only: widths of the hidden layers, e.g. [32, 16]. */
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

/** Everything that decides a run's result, frozen when it is queued. */
export interface RunSpec {
  template: Template;
  datasetId: string;
  /** sha256 of the dataset's canonical content at queueing time; the runner refuses other bytes. */
  datasetDigest: string;
  engine: EngineRequest;
  parameters: RunParameters;
  /** Absent in runs queued before rows were promised; those also keep how they held samples out. */
  rows?: RowPromise;
}

/** The wall-clock and memory fence around one attempt. */
export interface RunLimits {
  wallSeconds: number;
  memoryMiB: number;
}

export const DEFAULT_LIMITS: RunLimits = { wallSeconds: 6 * 3600, memoryMiB: 4096 };

const BASE: RunParameters = {
  epochs: 5,
  batchSize: 64,
  learningRate: 0.001,
  schedule: 'CONSTANT',
  warmupSteps: 0,
  optimizer: 'ADAM',
  l2: 0,
  dropout: 0,
  seed: 42,
  validationSplit: 0.1,
  targetColumn: null,
  hiddenUnits: [],
  checkpointEveryEpochs: 1,
};

/** Good first values per template, shown in the queue dialog. */
export const DEFAULT_PARAMETERS: Record<Template, RunParameters> = {
  MLP_784_128_10: { ...BASE, epochs: 5, batchSize: 64 },
  MLP_784_64_64_10: { ...BASE, epochs: 5, batchSize: 32 },
  CNN_28X28: { ...BASE, epochs: 12, batchSize: 64, learningRate: 0.003, schedule: 'COSINE', dropout: 0.1 },
  NET_2_3_1: { ...BASE, epochs: 1000, batchSize: 100, learningRate: 0.3, validationSplit: 0, checkpointEveryEpochs: 100 },
  TABULAR_CLASSIFIER: { ...BASE, epochs: 50, batchSize: 32, hiddenUnits: [32, 16], validationSplit: 0.2, checkpointEveryEpochs: 10 },
  TABULAR_REGRESSOR: { ...BASE, epochs: 50, batchSize: 32, hiddenUnits: [32, 16], validationSplit: 0.2, checkpointEveryEpochs: 10 },
};

/** Kinds of layer an engine must prove it trains correctly before it is chosen for a template that uses them. */
export const LAYER_KINDS = ['DENSE', 'CONV2D', 'MAX_POOL2D', 'DROPOUT'] as const;
export type LayerKind = (typeof LAYER_KINDS)[number];

/** Dropout counts only when the parameters use it: see `layersOf`. */
export const TEMPLATE_LAYERS: Record<Template, readonly LayerKind[]> = {
  MLP_784_128_10: ['DENSE'],
  MLP_784_64_64_10: ['DENSE'],
  CNN_28X28: ['DENSE', 'CONV2D', 'MAX_POOL2D'],
  NET_2_3_1: ['DENSE'],
  TABULAR_CLASSIFIER: ['DENSE'],
  TABULAR_REGRESSOR: ['DENSE'],
};

export function layersOf(template: Template, parameters: Pick<RunParameters, 'dropout'>): LayerKind[] {
  return parameters.dropout > 0 ? [...TEMPLATE_LAYERS[template], 'DROPOUT'] : [...TEMPLATE_LAYERS[template]];
}
