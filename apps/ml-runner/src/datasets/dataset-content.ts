import type { DatasetColumn, TableReading } from '@trainyard/domain';

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
  /** How it was read; null: as before readings. */
  format: TableReading | null;
}
export interface TableColumn {
  summary: DatasetColumn;
  /** The words that say that there is no value; null: those of before readings. */
  missing: readonly string[] | null;
  /** NUMBER columns: NaN where missing. */
  numbers: Float64Array | null;
  /** CATEGORY columns: index into `values`, -1 where missing, VALUE_NOT_KEPT for values beyond those; else empty. */
  codes: Int32Array;
  values: string[];
  /** By row, one more than the index into the summary's gaps; 0 where there is a value. Null where no cell is missing. */
  gaps: Uint8Array | null;
}
export const VALUE_NOT_KEPT = -2;

/** A dataset in memory, ready to train on. */
export interface LoadedDataset {
  /** sha256 of the canonical content, lower-case hex. */
  digest: string;
  content: ClassContent | TableContent;
}
