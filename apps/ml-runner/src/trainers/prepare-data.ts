import {
  compareCategories,
  isTabularTemplate,
  legacySplitCounts,
  splitCounts,
  templateOf,
  type LeftOut,
  type TemplateSpec,
  type TableReading,
} from '@trainyard/domain';
import type { ClassContent, ClassSamples, LoadedDataset, TableColumn, TableContent } from '../datasets/dataset-content.ts';
import { ImageSamples, PointSamples, type Samples } from './samples.ts';
import type { TargetScale } from './score.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { learnEncoding, TableSamples, widthOf, type InputEncoding } from './tabular-inputs.ts';
import { TrainingFailure } from './training-failure.ts';

/** How raw values become the network's inputs and its outputs an answer; saved with the model. */
export interface Preprocessing {
  inputs: { type: 'PIXELS'; divideBy: 255; shape: number[] } | { type: 'NUMBERS'; count: number } | { type: 'COLUMNS'; columns: InputEncoding[] };
  /** Classes in the order of the outputs (a single output is the probability of the second); null for a regression. */
  classes: string[] | null;
  /** The column a table's answer stands for; null for images. Regression: answer = output * std + mean, in the column's units. */
  target: ({ column: string } & Partial<TargetScale>) | null;
  /** How the cells of the table were read; the columns' words for "no value" stand with them. Absent for images, and for tables read as before readings. */
  table?: Pick<TableReading, 'decimal' | 'thousands'>;
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
  /** Rows that are not trained on, by reason. */
  leftOut: LeftOut[];
}

const IDENTITY: TargetScale = { mean: 0, std: 1 };
/** Inputs after one-hot encoding; more would be a mistaken choice of columns. */
const MAX_INPUTS = 20_000;

/** Splits and encodes a dataset for a run. Deterministic: a resumed run gets the same split. */
export function prepareData(spec: TemplateSpec, { content }: LoadedDataset): PreparedData {
  const tabular = isTabularTemplate(spec.template);
  if (tabular !== (content.type === 'TABLE'))
    throw new TrainingFailure('INVALID_SPEC', `The template ${spec.template} cannot train on this kind of dataset.`, { reason: 'OTHER_DATA' });
  const prepared = content.type === 'TABLE' ? prepareTable(spec, content) : prepareClasses(spec, content);
  accountForRows(spec, content.type === 'TABLE' ? content.rows : content.train.count, prepared);
  return prepared;
}

/** Every row that was promised is trained on, validated on, or left out for the promised reason. Anything else would be a wrong model that looks right. */
function accountForRows({ rows }: TemplateSpec, total: number, { train, validation, leftOut }: PreparedData): void {
  if (!rows) return;
  const used = train.count + (validation?.count ?? 0);
  const out = sum(leftOut);
  const promised = rows.used + sum(rows.leftOut);
  // A table inspected before its gaps were counted apart promises only how many rows have no target.
  const apart = rows.leftOut.every(({ reason }) => reason !== 'TARGET_MISSING');
  const asPromised = !apart || leftOut.every((one) => one.rows === sum(rows.leftOut.filter((other) => other.reason === one.reason && other.word === one.word)));
  if (used === rows.used && out === sum(rows.leftOut) && used + out === total && asPromised) return;
  throw new TrainingFailure(
    'ROWS_UNACCOUNTED',
    `Of ${promised} rows promised when the run was queued, ${rows.used} to be used, ${train.count} would be trained on, ${validation?.count ?? 0} validated on and ${out} left out, of ${total} in the data.`,
    {
      reason: 'ROWS_UNACCOUNTED',
      promised,
      promisedUsed: rows.used,
      train: train.count,
      validation: validation?.count ?? 0,
      leftOut: out,
      total,
    },
  );
}

const sum = (parts: readonly LeftOut[]): number => parts.reduce((total, { rows }) => total + rows, 0);

function prepareClasses(spec: TemplateSpec, content: ClassContent): PreparedData {
  const { inputShape, classes, train, test } = content;
  const groups: number[][] = classes.map(() => []);
  train.labels.forEach((label, place) => groups[label]!.push(place));
  const split = splitGroups(groups, spec);
  const inputs = inputShape.reduce((a, b) => a * b, 1);
  const choose = (from: ClassSamples, chosen: Uint32Array): Samples =>
    from.inputs instanceof Uint8Array
      ? new ImageSamples(from.inputs, from.labels, chosen, inputShape)
      : new PointSamples(from.inputs, from.labels, chosen, inputs);
  return {
    train: choose(train, split.train),
    validation: split.validation.length > 0 ? choose(train, split.validation) : null,
    test: test
      ? choose(
          test,
          Uint32Array.from({ length: test.count }, (_, i) => i),
        )
      : null,
    inputs,
    classes,
    scale: IDENTITY,
    preprocessing: {
      inputs: train.inputs instanceof Uint8Array ? { type: 'PIXELS', divideBy: 255, shape: inputShape } : { type: 'NUMBERS', count: inputs },
      classes,
      target: null,
    },
    leftOut: [],
  };
}

function prepareTable(spec: TemplateSpec, { columns, rows, format }: TableContent): PreparedData {
  const target = columns.find((column) => column.summary.name === spec.parameters.targetColumn);
  if (!target)
    throw new TrainingFailure('INVALID_SPEC', `The dataset has no column "${spec.parameters.targetColumn}".`, {
      reason: 'COLUMN_MISSING',
      column: spec.parameters.targetColumn,
    });
  const regression = templateOf(spec.template).task === 'REGRESSION';
  const targets = regression ? null : classesOf(target, rows);
  const values = targets?.values ?? [];
  const groups: number[][] = regression ? [[]] : values.map(() => []);
  const lost = new Uint32Array((target.summary.gaps?.length ?? 0) + 1);
  for (let row = 0; row < rows; row++) {
    const group = targets ? targets.codes[row]! : target.numbers && !Number.isNaN(target.numbers[row]!) ? 0 : -1;
    if (group >= 0) groups[group]!.push(row);
    else lost[target.gaps?.[row] ?? 0]!++;
  }
  const split = splitGroups(groups, spec);
  const features = columns.filter((column) => column !== target);
  const encodings = features.map((column) => learnEncoding(column, split.train));
  const inputs = encodings.reduce((sum, encoding) => sum + widthOf(encoding), 0);
  if (inputs > MAX_INPUTS)
    throw new TrainingFailure('INVALID_SPEC', `The columns make ${inputs} inputs, more than ${MAX_INPUTS}: leave out columns with many different values.`, {
      reason: 'TOO_MANY_INPUTS',
      inputs,
      most: MAX_INPUTS,
    });
  const classes = values.toSorted(compareCategories);
  const place = values.map((value) => classes.indexOf(value));
  const scale = regression ? scaleOf(target.numbers!, split.train) : IDENTITY;
  const targetsOf = (chosen: Uint32Array): Uint16Array | Float32Array =>
    regression
      ? Float32Array.from(chosen, (row) => (target.numbers![row]! - scale.mean) / scale.std)
      : Uint16Array.from(chosen, (row) => place[targets!.codes[row]!]!);
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
      ...(format && { table: { decimal: format.decimal, thousands: format.thousands } }),
    },
    leftOut: leftOutOf(target, lost),
  };
}

/** Each row's class and what the classes are called: the values of a column of words, or the different numbers of one of numbers. -1: none. Most frequent first. */
function classesOf({ numbers, codes, values }: TableColumn, rows: number): { values: string[]; codes: Int32Array } {
  const found: string[] = numbers ? [] : [...values];
  const index = new Map<number, number>();
  const byRow = Int32Array.from({ length: rows }, (_, row) => {
    if (!numbers) return codes[row]!;
    const value = numbers[row]!;
    if (Number.isNaN(value)) return -1;
    if (!index.has(value)) index.set(value, found.push(String(value)) - 1);
    return index.get(value)!;
  });
  const counts = found.map(() => 0);
  for (const code of byRow) if (code >= 0) counts[code]!++;
  const order = found.map((_, code) => code).toSorted((a, b) => counts[b]! - counts[a]! || compareCategories(found[a]!, found[b]!));
  const rank = Int32Array.from(found.length === 0 ? [] : order.map((_, code) => order.indexOf(code)));
  return { values: order.map((code) => found[code]!), codes: byRow.map((code) => (code >= 0 ? rank[code]! : code)) };
}

/** @param lost rows without a target by their gap; the first are those that no gap explains */
function leftOutOf({ summary }: TableColumn, lost: Uint32Array): LeftOut[] {
  return [...lost].flatMap((rows, i): LeftOut[] => {
    if (rows === 0) return [];
    const word = i === 0 ? null : (summary.gaps?.[i - 1]?.word ?? null);
    if (word === null) return [{ reason: 'TARGET_MISSING', word: null, rows }];
    return [word === '' ? { reason: 'TARGET_EMPTY', word: null, rows } : { reason: 'TARGET_WORD', word, rows }];
  });
}

function scaleOf(numbers: Float64Array, rows: Uint32Array): TargetScale {
  const mean = rows.reduce((sum, row) => sum + numbers[row]!, 0) / rows.length;
  const std = Math.sqrt(rows.reduce((sum, row) => sum + (numbers[row]! - mean) ** 2, 0) / rows.length);
  return { mean, std: std > 0 ? std : 1 };
}

/** Holds out the same share of every group, chosen by the run's seed, and keeps both parts in the dataset's order. */
function splitGroups(groups: number[][], { parameters, rows }: TemplateSpec): { train: Uint32Array; validation: Uint32Array } {
  const filled = groups.filter((group) => group.length > 0);
  const held = (rows ? splitCounts : legacySplitCounts)(
    filled.map((group) => group.length),
    parameters.validationSplit,
  );
  // A generator of its own: the split is made again on a resume, when the run's generator is already further on.
  const random = SeededRandom.fromSeed(parameters.seed ^ 0x5911735);
  const train: number[] = [];
  const validation: number[] = [];
  filled.forEach((group, i) => {
    const order = random.shuffle(Uint32Array.from(group));
    order.forEach((place, rank) => (rank < held[i]! ? validation : train).push(place));
  });
  if (train.length < 2)
    throw new TrainingFailure('INVALID_SPEC', `Only ${train.length} samples are left to train on.`, { reason: 'TOO_FEW_LEFT', samples: train.length });
  return { train: Uint32Array.from(train).toSorted(), validation: Uint32Array.from(validation).toSorted() };
}
