import { compareCategories, isTabularTemplate, splitCounts, type RunSpec } from '@trainyard/domain';
import type { ClassContent, ClassSamples, LoadedDataset, TableContent } from '../datasets/dataset-content.ts';
import { ImageSamples, PointSamples, type Samples } from './samples.ts';
import type { TargetScale } from './score.ts';
import { SeededRandom } from './random.ts';
import { learnEncoding, TableSamples, widthOf, type InputEncoding } from './tabular-inputs.ts';
import { TrainingFailure } from './training-failure.ts';

/** How raw values become the network's inputs and its outputs an answer; saved with the model. */
export interface Preprocessing {
  inputs: { type: 'PIXELS'; divideBy: 255; shape: number[] } | { type: 'NUMBERS'; count: number } | { type: 'COLUMNS'; columns: InputEncoding[] };
  /** Classes in the order of the outputs (a single output is the probability of the second); null for a regression. */
  classes: string[] | null;
  /** The column a table's answer stands for; null for images. Regression: answer = output * std + mean, in the column's units. */
  target: ({ column: string } & Partial<TargetScale>) | null;
}

export interface PreparedData {
  train: Samples;
  validation: Samples | null;
  test: Samples | null;
  /** Width of a row for the tabular templates; else the number of values of a sample. */
  inputs: number;
  classes: string[];
  scale: TargetScale;
  preprocessing: Preprocessing;
}

const IDENTITY: TargetScale = { mean: 0, std: 1 };
/** Inputs after one-hot encoding; more would be a mistaken choice of columns. */
const MAX_INPUTS = 20_000;

/** Splits and encodes a dataset for a run. Deterministic: a resumed run gets the same split. */
export function prepareData(spec: RunSpec, { content }: LoadedDataset): PreparedData {
  const tabular = isTabularTemplate(spec.template);
  if (tabular !== (content.type === 'TABLE')) throw new TrainingFailure('INVALID_SPEC', `The template ${spec.template} cannot train on this kind of dataset.`, { reason: 'OTHER_DATA' });
  return content.type === 'TABLE' ? prepareTable(spec, content) : prepareClasses(spec, content);
}

function prepareClasses(spec: RunSpec, content: ClassContent): PreparedData {
  const { inputShape, classes, train, test } = content;
  const groups: number[][] = classes.map(() => []);
  train.labels.forEach((label, place) => groups[label]!.push(place));
  const split = splitGroups(groups, spec);
  const inputs = inputShape.reduce((a, b) => a * b, 1);
  const choose = (from: ClassSamples, chosen: Uint32Array): Samples =>
    from.inputs instanceof Uint8Array ? new ImageSamples(from.inputs, from.labels, chosen, inputShape) : new PointSamples(from.inputs, from.labels, chosen, inputs);
  return {
    train: choose(train, split.train),
    validation: split.validation.length > 0 ? choose(train, split.validation) : null,
    test: test ? choose(test, Uint32Array.from({ length: test.count }, (_, i) => i)) : null,
    inputs,
    classes,
    scale: IDENTITY,
    preprocessing: {
      inputs: train.inputs instanceof Uint8Array ? { type: 'PIXELS', divideBy: 255, shape: inputShape } : { type: 'NUMBERS', count: inputs },
      classes,
      target: null,
    },
  };
}

function prepareTable(spec: RunSpec, { columns, rows }: TableContent): PreparedData {
  const target = columns.find((column) => column.summary.name === spec.parameters.targetColumn);
  if (!target) throw new TrainingFailure('INVALID_SPEC', `The dataset has no column "${spec.parameters.targetColumn}".`, { reason: 'COLUMN_MISSING', column: spec.parameters.targetColumn });
  const regression = spec.template === 'TABULAR_REGRESSOR';
  // In the order of the summary, as validateSpec counts them.
  const values = regression ? [] : target.summary.categories.map((category) => category.value);
  const groups: number[][] = regression ? [[]] : values.map(() => []);
  const groupOf = target.values.map((value) => values.indexOf(value));
  for (let row = 0; row < rows; row++) {
    const group = regression ? (target.numbers && !Number.isNaN(target.numbers[row]!) ? 0 : -1) : target.codes[row]! >= 0 ? groupOf[target.codes[row]!]! : -1;
    if (group >= 0) groups[group]!.push(row);
  }
  const split = splitGroups(groups, spec);
  const features = columns.filter((column) => column !== target);
  const encodings = features.map((column) => learnEncoding(column, split.train));
  const inputs = encodings.reduce((sum, encoding) => sum + widthOf(encoding), 0);
  if (inputs > MAX_INPUTS) throw new TrainingFailure('INVALID_SPEC', `The columns make ${inputs} inputs, more than ${MAX_INPUTS}: leave out columns with many different values.`, { reason: 'TOO_MANY_INPUTS', inputs, most: MAX_INPUTS });
  const classes = values.toSorted(compareCategories);
  const scale = regression ? scaleOf(target.numbers!, split.train) : IDENTITY;
  const targetsOf = (chosen: Uint32Array): Uint16Array | Float32Array =>
    regression
      ? Float32Array.from(chosen, (row) => (target.numbers![row]! - scale.mean) / scale.std)
      : Uint16Array.from(chosen, (row) => classes.indexOf(target.values[target.codes[row]!]!));
  const choose = (chosen: Uint32Array): Samples => new TableSamples(features, encodings, chosen, targetsOf(chosen));
  return {
    train: choose(split.train),
    validation: split.validation.length > 0 ? choose(split.validation) : null,
    test: null,
    inputs,
    classes,
    scale,
    preprocessing: {
      inputs: { type: 'COLUMNS', columns: encodings },
      classes: regression ? null : classes,
      target: { column: target.summary.name, ...(regression ? scale : {}) },
    },
  };
}

function scaleOf(numbers: Float64Array, rows: Uint32Array): TargetScale {
  const mean = rows.reduce((sum, row) => sum + numbers[row]!, 0) / rows.length;
  const std = Math.sqrt(rows.reduce((sum, row) => sum + (numbers[row]! - mean) ** 2, 0) / rows.length);
  return { mean, std: std > 0 ? std : 1 };
}

/** Holds out the same share of every group, chosen by the run's seed, and keeps both parts in the dataset's order. */
function splitGroups(groups: number[][], { parameters }: RunSpec): { train: Uint32Array; validation: Uint32Array } {
  const filled = groups.filter((group) => group.length > 0);
  const held = splitCounts(filled.map((group) => group.length), parameters.validationSplit);
  // A generator of its own: the split is made again on a resume, when the run's generator is already further on.
  const random = SeededRandom.fromSeed(parameters.seed ^ 0x5911735);
  const train: number[] = [];
  const validation: number[] = [];
  filled.forEach((group, i) => {
    const order = random.shuffle(Uint32Array.from(group));
    order.forEach((place, rank) => (rank < held[i]! ? validation : train).push(place));
  });
  if (train.length < 2) throw new TrainingFailure('INVALID_SPEC', `Only ${train.length} samples are left to train on.`, { reason: 'TOO_FEW_LEFT', samples: train.length });
  return { train: Uint32Array.from(train).toSorted(), validation: Uint32Array.from(validation).toSorted() };
}
