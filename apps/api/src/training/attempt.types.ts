import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ENGINES, type Engine, type FailureParams, type LogParams, type MetricSplit, type RunState } from '@trainyard/domain';
import { textCost } from '../platform/graphql/document-cost.ts';
import { enumOf } from '../platform/graphql/enum.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { MetricSplitEnum, RunStateEnum } from './run.types.ts';

/** What the runner may say of a failure, as the protocol takes it. */
export const FAILURE_MESSAGE_MAX = 20_000;
export const EngineEnum = enumOf(ENGINES);
registerEnumType(EngineEnum, { name: 'Engine', description: 'What computes: CUDA, WebGPU, the TensorFlow library, WebAssembly, or plain JavaScript.' });

@ObjectType('Attempt', { description: 'One try at a run. Claimed again after its runner was lost.' })
export class AttemptType {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => Int, { description: 'From 1, within the run.' })
  number: number;
  @Field(() => Int, { description: 'How often it was claimed; the fence of what runners write.' })
  claim: number;
  @Field(() => RunStateEnum, { description: 'Its state.' })
  state: RunState;
  @Field(() => String, { nullable: true, description: 'The runner that has it, or had it last.' })
  runnerName: string | null;
  @Field(() => EngineEnum, { nullable: true, description: 'The engine that really ran.' })
  engine: Engine | null;
  @Field(() => String, { nullable: true, description: 'The device that really ran.' })
  device: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether that device is a real GPU.' })
  isGpu: boolean | null;
  @Field(() => JSONScalar, { nullable: true, description: 'Versions of runner, engine and packages.' })
  versions: Record<string, string> | null;
  @Field(() => Int, { nullable: true, description: 'Trainable parameters of the model.' })
  parameterCount: number | null;
  @Field(() => [Int], { description: 'Steps it was resumed after, one for each resume; 0: begun afresh.' })
  resumedFromSteps: number[];
  @Field(() => Int, { nullable: true, description: 'Step of the newest stored checkpoint.' })
  checkpointStep: number | null;
  @Field(() => String, { nullable: true, description: 'Why it failed, or why its last claim ended.' })
  failureCode: string | null;
  @Field(() => String, { complexity: textCost(FAILURE_MESSAGE_MAX), nullable: true, description: 'The true reason in English.' })
  failureMessage: string | null;
  @Field(() => JSONScalar, {
    nullable: true,
    description: 'The facts of that reason: `reason` (of the job contract), or `problem` (an error code) for what is wrong with the data.',
  })
  failureParams: FailureParams | null;
  @Field(() => Date, { nullable: true, description: 'When it was first claimed.' })
  startedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it ended.' })
  endedAt: Date | null;
}

@ObjectType('Artifact', { description: 'A file a run made. Download at /artifacts/{id} (cookie or token).' })
export class ArtifactType {
  @Field(() => ID, { description: 'Its id, for the download.' })
  id: string;
  @Field({ description: 'File name.' })
  name: string;
  @Field(() => Float, { description: 'Bytes.' })
  sizeBytes: number;
  @Field({ description: 'sha256 of the bytes, hexadecimal.' })
  digest: string;
  @Field({ description: 'When it was stored.' })
  createdAt: Date;
}

@ObjectType('LogLine', { description: 'A line of output of training.' })
export class LogLineType {
  @Field(() => Int, { description: 'The claim it was written under.' })
  claim: number;
  @Field(() => Int, { description: 'Rises from 0 within the claim.' })
  line: number;
  @Field({ description: 'When it was written.' })
  at: Date;
  @Field({ description: "OUT, ERR, or RUNNER for the runner's own words." })
  stream: string;
  @Field({ description: "The line; English where it is the runner's own." })
  text: string;
  @Field(() => JSONScalar, {
    nullable: true,
    description: "The facts of a line of the runner's own, with a `reason` of the job contract; null where only the words tell it.",
  })
  params: LogParams | null;
}

@ObjectType('RunSeries', { description: 'A series that a run reported points of.' })
export class RunSeriesType {
  @Field({
    description:
      'Its name. The trainers of templates use LOSS, ACCURACY, MAE, LEARNING_RATE, SAMPLES_PER_SECOND, and VAL_LOSS, VAL_ACCURACY and VAL_MAE with a point for each training epoch.',
  })
  name: string;
  @Field(() => String, { nullable: true, description: 'What its values count in; 1: they have no unit; null: nobody said.' })
  unit: string | null;
}

@ObjectType('MetricSeries', {
  description: 'Parallel arrays; a bucket gives up to two points (its minimum and its maximum, in step order). Not-a-number travels as null.',
})
export class MetricSeriesType {
  @Field({ description: 'The name of the series.' })
  series: string;
  @Field(() => String, {
    complexity: 0,
    nullable: true,
    description: 'What its values count in, such as ms or tokens/s; 1: they have no unit; null: nobody said.',
  })
  unit: string | null;
  // How many points there may be is priced by `width`, where the series are asked for.
  @Field(() => [Int], { complexity: 1, description: 'Optimiser steps, rising.' })
  steps: number[];
  @Field(() => [Float], { complexity: 1, nullable: 'items', description: 'Values at those steps.' })
  values: (number | null)[];
  @Field(() => Int, { description: 'How many points there are in the range before thinning.' })
  pointCount: number;
}

@ObjectType('LastPoint', { description: 'What a series had come to when it was last reported.' })
export class LastPointType {
  @Field({ description: 'The name of the series.' })
  series: string;
  @Field(() => Int, { description: 'The step it belongs to.' })
  step: number;
  @Field(() => Float, { nullable: true, description: 'Its value; null: not a number.' })
  value: number | null;
}

@ObjectType('ResultMetric', { description: 'A final number.' })
export class ResultMetricType {
  @Field(() => MetricSplitEnum, { description: 'Which samples it was measured on.' })
  split: MetricSplit;
  @Field({ description: 'loss, accuracy, mae, rmse or r2.' })
  name: string;
  @Field(() => Float, { description: 'Its value.' })
  value: number;
}

@ObjectType('Confusion', { description: 'Rows are true classes, columns predicted ones.' })
export class ConfusionType {
  @Field(() => MetricSplitEnum, { description: 'Which samples were counted.' })
  split: MetricSplit;
  @Field(() => [String], { description: 'Class names, in the order of rows and columns.' })
  classes: string[];
  @Field(() => [[Int]], { description: 'Samples of true class row predicted as column.' })
  counts: number[][];
}

@ObjectType('RunResult', { description: 'What a run found.' })
export class RunResultType {
  @Field(() => [ResultMetricType], { description: 'Final numbers by split.' })
  metrics: ResultMetricType[];
  @Field(() => ConfusionType, { nullable: true, description: 'On test, else validation, else training samples; null for a regression.' })
  confusion: ConfusionType | null;
  @Field(() => Int, { description: 'Samples trained on.' })
  trainCount: number;
  @Field(() => Int, { description: 'Samples validated on.' })
  validationCount: number;
  @Field(() => Int, { description: 'Samples tested on.' })
  testCount: number;
  @Field(() => Int, { description: 'Optimiser steps.' })
  steps: number;
  @Field(() => Float, { description: 'Average training speed.' })
  samplesPerSecond: number;
  @Field(() => Float, { description: 'Floating-point operations a second while training: 3 x forward FLOPs x samples/s.' })
  flopsPerSecond: number;
  @Field(() => Float, { description: 'Milliseconds of training.' })
  trainMs: number;
  @Field({ description: 'sha256 of the data really trained on.' })
  datasetDigest: string;
  @Field(() => Int, { description: 'Trainable parameters.' })
  parameterCount: number;
}
