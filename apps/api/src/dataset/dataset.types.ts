import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  COLUMN_REASONS,
  DATASET_FILE_ROLES,
  DATASET_KINDS,
  DATASET_SOURCES,
  DATASET_STATES,
  SYNTHETIC_KINDS,
  type ColumnReason,
  type DatasetFileRole,
  type DatasetKind,
  type DatasetSourceKind,
  type DatasetState,
  type SyntheticKind,
} from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { PageInfo } from '../platform/lists/page.types.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';
import { DatasetColumnTypeEnum, TableReadingInput } from './reading.types.ts';

export const DatasetKindEnum = enumOf(DATASET_KINDS);
export const DatasetSourceEnum = enumOf(DATASET_SOURCES);
export const DatasetStateEnum = enumOf(DATASET_STATES);
export const DatasetFileRoleEnum = enumOf(DATASET_FILE_ROLES);
export const SyntheticKindEnum = enumOf(SYNTHETIC_KINDS);
const ColumnReasonEnum = enumOf(COLUMN_REASONS);
registerEnumType(ColumnReasonEnum, {
  name: 'ColumnReason',
  description: 'Why a column is of its type. AMOUNTS_READ: its owner decided that its amounts are numbers. EMPTY: it holds no value.',
});
registerEnumType(DatasetKindEnum, { name: 'DatasetKind', description: 'IDX: images and labels. CSV: one table. SYNTHETIC: made by us and labelled so.' });
registerEnumType(DatasetSourceEnum, { name: 'DatasetSource', description: 'Where the bytes come from: sent here, a path on the runner, or made.' });
registerEnumType(DatasetStateEnum, { name: 'DatasetState', description: 'CHECKING until a runner has read it; then READY, or INVALID with an error.' });
registerEnumType(DatasetFileRoleEnum, { name: 'DatasetFileRole', description: 'What a file of a dataset holds.' });
registerEnumType(SyntheticKindEnum, {
  name: 'SyntheticKind',
  description: 'COMPARISON: two numbers, class 1 when the first is larger. STROKE_DIGITS: 28x28 digits drawn with random strokes.',
});

@ObjectType('DatasetClass', { description: 'A class and how many samples it has.' })
export class DatasetClassType {
  @Field({ description: 'Its name.' })
  name: string;
  @Field(() => Int, { description: 'Samples.' })
  count: number;
}

@ObjectType('DatasetCategory', { description: 'A value of a column and how often it occurs.' })
export class DatasetCategoryType {
  @Field({ description: 'The value.' })
  value: string;
  @Field(() => Int, { description: 'Rows.' })
  count: number;
}

@ObjectType('DatasetGap', { description: 'What stands in cells without a value, and in how many of them.' })
export class DatasetGapType {
  @Field({ description: 'The word in its normal form; empty for an empty cell.' })
  word: string;
  @Field(() => Int, { description: 'Cells.' })
  count: number;
}

@ObjectType('ColumnEvidence', { description: 'Why a column is of its type.' })
export class ColumnEvidenceType {
  @Field(() => ColumnReasonEnum, { description: 'Why.' })
  reason: ColumnReason;
  @Field(() => String, { nullable: true, description: 'A cell that decided it; of AMOUNTS_READ with what it was read as, such as "(0.12) → -0.12".' })
  example: string | null;
}

@ObjectType('DatasetColumn', { description: 'A column of a table.' })
export class DatasetColumnGraph {
  @Field({ description: 'Its name.' })
  name: string;
  @Field(() => DatasetColumnTypeEnum, { description: 'Its type.' })
  type: 'NUMBER' | 'CATEGORY';
  @Field(() => Int, { description: 'Cells without a value.' })
  missing: number;
  @Field(() => Int, {
    nullable: true,
    description: 'How many different values it holds; 10,001 says more than 10,000. Null where it was inspected before they were counted.',
  })
  distinct?: number | null;
  @Field(() => [DatasetGapType], {
    nullable: true,
    complexity: listCost(1),
    description: 'The cells without a value, by what stands in them. Null where it was inspected before they were counted.',
  })
  gaps?: DatasetGapType[] | null;
  @Field(() => ColumnEvidenceType, { nullable: true, description: 'Why it is of this type; null where nothing was guessed.' })
  evidence?: ColumnEvidenceType | null;
  @Field(() => Float, { nullable: true, description: 'Smallest number.' })
  min: number | null;
  @Field(() => Float, { nullable: true, description: 'Largest number.' })
  max: number | null;
  @Field(() => Float, { nullable: true, description: 'Mean of the numbers.' })
  mean: number | null;
  @Field(() => [DatasetCategoryType], {
    complexity: listCost(5),
    description: 'Distinct values to be shown, most frequent first, at most 100; of numbers only when there are at most 20.',
  })
  categories: DatasetCategoryType[];
}

@ObjectType('DatasetImage', { description: 'An image of the preview.' })
export class DatasetImageType {
  @Field({ description: 'base64 of rows x columns grey bytes.' })
  pixels: string;
  @Field({ description: 'Its class.' })
  label: string;
}

@ObjectType('DatasetPreview', { description: 'A few samples to look at.' })
export class DatasetPreviewType {
  @Field(() => [DatasetImageType], { description: 'At most 30 images.' })
  images: DatasetImageType[];
  @Field(() => [[String]], { description: 'At most 20 rows of cells.' })
  rows: string[][];
}

@ObjectType('Dataset', { description: 'Data to train on, checked and described by a runner.' })
export class DatasetType {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field({ description: 'Its name.' })
  name: string;
  @Field(() => DatasetKindEnum, { description: 'Its format.' })
  kind: DatasetKind;
  @Field(() => DatasetSourceEnum, { description: 'Where its bytes come from.' })
  source: DatasetSourceKind;
  @Field(() => DatasetStateEnum, { description: 'Whether it can be trained on.' })
  state: DatasetState;
  @Field(() => Float, {
    nullable: true,
    description: 'While it is CHECKING, how much of its files a runner has read, 0 to 1; null as long as it waits for one.',
  })
  checkedShare: number | null;
  @Field(() => ID, { nullable: true, description: "The project it belongs to; null: the whole organisation's." })
  projectId: string | null;
  @Field(() => String, { nullable: true, description: 'Error catalogue code when INVALID.' })
  errorCode: string | null;
  @Field(() => JSONScalar, { nullable: true, description: 'Facts of that error.' })
  errorParams: Record<string, unknown> | null;
  @Field(() => String, {
    nullable: true,
    description: 'sha256 of the decoded content and of what its reading makes of it: the same data, the same digest, gzip or not.',
  })
  digest: string | null;
  @Field(() => Int, { nullable: true, description: 'Samples to train on.' })
  sampleCount: number | null;
  @Field(() => Int, { nullable: true, description: 'Held-out samples that came in files of their own.' })
  testCount: number | null;
  @Field(() => [Int], { description: 'Shape of one input: [28, 28] for images, [n] for rows.' })
  inputShape: number[];
  @Field(() => Float, { nullable: true, description: 'Bytes of its files.' })
  sizeBytes: number | null;
  @Field(() => [DatasetClassType], { complexity: listCost(5), description: 'Class balance; empty for a table.' })
  classes: DatasetClassType[];
  @Field({ description: 'When it was registered.' })
  createdAt: Date;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
  /** Resolved to `createdBy`; `columns` and `preview` are read when asked for. */
  createdById: string | null;
}

@ObjectType('DatasetConnection', { description: 'A page of datasets, newest first.' })
export class DatasetConnectionType {
  @Field(() => [DatasetType], { description: 'The datasets.' })
  nodes: DatasetType[];
  @Field(() => Int, { description: 'How many there are in all; of a `query` at most 1,000.' })
  totalCount: number;
  @Field({ description: 'There are more than `totalCount` says.' })
  totalCountIsCapped: boolean;
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo: PageInfo;
}

@InputType({ description: 'A file of a dataset: an upload of your own, or a path on the runner.' })
export class DatasetFileInput {
  @Field(() => DatasetFileRoleEnum, { description: 'What it holds.' })
  role: DatasetFileRole;
  @Field(() => ID, { nullable: true, description: 'From POST /uploads; source UPLOAD only.' })
  uploadId?: string | null;
  @Field(() => String, { nullable: true, description: 'Absolute path on the runner; source PATH only.' })
  path?: string | null;
}

@InputType({ description: 'A dataset to register. A runner checks it; look at its state.' })
export class CreateDatasetInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field({ description: '1 to 200 characters.' })
  name: string;
  @Field(() => DatasetKindEnum, { description: 'Its format.' })
  kind: DatasetKind;
  @Field(() => DatasetSourceEnum, { description: 'Where its bytes come from.' })
  source: DatasetSourceKind;
  @Field(() => ID, { nullable: true, description: 'A project, or null for the whole organisation.' })
  projectId?: string | null;
  // Nullable, because graphql-jit asks for a required field of an input even where it has a default.
  @Field(() => [DatasetFileInput], {
    nullable: true,
    defaultValue: [],
    description: 'IDX: IMAGES and LABELS, optionally TEST_IMAGES and TEST_LABELS. CSV: TABLE. SYNTHETIC: none.',
  })
  files?: DatasetFileInput[] | null;
  @Field(() => TableReadingInput, { nullable: true, description: 'CSV only: what you decide of how it is read; the rest is guessed.' })
  reading?: TableReadingInput | null;
  @Field(() => SyntheticKindEnum, { nullable: true, description: 'SYNTHETIC only.' })
  synthetic?: SyntheticKind | null;
  @Field(() => Int, { nullable: true, description: 'SYNTHETIC only: how many samples, 2 to 1,000,000.' })
  samples?: number | null;
  @Field(() => Float, { nullable: true, description: 'SYNTHETIC only: 32-bit unsigned seed; 0 when absent.' })
  seed?: number | null;
}
