import type { ErrorParams } from '../result.ts';

/** IDX: images and labels files (plain or gzip). CSV: one table, as its reading says (reading.ts). SYNTHETIC: made by us and labelled so. */
export const DATASET_KINDS = ['IDX', 'CSV', 'SYNTHETIC'] as const;
export type DatasetKind = (typeof DATASET_KINDS)[number];

export const DATASET_SOURCES = ['UPLOAD', 'PATH', 'SYNTHETIC'] as const;
export type DatasetSourceKind = (typeof DATASET_SOURCES)[number];

/** COMPARISON: two numbers in [0,1), class 1 when x0 > x1, no two closer than 0.002. STROKE_DIGITS: 28x28 digits drawn with random strokes. */
export const SYNTHETIC_KINDS = ['COMPARISON', 'STROKE_DIGITS'] as const;
export type SyntheticKind = (typeof SYNTHETIC_KINDS)[number];

export const DATASET_FILE_ROLES = ['IMAGES', 'LABELS', 'TEST_IMAGES', 'TEST_LABELS', 'TABLE'] as const;
export type DatasetFileRole = (typeof DATASET_FILE_ROLES)[number];

export const DATASET_NAME_MAX = 200;

/** How large a synthetic one may be, and the seed of its samples: 32 bits, unsigned. */
export const SYNTHETIC_LIMITS = { samples: { min: 2, max: 1_000_000 }, seed: { min: 0, max: 2 ** 32 - 1 } } as const;

export const DATASET_STATES = ['CHECKING', 'READY', 'INVALID'] as const;
export type DatasetState = (typeof DATASET_STATES)[number];

/** Bounds checked before anything is decoded. */
export const DATASET_LIMITS = {
  fileBytes: 1024 ** 3,
  decodedBytes: 2 * 1024 ** 3,
  samples: 5_000_000,
  /** The least that a run can train on; holding some out for validation takes more. */
  minSamples: 2,
  columns: 2_000,
  classes: 1_000,
} as const;

/** What the numbers of a refusal count: its `unit`. */
export const DATASET_UNITS = ['ROWS', 'SAMPLES', 'COLUMNS', 'CLASSES', 'DIMENSIONS', 'CHARACTERS', 'BYTES'] as const;
/** What a refusal expected where that is no number: its `form`. */
export const DATASET_FORMS = [
  'NUMBER',
  'TEXT',
  'ENCODING',
  'ASKED_COLUMN',
  'GZIP',
  'IDX',
  'UNSIGNED_BYTES',
  'QUOTING',
  'CLOSING_QUOTE',
  'DIFFERENT_NAMES',
  'FILE',
  'NO_WORKBOOK',
  'ROW_TO_GUESS_FROM',
  'ONE_CURRENCY',
] as const;
/** Why a path cannot be read: its `reason`, unless the system gave another. */
export const PATH_REASONS = ['NO_FILE', 'NO_PERMISSION', 'NOT_A_FILE'] as const;

/** Facts of a refused dataset. Screens have words for all of these in every language, so none of them is a sentence. */
export type DatasetFacts = ErrorParams & { unit?: (typeof DATASET_UNITS)[number]; form?: (typeof DATASET_FORMS)[number] };

/** Why a column is read as numbers or as categories. AMOUNTS: numbers with a currency, in brackets or with the minus behind. AMOUNTS_READ: such, which its owner decided to be numbers. EMPTY: it holds no value at all. */
export const COLUMN_REASONS = ['ASKED', 'ALL_NUMBERS', 'WORDS', 'AMOUNTS', 'AMOUNTS_READ', 'LEADING_ZEROS', 'LONG_NUMBERS', 'EMPTY'] as const;
export type ColumnReason = (typeof COLUMN_REASONS)[number];
export interface ColumnEvidence {
  reason: ColumnReason;
  /** A cell that decided it; of AMOUNTS_READ with what it was read as, `(0.12) → -0.12`. */
  example: string | null;
}

export interface DatasetColumn {
  name: string;
  /** As the dataset's reading says. */
  type: 'NUMBER' | 'CATEGORY';
  /** Cells without a value. */
  missing: number;
  min: number | null;
  max: number | null;
  mean: number | null;
  /** How many different values it holds; MAX_DISTINCT + 1 says more than MAX_DISTINCT. Absent where it was inspected before they were counted. */
  distinct?: number | null;
  /** The cells without a value by the word in them, in its normal form and empty for empty cells. Absent as `distinct`. */
  gaps?: { word: string; count: number }[] | null;
  /** To be shown: distinct values (CATEGORY; and NUMBER with at most 20 of them), most frequent first, at most 100. */
  categories: { value: string; count: number }[];
  /** Why it is of this type; null or absent where nothing was guessed. */
  evidence?: ColumnEvidence | null;
}

export interface DatasetSummary {
  /** sha256 over the canonical decoded content (see `digest` in the runner): the same data, the same digest, gzip or not. */
  digest: string;
  sampleCount: number;
  /** Held-out samples that came in files of their own; 0 when none did. */
  testCount: number;
  /** Shape of one input: [28, 28] for images, [n] for rows. */
  inputShape: number[];
  /** Class names and counts; empty for a table (its target is chosen per run). */
  classes: { name: string; count: number }[];
  columns: DatasetColumn[];
  /** At most 30 images (base64 of rows*cols grey bytes) with labels, or at most 20 rows of cells. */
  preview: { images: { pixels: string; label: string }[]; rows: string[][] };
  sizeBytes: number;
}
