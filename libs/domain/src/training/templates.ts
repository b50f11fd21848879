import { DATASET_LIMITS, type DatasetKind } from '../dataset/dataset.ts';
import type { LayerKind, RunParameters } from './spec.ts';

/** What is predicted: one of several classes, or a number. */
export const TASKS = ['CLASSIFICATION', 'REGRESSION'] as const;
export type Task = (typeof TASKS)[number];

/** Engines rank differently by size: each class is measured with its first template. */
export const SIZE_CLASSES = ['MLP_SMALL', 'MLP', 'CNN'] as const;
export type SizeClass = (typeof SIZE_CLASSES)[number];

/** What a template reads. IMAGE and POINT come with a class each; of a TABLE one column is predicted from the others. */
export type TemplateInput =
  | { type: 'IMAGE' | 'POINT'; datasets: readonly DatasetKind[]; shape: readonly number[]; maxClasses: number }
  | { type: 'TABLE'; datasets: readonly DatasetKind[] };

/** All that is known of a template outside of its network and of its words. */
export interface RunTemplate {
  task: Task;
  input: TemplateInput;
  /** Kinds of layer an engine must have proved; dropout counts only when the parameters use it (`layersOf`). */
  layers: readonly LayerKind[];
  sizeClass: SizeClass;
  /** Its images are moved a little each time they are seen, so that it learns shapes and not places. */
  shiftsImages: boolean;
  /** Layers as engineers write them: `k` stands for as many outputs as the data has classes, `n` for its inputs. */
  shown: string;
  /** Numbers that are trained: a fixed count and more for each class. Null: the columns decide. */
  parameters: { fixed: number; perClass: number } | null;
  /** Good first values, shown in the form. */
  defaults: RunParameters;
}

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

const IMAGE = {
  task: 'CLASSIFICATION',
  input: { type: 'IMAGE', datasets: ['IDX', 'SYNTHETIC'], shape: [28, 28], maxClasses: DATASET_LIMITS.classes },
  shiftsImages: false,
} as const satisfies Partial<RunTemplate>;

const TABLE = {
  input: { type: 'TABLE', datasets: ['CSV'] },
  layers: ['DENSE'],
  sizeClass: 'MLP_SMALL',
  shiftsImages: false,
  parameters: null,
  defaults: { ...BASE, epochs: 50, batchSize: 32, hiddenUnits: [32, 16], validationSplit: 0.2, checkpointEveryEpochs: 10 },
} as const satisfies Partial<RunTemplate>;

/**
 * What can be trained, in the order in which it is offered. A template fixes the layers; the parameters are the user's. A new one costs
 * a record here, its network (apps/ml-runner/src/networks/network.ts) and its words in both languages.
 */
export const RUN_TEMPLATES = {
  MLP_784_128_10: {
    ...IMAGE,
    layers: ['DENSE'],
    sizeClass: 'MLP',
    shown: '784 → 128 → k',
    parameters: { fixed: 785 * 128, perClass: 129 },
    defaults: { ...BASE, epochs: 5, batchSize: 64 },
  },
  MLP_784_64_64_10: {
    ...IMAGE,
    layers: ['DENSE'],
    sizeClass: 'MLP',
    shown: '784 → 64 → 64 → k',
    parameters: { fixed: 785 * 64 + 65 * 64, perClass: 65 },
    defaults: { ...BASE, epochs: 5, batchSize: 32 },
  },
  CNN_28X28: {
    ...IMAGE,
    layers: ['DENSE', 'CONV2D', 'MAX_POOL2D'],
    sizeClass: 'CNN',
    shiftsImages: true,
    shown: '28×28 → conv 3×3×8 → pool → conv 3×3×16 → pool → 64 → k',
    parameters: { fixed: 10 * 8 + 73 * 16 + 785 * 64, perClass: 65 },
    defaults: { ...BASE, epochs: 12, batchSize: 64, learningRate: 0.003, schedule: 'COSINE', dropout: 0.1 },
  },
  NET_2_3_1: {
    task: 'CLASSIFICATION',
    input: { type: 'POINT', datasets: ['IDX', 'SYNTHETIC'], shape: [2], maxClasses: 2 },
    layers: ['DENSE'],
    sizeClass: 'MLP_SMALL',
    shiftsImages: false,
    shown: '2 → 3 → 1',
    parameters: { fixed: 13, perClass: 0 },
    defaults: { ...BASE, epochs: 1000, batchSize: 100, learningRate: 0.3, validationSplit: 0, checkpointEveryEpochs: 100 },
  },
  TABULAR_CLASSIFIER: { ...TABLE, task: 'CLASSIFICATION', shown: 'n → … → k' },
  TABULAR_REGRESSOR: { ...TABLE, task: 'REGRESSION', shown: 'n → … → 1' },
} as const satisfies Record<string, RunTemplate>;

export type Template = keyof typeof RUN_TEMPLATES;
export const TEMPLATES = Object.keys(RUN_TEMPLATES) as readonly Template[] as readonly [Template, ...Template[]];

/** The record of a template, as any of them may be. */
export const templateOf = (template: Template): RunTemplate => RUN_TEMPLATES[template];

export const DEFAULT_PARAMETERS = Object.fromEntries(TEMPLATES.map((template) => [template, templateOf(template).defaults])) as Record<Template, RunParameters>;

export const isImageTemplate = (template: Template): boolean => templateOf(template).input.type === 'IMAGE';
export const isTabularTemplate = (template: Template): boolean => templateOf(template).input.type === 'TABLE';

export function layersOf(template: Template, parameters: Pick<RunParameters, 'dropout'>): LayerKind[] {
  const { layers } = templateOf(template);
  return parameters.dropout > 0 ? [...layers, 'DROPOUT'] : [...layers];
}

export interface TemplateFacts {
  /** As engineers write them: `k` stands for as many outputs as the data has classes, `n` for its inputs. */
  layers: string;
  /** Numbers that are trained; null where the data decides and is not known yet. */
  parameterCount: number | null;
  /** What of the data decides; null where nothing does. */
  decidedBy: 'CLASSES' | 'COLUMNS' | null;
}

/**
 * What a person is told of a template before anything is trained. The trainer builds the network; a test beside it keeps these in step.
 * @param classes of the data that was chosen; null where none is
 */
export function templateFacts(template: Template, classes: number | null): TemplateFacts {
  const { shown, parameters } = templateOf(template);
  if (parameters === null) return { layers: shown, parameterCount: null, decidedBy: 'COLUMNS' };
  const { fixed, perClass } = parameters;
  if (perClass === 0) return { layers: shown, parameterCount: fixed, decidedBy: null };
  return {
    layers: shown.replace(/k$/, String(classes ?? 'k')),
    parameterCount: classes === null ? null : fixed + perClass * classes,
    decidedBy: 'CLASSES',
  };
}
