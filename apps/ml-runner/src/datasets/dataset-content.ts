import type { DatasetColumn } from '@trainyard/domain';

/** Samples with a class each: images as grey bytes, or points as numbers. */
export interface ClassSamples {
  count: number;
  /** count x size values, row by row: 0..255 for images, the numbers themselves for points. */
  inputs: Uint8Array | Float32Array;
  /** Index into the content's classes. */
  labels: Uint16Array;
}

export interface ClassContent {
  type: 'CLASSES';
  inputShape: number[];
  classes: string[];
  train: ClassSamples;
  /** Held-out samples that came in files of their own; null when none did. */
  test: ClassSamples | null;
}

/** A table by column, in the order of its rows. */
export interface TableContent {
  type: 'TABLE';
  rows: number;
  columns: TableColumn[];
}
export interface TableColumn {
  summary: DatasetColumn;
  /** NUMBER columns: NaN where missing. */
  numbers: Float64Array | null;
  /** Index into `values`, -1 where missing; empty for a measured number, which is no category. */
  codes: Int32Array;
  values: string[];
}

/** A dataset in memory, ready to train on. */
export interface LoadedDataset {
  /** sha256 of the canonical content, lower-case hex. */
  digest: string;
  content: ClassContent | TableContent;
}
