import { DATASET_LIMITS, type DatasetColumn, type DatasetKind, type DatasetSummary } from '../dataset/dataset.ts';
import { MAX_DISTINCT } from '../dataset/reading.ts';
import { refuse, type Result } from '../result.ts';
import type { LeftOut, RowPromise, RunParameters } from './spec.ts';
import { isTabularTemplate, templateOf, type Template, type TemplateInput } from './templates.ts';

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
  /** Every row of the data: trained and validated on, or left out for a reason. */
  rows: RowPromise;
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

/** Distinct values a column may have to be a classifier's target: as many classes as a dataset may have. */
export const MAX_TARGET_CLASSES = DATASET_LIMITS.classes;

/** Steps are 32-bit wherever they are stored, reported and shown. */
const MAX_STEPS = 2 ** 31 - 1;

/**
 * Whether this template can train with these parameters on this dataset, and how many steps that takes.
 * The queue dialog and the api ask the same function; the trainer splits by the same counts.
 */
export function validateSpec(template: Template, parameters: RunParameters, dataset: SpecDataset): Result<SampleCounts> {
  const foreign = TABULAR_PARAMETERS.find((field) => !isTabularTemplate(template) && (parameters[field]?.length ?? 0) > 0);
  if (foreign) return refuse('PARAMETER_NOT_OF_TEMPLATE', { field: foreign, template });
  const outside = parameterOutOfRange(parameters);
  if (outside) return outside;
  const { input } = templateOf(template);
  const groups = input.type === 'TABLE' ? tableGroups(template, parameters, dataset) : classGroups(template, input, dataset);
  if (!groups.ok) return groups;
  const { used: samples, leftOut } = groups.rows;
  const validation = heldOut(samples, groups.classes, parameters.validationSplit);
  const train = samples - validation;
  const needed = parameters.validationSplit > 0 ? 3 : 2;
  if (train < 2 || (parameters.validationSplit > 0 && validation < 1)) return refuse('TOO_FEW_SAMPLES', { samples, needed, train, validation });
  const steps = totalSteps(train, parameters);
  if (steps > MAX_STEPS)
    return refuse('PARAMETER_OUT_OF_RANGE', { field: 'epochs', min: 1, max: Math.floor((MAX_STEPS * parameters.epochs) / steps), integer: true });
  return { ok: true, train, validation, totalSteps: steps, rows: { used: samples, leftOut } };
}

/** Optimiser steps of a whole run; the last batch of an epoch may be smaller. */
export function totalSteps(trainSamples: number, parameters: Pick<RunParameters, 'epochs' | 'batchSize'>): number {
  return parameters.epochs * Math.ceil(trainSamples / parameters.batchSize);
}

/** Samples held out of all: `split` of them, but each class keeps at least one to train on. */
export function heldOut(samples: number, classes: number, split: number): number {
  return Math.max(0, Math.min(Math.round(samples * split), samples - classes));
}

/**
 * Held-out samples per class, `heldOut` of them together. Rounded over the running total, so that each class comes within one of its
 * share; what classes of a single sample could not give, the others do.
 */
export function splitCounts(classCounts: readonly number[], split: number): number[] {
  const held = legacySplitCounts(classCounts, split);
  let lacking = heldOut(sum(classCounts), classCounts.length, split) - sum(held);
  for (let i = 0; lacking > 0; i++) {
    const more = Math.min(lacking, classCounts[i]! - 1 - held[i]!);
    held[i]! += more;
    lacking -= more;
  }
  return held;
}

/** The same as runs were split that promised no rows: what single samples could not give was not held out. */
export function legacySplitCounts(classCounts: readonly number[], split: number): number[] {
  let seen = 0;
  let taken = 0;
  return classCounts.map((count) => {
    seen += count;
    const held = Math.max(0, Math.min(count - 1, Math.round(seen * split) - taken));
    taken += held;
    return held;
  });
}

function parameterOutOfRange(parameters: RunParameters): Result<never> | null {
  for (const [field, { min, max, integer }] of Object.entries(PARAMETER_LIMITS)) {
    const value = parameters[field as NumericParameter];
    const inside = value >= min && value <= max && (!integer || Number.isInteger(value));
    if (!inside) return refuse('PARAMETER_OUT_OF_RANGE', { field, min, max, integer });
  }
  const { layers, units } = HIDDEN_LIMITS;
  if (parameters.hiddenUnits.length > layers) return refuse('PARAMETER_OUT_OF_RANGE', { field: 'hiddenUnits.length', min: 0, max: layers, integer: true });
  const fits = parameters.hiddenUnits.every((width) => Number.isInteger(width) && width >= 1 && width <= units);
  return fits ? null : refuse('PARAMETER_OUT_OF_RANGE', { field: 'hiddenUnits', min: 1, max: units, integer: true });
}

/** What a run trains on: every row, and how many classes share those that are used (one for a regression). */
type Groups = Result<{ classes: number; rows: RowPromise }>;

/** Samples of a dataset whose labels come with it. Image templates have as many outputs as the data has classes. */
function classGroups(template: Template, input: Exclude<TemplateInput, { type: 'TABLE' }>, { kind, summary }: SpecDataset): Groups {
  const counts = summary.classes.map((c) => c.count).filter((count) => count > 0);
  const [shape, needs] = [summary.inputShape.join('x'), input.shape.join('x')];
  if (!input.datasets.includes(kind) || shape !== needs || counts.length > input.maxClasses) {
    return refuse('TEMPLATE_NEEDS_OTHER_DATA', { template, needs, shape, maxClasses: input.maxClasses, classes: counts.length });
  }
  if (counts.length < 2) return refuse('DATASET_ONE_CLASS', { class: summary.classes.find((c) => c.count > 0)?.name ?? null });
  return { ok: true, classes: counts.length, rows: { used: sum(counts), leftOut: [] } };
}

/** Usable rows of a table. Rows without a target are left out, and counted by what stands in their place. */
function tableGroups(template: Template, parameters: RunParameters, { kind, summary }: SpecDataset): Groups {
  const { input, task } = templateOf(template);
  if (!input.datasets.includes(kind) || summary.columns.length < 2) {
    return refuse('TEMPLATE_NEEDS_OTHER_DATA', {
      template,
      needs: input.datasets.join(', '),
      shape: summary.inputShape.join('x'),
      maxClasses: null,
      classes: summary.classes.length,
    });
  }
  const target = summary.columns.find((column) => column.name === parameters.targetColumn);
  if (!target) return refuse('TARGET_COLUMN_MISSING', { column: parameters.targetColumn, columns: columnNames(summary.columns) });
  const rows: RowPromise = { used: summary.sampleCount - target.missing, leftOut: leftOut(target) };
  if (task === 'REGRESSION') {
    if (target.type !== 'NUMBER') return refuse('TARGET_NOT_NUMERIC', { column: target.name });
    if (target.min === target.max) return refuse('DATASET_ONE_CLASS', { column: target.name, class: target.min === null ? null : String(target.min) });
    return { ok: true, classes: 1, rows };
  }
  const classes = distinctValues(target, rows.used);
  if (classes === null) return refuse('TARGET_VALUES_UNCOUNTED', { column: target.name });
  if (classes > MAX_TARGET_CLASSES)
    return refuse('TARGET_TOO_MANY_CLASSES', {
      column: target.name,
      classes: Math.min(classes, MAX_DISTINCT),
      more: classes > MAX_DISTINCT,
      maxClasses: MAX_TARGET_CLASSES,
    });
  if (classes < 2) return refuse('DATASET_ONE_CLASS', { column: target.name, class: target.categories[0]?.value ?? null });
  if (classes === rows.used) return refuse('TARGET_VALUES_UNIQUE', { column: target.name, classes });
  return { ok: true, classes, rows };
}

function leftOut({ missing, gaps }: DatasetColumn): LeftOut[] {
  if (missing === 0) return [];
  if (!gaps) return [{ reason: 'TARGET_MISSING', word: null, rows: missing }];
  return gaps.map(({ word, count }) => (word === '' ? { reason: 'TARGET_EMPTY', word: null, rows: count } : { reason: 'TARGET_WORD', word, rows: count }));
}

/** How many values a column holds; null where it was inspected before they were counted and does not list them all. */
function distinctValues({ distinct, categories }: DatasetColumn, used: number): number | null {
  if (distinct != null) return distinct;
  return sum(categories.map((category) => category.count)) === used ? categories.length : null;
}

/**
 * The column that is most likely to be predicted: the last one, or one that is called so, where it can be predicted and does not look
 * like something measured or like a name for each row. Null where none is: a wrong guess is worse than none.
 */
export function likelyTarget(template: Template, parameters: RunParameters, dataset: SpecDataset): string | null {
  const { columns } = dataset.summary;
  const called = columns.filter((column) => TARGET_NAMES.test(column.name.trim()));
  const likely = [...called, ...columns.slice(-1)].find((column) => {
    const answer = validateSpec(template, { ...parameters, targetColumn: column.name }, dataset);
    if (!answer.ok) return false;
    if (templateOf(template).task === 'REGRESSION') return true;
    const repeats = (distinctValues(column, answer.rows.used) ?? Infinity) * 2 <= answer.rows.used;
    return repeats && (column.type === 'CATEGORY' || isCoded(column));
  });
  return likely?.name ?? null;
}

const TARGET_NAMES = /^(target|label|class|outcome|y|目标|标签|类别)$/i;

/** Numbers that count classes through are whole, and not spread wider than there are different ones. */
function isCoded({ min, max, distinct, categories }: DatasetColumn): boolean {
  const [first, last] = [min ?? Number.NaN, max ?? Number.NaN];
  return Number.isInteger(first) && Number.isInteger(last) && last - first < 2 * (distinct ?? categories.length);
}

function columnNames(columns: readonly DatasetColumn[]): string {
  const shown = columns.slice(0, 20).map((column) => column.name);
  return columns.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
