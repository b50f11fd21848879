import type { DatasetColumn, DatasetKind, DatasetSummary } from '../dataset/dataset.ts';
import { refuse, type Result } from '../result.ts';
import type { RunParameters, Template } from './spec.ts';

/** What of a dataset decides whether a template can train on it. */
export interface SpecDataset {
  kind: DatasetKind;
  summary: Pick<DatasetSummary, 'sampleCount' | 'inputShape' | 'classes' | 'columns'>;
}

/** How many samples are trained on and held out, and how many optimiser steps the run takes. */
export interface SampleCounts {
  train: number;
  validation: number;
  totalSteps: number;
}

/** Bounds of each numeric parameter, both ends included; the form reads them too. */
export const PARAMETER_LIMITS = {
  epochs: { min: 1, max: 10_000, integer: true },
  batchSize: { min: 1, max: 65_536, integer: true },
  learningRate: { min: 1e-9, max: 100, integer: false },
  warmupSteps: { min: 0, max: 10_000_000, integer: true },
  l2: { min: 0, max: 100, integer: false },
  dropout: { min: 0, max: 0.9, integer: false },
  seed: { min: 0, max: 2 ** 32 - 1, integer: true },
  validationSplit: { min: 0, max: 0.9, integer: false },
  checkpointEveryEpochs: { min: 1, max: 10_000, integer: true },
} as const satisfies Partial<Record<keyof RunParameters, { min: number; max: number; integer: boolean }>>;
export type NumericParameter = keyof typeof PARAMETER_LIMITS;

/** What the others have fixed: given to them it would be ignored. */
const TABULAR_PARAMETERS = ['targetColumn', 'hiddenUnits'] as const;

/** Hidden layers of the tabular templates: how many, and how wide each may be. */
export const HIDDEN_LIMITS = { layers: 8, units: 4_096 } as const;

/** Distinct values a column may have to be a classifier's target: what a summary lists in full. */
export const MAX_TARGET_CLASSES = 100;

/** Steps are 32-bit wherever they are stored, reported and shown. */
const MAX_STEPS = 2 ** 31 - 1;

/** Outputs of the image templates. */
const IMAGE_CLASSES = 10;

export const isImageTemplate = (template: Template): boolean =>
  template === 'MLP_784_128_10' || template === 'MLP_784_64_64_10' || template === 'CNN_28X28';
export const isTabularTemplate = (template: Template): boolean => template === 'TABULAR_CLASSIFIER' || template === 'TABULAR_REGRESSOR';

/**
 * Whether this template can train with these parameters on this dataset, and how many steps that takes.
 * The queue dialog and the api ask the same function; the trainer splits by the same counts.
 */
export function validateSpec(template: Template, parameters: RunParameters, dataset: SpecDataset): Result<SampleCounts> {
  const foreign = TABULAR_PARAMETERS.find((field) => !isTabularTemplate(template) && (parameters[field]?.length ?? 0) > 0);
  if (foreign) return refuse('PARAMETER_NOT_OF_TEMPLATE', { field: foreign, template });
  const outside = parameterOutOfRange(parameters, isTabularTemplate(template));
  if (outside) return outside;
  const groups = isTabularTemplate(template) ? tableGroups(template, parameters, dataset) : classGroups(template, dataset);
  if (!groups.ok) return groups;
  const validation = sum(splitCounts(groups.counts, parameters.validationSplit));
  const samples = sum(groups.counts);
  const train = samples - validation;
  const needed = parameters.validationSplit > 0 ? 3 : 2;
  if (train < 2 || (parameters.validationSplit > 0 && validation < 1)) return refuse('TOO_FEW_SAMPLES', { samples, needed, train, validation });
  const steps = totalSteps(train, parameters);
  if (steps > MAX_STEPS) return refuse('PARAMETER_OUT_OF_RANGE', { field: 'epochs', min: 1, max: Math.floor((MAX_STEPS * parameters.epochs) / steps), integer: true });
  return { ok: true, train, validation, totalSteps: steps };
}

/** Optimiser steps of a whole run; the last batch of an epoch may be smaller. */
export function totalSteps(trainSamples: number, parameters: Pick<RunParameters, 'epochs' | 'batchSize'>): number {
  return parameters.epochs * Math.ceil(trainSamples / parameters.batchSize);
}

/**
 * Held-out samples per class. Rounded over the running total, so that all together come within one of `split` times
 * the samples, and each class keeps at least one sample to train on.
 */
export function splitCounts(classCounts: readonly number[], split: number): number[] {
  let seen = 0;
  let taken = 0;
  return classCounts.map((count) => {
    seen += count;
    const held = Math.max(0, Math.min(count - 1, Math.round(seen * split) - taken));
    taken += held;
    return held;
  });
}

function parameterOutOfRange(parameters: RunParameters, tabular: boolean): Result<never> | null {
  for (const [field, { min, max, integer }] of Object.entries(PARAMETER_LIMITS)) {
    const value = parameters[field as NumericParameter];
    const inside = value >= min && value <= max && (!integer || Number.isInteger(value));
    if (!inside) return refuse('PARAMETER_OUT_OF_RANGE', { field, min, max, integer });
  }
  if (!tabular) return null;
  const { layers, units } = HIDDEN_LIMITS;
  if (parameters.hiddenUnits.length > layers) return refuse('PARAMETER_OUT_OF_RANGE', { field: 'hiddenUnits.length', min: 0, max: layers, integer: true });
  const fits = parameters.hiddenUnits.every((width) => Number.isInteger(width) && width >= 1 && width <= units);
  return fits ? null : refuse('PARAMETER_OUT_OF_RANGE', { field: 'hiddenUnits', min: 1, max: units, integer: true });
}

/** Samples per class of a dataset whose labels come with it. */
function classGroups(template: Template, { kind, summary }: SpecDataset): Result<{ counts: number[] }> {
  const counts = summary.classes.map((c) => c.count).filter((count) => count > 0);
  const shape = summary.inputShape.join('x');
  const wanted = isImageTemplate(template) ? '28x28' : '2';
  const most = isImageTemplate(template) ? IMAGE_CLASSES : 2;
  if (kind === 'CSV' || shape !== wanted || counts.length > most) {
    return refuse('TEMPLATE_NEEDS_OTHER_DATA', { template, needs: wanted, shape, maxClasses: most, classes: counts.length });
  }
  if (counts.length < 2) return refuse('DATASET_ONE_CLASS', { class: summary.classes.find((c) => c.count > 0)?.name ?? null });
  return { ok: true, counts };
}

/** Usable rows of a table: one group per class of the target, or one group for a regression. Rows without a target are left out. */
function tableGroups(template: Template, parameters: RunParameters, { kind, summary }: SpecDataset): Result<{ counts: number[] }> {
  if (kind !== 'CSV' || summary.columns.length < 2) {
    return refuse('TEMPLATE_NEEDS_OTHER_DATA', { template, needs: 'CSV', shape: summary.inputShape.join('x'), maxClasses: null, classes: summary.classes.length });
  }
  const target = summary.columns.find((column) => column.name === parameters.targetColumn);
  if (!target) return refuse('TARGET_COLUMN_MISSING', { column: parameters.targetColumn, columns: columnNames(summary.columns) });
  const usable = summary.sampleCount - target.missing;
  if (template === 'TABULAR_REGRESSOR') {
    if (target.type !== 'NUMBER') return refuse('TARGET_NOT_NUMERIC', { column: target.name });
    if (target.min === target.max) return refuse('DATASET_ONE_CLASS', { column: target.name, class: target.min === null ? null : String(target.min) });
    return { ok: true, counts: [usable] };
  }
  const counts = target.categories.map((category) => category.count);
  if (sum(counts) !== usable || counts.length > MAX_TARGET_CLASSES) {
    return refuse('TARGET_NOT_CATEGORICAL', { column: target.name, maxClasses: MAX_TARGET_CLASSES });
  }
  if (counts.length < 2) return refuse('DATASET_ONE_CLASS', { column: target.name, class: target.categories[0]?.value ?? null });
  return { ok: true, counts };
}

function columnNames(columns: readonly DatasetColumn[]): string {
  const shown = columns.slice(0, 20).map((column) => column.name);
  return columns.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
