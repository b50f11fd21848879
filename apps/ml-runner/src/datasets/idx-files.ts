import { createHash } from 'node:crypto';
import { DATASET_LIMITS, IDX_HEADER_BYTES, parseIdxHeader, type DatasetFileRole } from '@trainyard/domain';
import { openSource, type OnRead } from './byte-stream.ts';
import type { ClassContent, ClassSamples, LoadedDataset } from './dataset-content.ts';
import { DatasetError } from './dataset-error.ts';

interface IdxArray {
  dimensions: number[];
  data: Uint8Array;
  sizeBytes: number;
}
export interface IdxFile {
  role: DatasetFileRole;
  path: string;
}

const PARTS = [
  { images: 'IMAGES', labels: 'LABELS' },
  { images: 'TEST_IMAGES', labels: 'TEST_LABELS' },
] as const satisfies { images: DatasetFileRole; labels: DatasetFileRole }[];

/**
 * Reads images and labels, and a test pair when there is one.
 * The digest covers each array's role, shape and bytes, so that a file and its gzip have the same.
 */
export async function loadIdx(files: readonly IdxFile[], onRead?: OnRead): Promise<LoadedDataset & { content: ClassContent; sizeBytes: number }> {
  const hash = createHash('sha256').update('IDX\n');
  const pairs: { images: IdxArray; labels: IdxArray }[] = [];
  let sizeBytes = 0;
  for (const part of PARTS) {
    const [images, labels] = [files.find((f) => f.role === part.images), files.find((f) => f.role === part.labels)];
    if (!images && !labels && part !== PARTS[0]) continue;
    if (!images || !labels) {
      const missing = images ? part.labels : part.images;
      throw new DatasetError('DATASET_MALFORMED', { file: missing, form: 'FILE' });
    }
    const pair = { images: await readArray(images, 3, onRead), labels: await readArray(labels, 1, onRead) };
    for (const [role, array] of [
      [part.images, pair.images],
      [part.labels, pair.labels],
    ] as const) {
      hash.update(`${role} ${array.dimensions.join('x')}\n`).update(array.data);
      sizeBytes += array.sizeBytes;
    }
    if (pair.images.dimensions[0] !== pair.labels.dimensions[0]) {
      throw new DatasetError('DATASET_COUNT_MISMATCH', {
        file: part.labels,
        unit: 'SAMPLES',
        expected: pair.images.dimensions[0]!,
        got: pair.labels.dimensions[0]!,
        images: pair.images.dimensions[0]!,
        labels: pair.labels.dimensions[0]!,
      });
    }
    pairs.push(pair);
  }
  const [train, test] = pairs;
  const inputShape = train!.images.dimensions.slice(1);
  const testShape = test?.images.dimensions.slice(1);
  if (testShape && testShape.join('x') !== inputShape.join('x')) {
    throw new DatasetError('DATASET_SHAPE_MISMATCH', { file: 'TEST_IMAGES', expected: inputShape.join('x'), got: testShape.join('x') });
  }
  const trainCount = train!.images.dimensions[0]!;
  if (trainCount < DATASET_LIMITS.minSamples)
    throw new DatasetError('DATASET_TOO_SMALL', { file: 'IMAGES', unit: 'SAMPLES', needed: DATASET_LIMITS.minSamples, got: trainCount });
  const seen = new Set<number>();
  for (const { labels } of pairs) for (const label of labels.data) seen.add(label);
  const values = [...seen].toSorted((a, b) => a - b);
  const distinct = new Set(train!.labels.data).size;
  if (distinct < 2) throw new DatasetError('DATASET_ONE_CLASS', { file: 'LABELS', class: String(values[0]) });
  const samples = ({ images, labels }: { images: IdxArray; labels: IdxArray }): ClassSamples => ({
    count: images.dimensions[0]!,
    inputs: images.data,
    labels: Uint16Array.from(labels.data, (label) => values.indexOf(label)),
  });
  const content: ClassContent = { type: 'CLASSES', inputShape, classes: values.map(String), train: samples(train!), test: test ? samples(test) : null };
  return { digest: hash.digest('hex'), content, sizeBytes };
}

async function readArray(file: IdxFile, dimensions: 1 | 3, onRead: OnRead | undefined): Promise<IdxArray> {
  try {
    return await readIdx(file.path, dimensions, onRead);
  } catch (error) {
    throw error instanceof DatasetError ? error.inFile(file.role) : error;
  }
}

async function readIdx(path: string, rank: 1 | 3, onRead: OnRead | undefined): Promise<IdxArray> {
  const source = await openSource(path);
  let head = Buffer.alloc(0);
  let data: Uint8Array | null = null;
  let dimensions: number[] = [];
  let filled = 0;
  const fill = (bytes: Uint8Array): void => {
    if (filled + bytes.length > data!.length)
      throw new DatasetError('DATASET_MALFORMED', { unit: 'BYTES', expected: data!.length, got: filled + bytes.length });
    data!.set(bytes, filled);
    filled += bytes.length;
  };
  const begin = (): void => {
    const header = parseIdxHeader(head, rank);
    if (!header.ok) throw new DatasetError(header.code, header.params);
    checkSize(header.dimensions, header.dataBytes, source.largestContent - header.headerBytes);
    dimensions = header.dimensions;
    data = new Uint8Array(header.dataBytes);
    fill(head.subarray(header.headerBytes));
  };
  for await (const chunk of source.chunks(onRead)) {
    if (data) {
      fill(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length >= IDX_HEADER_BYTES) begin();
  }
  if (!data) begin();
  if (filled < data!.length) throw new DatasetError('DATASET_TRUNCATED', { unit: 'BYTES', expected: data!.length, got: filled });
  return { dimensions, data: data!, sizeBytes: source.sizeBytes };
}

/** Before anything is allocated: a header may promise what no file of this size can hold. */
function checkSize(dimensions: number[], dataBytes: number, largest: number): void {
  if (dimensions[0]! > DATASET_LIMITS.samples)
    throw new DatasetError('DATASET_TOO_LARGE', { unit: 'SAMPLES', limit: DATASET_LIMITS.samples, got: dimensions[0]! });
  if (dataBytes > DATASET_LIMITS.decodedBytes)
    throw new DatasetError('DATASET_TOO_LARGE', { unit: 'BYTES', limit: DATASET_LIMITS.decodedBytes, got: dataBytes });
  if (dataBytes > largest) throw new DatasetError('DATASET_TRUNCATED', { unit: 'BYTES', expected: dataBytes, got: Math.max(0, largest) });
}
