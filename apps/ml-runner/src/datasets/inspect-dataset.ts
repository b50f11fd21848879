import { stat } from 'node:fs/promises';
import { DATASET_LIMITS, type DatasetColumn, type DatasetSummary, type InspectedTable } from '@trainyard/domain';
import type { LocalDataset } from '../job/child-job.ts';
import type { OnRead } from './byte-stream.ts';
import type { ClassContent, ClassSamples } from './dataset-content.ts';
import { DatasetError } from './dataset-error.ts';
import { loadIdx } from './idx-files.ts';
import { tablePath } from './load-dataset.ts';
import { makeSynthetic } from './synthetic.ts';
import { summariseTable } from './table-file.ts';

const PREVIEW_IMAGES = 30;
/** Of all images together: a summary travels as one piece. */
const PREVIEW_BYTES = 700_000;
/** Of a listed value, in characters; training reads the whole ones again. */
const VALUE_SHOWN = 200;
const PREVIEW_ROWS = 20;
/** Values that a table's columns list, all together, where there are too many columns for each to list all it has. */
const VALUES_LISTED = 20_000;
/** Characters of these together, and of the first rows together: thousands of columns of text must still travel. */
const TABLE_LETTERS = 600_000;

/**
 * Everything the app shows of a dataset and needs to accept a run on it. Rejects with DatasetError.
 * @param told how a table is read, also of one that is then refused
 * @param onShare told how much of the files has been read, from 0 to 1
 */
export async function inspectDataset(local: LocalDataset, told?: (table: InspectedTable) => void, onShare?: (share: number) => void): Promise<DatasetSummary> {
  const onRead = local.kind === 'SYNTHETIC' || !onShare ? undefined : sharesOf(await bytesIn(local.files), onShare);
  switch (local.kind) {
    case 'IDX': {
      const { digest, content, sizeBytes } = await loadIdx(local.files, onRead);
      return summaryOf(digest, content, sizeBytes);
    }
    case 'CSV': {
      const { digest, rows, columns, preview, sizeBytes } = await summariseTable(tablePath(local), local.table, told, onRead);
      return {
        digest,
        sampleCount: rows,
        testCount: 0,
        inputShape: [columns.length],
        classes: [],
        columns: shownColumns(columns),
        preview: { images: [], rows: shownRows(preview) },
        sizeBytes,
      };
    }
    case 'SYNTHETIC': {
      const { digest, content } = makeSynthetic(local);
      return summaryOf(digest, content, content.train.inputs.byteLength + content.train.labels.byteLength);
    }
  }
}

/** Of the files that are there: which one is not is found when it is read. */
async function bytesIn(files: readonly { path: string }[]): Promise<number> {
  const sizes = await Promise.all(
    files.map(({ path }) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Adds up what is read, and tells of it. */
function sharesOf(bytes: number, onShare: (share: number) => void): OnRead {
  let done = 0;
  return (read) => {
    done += read;
    onShare(Math.min(1, done / Math.max(1, bytes)));
  };
}

/** Columns whose listed values are short enough to show: of free text they may be as long as a row. A wide table lists fewer and shorter ones. */
function shownColumns(columns: readonly DatasetColumn[]): DatasetColumn[] {
  const most = Math.floor(VALUES_LISTED / columns.length);
  const listed = columns.map(({ categories }) => categories.slice(0, most));
  const letters = lettersEach(listed.reduce((sum, { length }) => sum + length, 0));
  return columns.map((column, i) => ({ ...column, categories: listed[i]!.map(({ value, count }) => ({ value: cut(value, letters), count })) }));
}

function shownRows(rows: readonly string[][]): string[][] {
  const letters = lettersEach(rows.reduce((sum, { length }) => sum + length, 0));
  return rows.map((cells) => cells.map((cell) => cut(cell, letters)));
}

const lettersEach = (texts: number): number => Math.min(VALUE_SHOWN, Math.floor(TABLE_LETTERS / Math.max(1, texts)));
const cut = (text: string, letters: number): string => text.slice(0, letters).toWellFormed();

function summaryOf(digest: string, content: ClassContent, sizeBytes: number): DatasetSummary {
  const { train, test, classes, inputShape } = content;
  if (classes.length > DATASET_LIMITS.classes)
    throw new DatasetError('DATASET_TOO_LARGE', { unit: 'CLASSES', limit: DATASET_LIMITS.classes, got: classes.length });
  const counts = classes.map(() => 0);
  for (const label of train.labels) counts[label]!++;
  return {
    digest,
    sampleCount: train.count,
    testCount: test?.count ?? 0,
    inputShape,
    classes: classes.map((name, i) => ({ name, count: counts[i]! })),
    columns: inputShape.length === 1 ? pointColumns(train, inputShape[0]!) : [],
    preview: inputShape.length === 1 ? { images: [], rows: previewRows(content) } : { images: previewImages(content), rows: [] },
    sizeBytes,
  };
}

function previewImages({ train, inputShape, classes }: ClassContent): { pixels: string; label: string }[] {
  const size = inputShape.reduce((a, b) => a * b, 1);
  return Array.from({ length: Math.min(PREVIEW_IMAGES, train.count, Math.floor(PREVIEW_BYTES / size)) }, (_, i) => ({
    pixels: Buffer.from(train.inputs.subarray(i * size, (i + 1) * size)).toString('base64'),
    label: classes[train.labels[i]!]!,
  }));
}

/** Rows of numbers and, last, the class. */
function previewRows({ train, inputShape, classes }: ClassContent): string[][] {
  const width = inputShape[0]!;
  return Array.from({ length: Math.min(PREVIEW_ROWS, train.count) }, (_, i) => [
    ...Array.from(train.inputs.subarray(i * width, (i + 1) * width), (value) => value.toFixed(4)),
    classes[train.labels[i]!]!,
  ]);
}

function pointColumns(train: ClassSamples, width: number): DatasetColumn[] {
  return Array.from({ length: width }, (_, column) => {
    let [min, max, total] = [Infinity, -Infinity, 0];
    for (let i = column; i < train.inputs.length; i += width) {
      const value = train.inputs[i]!;
      min = Math.min(min, value);
      max = Math.max(max, value);
      total += value;
    }
    return { name: `x${column}`, type: 'NUMBER', missing: 0, min, max, mean: total / train.count, categories: [] };
  });
}
