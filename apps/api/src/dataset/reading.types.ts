import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  COLUMN_TYPES,
  DECIMALS,
  DELIMITERS,
  ENCODINGS,
  EVIDENCE_REASONS,
  QUOTES,
  READING_FIELDS,
  THOUSANDS,
  type ColumnType,
  type Decimal,
  type Delimiter,
  type Encoding,
  type ErrorParams,
  type EvidenceReason,
  type Quote,
  type ReadingField,
  type Thousands,
} from '@trainyard/domain';
import { listCost } from '../platform/graphql/document-cost.ts';
import { enumOf } from '../platform/graphql/enum.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';

const EncodingEnum = enumOf(ENCODINGS);
const DelimiterEnum = enumOf(DELIMITERS);
const QuoteEnum = enumOf(QUOTES);
const DecimalEnum = enumOf(DECIMALS);
const ThousandsEnum = enumOf(THOUSANDS);
export const DatasetColumnTypeEnum = enumOf(COLUMN_TYPES);
const ReadingFieldEnum = enumOf(READING_FIELDS);
const EvidenceReasonEnum = enumOf(EVIDENCE_REASONS);
registerEnumType(ReadingFieldEnum, { name: 'ReadingField', description: 'What a reading decides, besides its columns.' });
registerEnumType(EvidenceReasonEnum, { name: 'EvidenceReason', description: 'Why something is read as it is. ASKED: its owner decided.' });
registerEnumType(EncodingEnum, { name: 'Encoding', description: 'How the bytes of a table are text.' });
registerEnumType(DelimiterEnum, {
  name: 'Delimiter',
  description: 'What separates cells. SPACE: any run of spaces and tabs. NONE: nothing does, the table has one column.',
});
registerEnumType(QuoteEnum, { name: 'Quote', description: 'What may enclose a cell.' });
registerEnumType(DecimalEnum, { name: 'Decimal', description: 'The mark before the fraction of a number.' });
registerEnumType(ThousandsEnum, {
  name: 'Thousands',
  description: 'The mark between groups of three digits. SPACE: any blank, also one that does not break a line.',
});
registerEnumType(DatasetColumnTypeEnum, { name: 'DatasetColumnType', description: 'Whether the cells of a column are read as numbers or as categories.' });

@ObjectType('ColumnReading', { description: 'What the cells of a column mean.' })
export class ColumnReadingType {
  @Field({ description: "The column's name." })
  name: string;
  @Field(() => DatasetColumnTypeEnum, { description: 'Numbers or categories.' })
  type: ColumnType;
  @Field(() => [String], { description: 'Words that say that there is no value, besides the empty cell; compared without regard to case or width.' })
  missing: string[];
}

@ObjectType('TableReading', { description: 'How a table is read, wholly decided: part of what its digest covers.' })
export class TableReadingType {
  @Field(() => EncodingEnum, { description: 'How its bytes are text.' })
  encoding: Encoding;
  @Field(() => DelimiterEnum, { description: 'What separates its cells.' })
  delimiter: Delimiter;
  @Field(() => QuoteEnum, { description: 'What may enclose a cell.' })
  quote: Quote;
  @Field(() => Int, { description: 'How many rows at the top are no part of the table; as a spreadsheet counts them, blank ones too.' })
  skip: number;
  @Field({ description: 'Whether the first row below them names the columns; otherwise they are Column 1, Column 2, …' })
  header: boolean;
  @Field(() => DecimalEnum, { description: 'The mark before the fraction of a number.' })
  decimal: Decimal;
  @Field(() => ThousandsEnum, { description: 'The mark between groups of three digits.' })
  thousands: Thousands;
  @Field(() => [ColumnReadingType], { complexity: listCost(5), description: 'Every column in order.' })
  columns: ColumnReadingType[];
}

@ObjectType('AskedColumn', { description: 'What the owner decided of a column; null is guessed.' })
export class AskedColumnType {
  @Field({ description: "The column's name." })
  name: string;
  @Field(() => DatasetColumnTypeEnum, { nullable: true, description: 'Numbers or categories.' })
  type: ColumnType | null;
  @Field(() => [String], { nullable: true, description: 'Words for "no value".' })
  missing: string[] | null;
}

@ObjectType('AskedReading', { description: 'What the owner decided of how a table is read; null is guessed at every inspection.' })
export class AskedReadingType {
  @Field(() => EncodingEnum, { nullable: true, description: 'How its bytes are text.' })
  encoding: Encoding | null;
  @Field(() => DelimiterEnum, { nullable: true, description: 'What separates its cells.' })
  delimiter: Delimiter | null;
  @Field(() => QuoteEnum, { nullable: true, description: 'What may enclose a cell.' })
  quote: Quote | null;
  @Field(() => Int, { nullable: true, description: 'How many rows at the top are no part of the table.' })
  skip: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the first row names the columns.' })
  header: boolean | null;
  @Field(() => DecimalEnum, { nullable: true, description: 'The mark before the fraction of a number.' })
  decimal: Decimal | null;
  @Field(() => ThousandsEnum, { nullable: true, description: 'The mark between groups of three digits.' })
  thousands: Thousands | null;
  @Field(() => [AskedColumnType], { complexity: listCost(5), description: 'The columns that something was decided of.' })
  columns: AskedColumnType[];
}

@ObjectType('ReadingEvidence', { description: 'Why a table is read as it is.' })
export class ReadingEvidenceType {
  @Field(() => ReadingFieldEnum, { description: 'What was decided.' })
  field: ReadingField;
  @Field(() => EvidenceReasonEnum, { description: 'Why.' })
  reason: EvidenceReason;
  @Field(() => JSONScalar, { description: 'The facts of that reason.' })
  params: ErrorParams;
}

@ObjectType('DatasetReading', { description: 'How a table is read, why, and the beginning of its file to judge that by.' })
export class DatasetReadingType {
  @Field(() => TableReadingType, {
    nullable: true,
    description: 'As the last inspection read it; null until READY, and for what was inspected before readings.',
  })
  known: TableReadingType | null;
  @Field(() => AskedReadingType, { nullable: true, description: 'What its owner decided; null: nothing.' })
  asked: AskedReadingType | null;
  @Field(() => [ReadingEvidenceType], { complexity: listCost(6), description: 'Why it was read so, one per field; empty until it is inspected.' })
  evidence: ReadingEvidenceType[];
  /** Of the dataset: `sample` is read when asked for. */
  datasetId: string;
}

@InputType({ description: 'What you decide of a column; null or absent is guessed.' })
export class ColumnReadingInput {
  @Field({ description: "The column's name." })
  name: string;
  @Field(() => DatasetColumnTypeEnum, { nullable: true, description: 'Numbers or categories.' })
  type?: ColumnType | null;
  @Field(() => [String], { nullable: true, description: 'Words that say that there is no value, besides the empty cell; an empty list: none does.' })
  missing?: string[] | null;
}

@InputType({ description: 'What you decide of how a table is read; null or absent is guessed.' })
export class TableReadingInput {
  @Field(() => EncodingEnum, { nullable: true, description: 'How its bytes are text.' })
  encoding?: Encoding | null;
  @Field(() => DelimiterEnum, { nullable: true, description: 'What separates its cells.' })
  delimiter?: Delimiter | null;
  @Field(() => QuoteEnum, { nullable: true, description: 'What may enclose a cell.' })
  quote?: Quote | null;
  @Field(() => Int, { nullable: true, description: 'How many rows at the top are no part of the table, such as its title; 0 to 1,000.' })
  skip?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the first row names the columns.' })
  header?: boolean | null;
  @Field(() => DecimalEnum, { nullable: true, description: 'The mark before the fraction of a number.' })
  decimal?: Decimal | null;
  @Field(() => ThousandsEnum, { nullable: true, description: 'The mark between groups of three digits.' })
  thousands?: Thousands | null;
  // Nullable, because graphql-jit asks for a required field of an input even where it has a default.
  @Field(() => [ColumnReadingInput], { nullable: true, defaultValue: [], description: 'The columns that you decide something of.' })
  columns?: ColumnReadingInput[] | null;
}
