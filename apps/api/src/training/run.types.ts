import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  ENGINE_REQUESTS,
  LEFT_OUT_REASONS,
  METRIC_SPLITS,
  OPTIMIZERS,
  PHASES,
  RUN_DOUBTS,
  RUN_KINDS,
  RUN_STATES,
  SCHEDULES,
  TEMPLATES,
  WAIT_REASONS,
  type EngineRequest,
  type LeftOutReason,
  type MetricSplit,
  type Optimizer,
  type Phase,
  type RunDoubt,
  type RunState,
  type Schedule,
  type Template,
  type WaitReason,
} from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';

export const RunStateEnum = enumOf(RUN_STATES);
const LeftOutReasonEnum = enumOf(LEFT_OUT_REASONS);
export const RunKindEnum = enumOf(RUN_KINDS);
export const TemplateEnum = enumOf(TEMPLATES);
export const EngineRequestEnum = enumOf(ENGINE_REQUESTS);
export const OptimizerEnum = enumOf(OPTIMIZERS);
export const ScheduleEnum = enumOf(SCHEDULES);
export const PhaseEnum = enumOf(PHASES);
export const MetricSplitEnum = enumOf(METRIC_SPLITS);
export const WaitReasonEnum = enumOf(WAIT_REASONS);
export const RunDoubtEnum = enumOf(RUN_DOUBTS);
registerEnumType(RunStateEnum, { name: 'RunState', description: 'QUEUED, STARTING (claimed by a runner), RUNNING (trains), or one of the three ends.' });
registerEnumType(LeftOutReasonEnum, {
  name: 'LeftOutReason',
  description: 'The target is empty, holds a word that says so, or is missing where the two were not told apart.',
});
registerEnumType(RunKindEnum, { name: 'RunKind', description: 'What a run does. TEMPLATE: trains one of the networks that Trainyard brings.' });
registerEnumType(TemplateEnum, { name: 'Template', description: 'What can be trained: a template fixes the layers.' });
registerEnumType(EngineRequestEnum, {
  name: 'EngineRequest',
  description: 'AUTO: the fastest that passed its self-test. GPU: any on a real GPU; it waits or fails, it never falls back.',
});
registerEnumType(OptimizerEnum, { name: 'Optimizer', description: 'How weights follow their gradients.' });
registerEnumType(ScheduleEnum, { name: 'Schedule', description: 'How the learning rate moves over the run.' });
registerEnumType(PhaseEnum, { name: 'Phase', description: 'What the training process is doing.' });
registerEnumType(MetricSplitEnum, { name: 'MetricSplit', description: 'Which samples a number was measured on.' });
registerEnumType(WaitReasonEnum, { name: 'WaitReason', description: 'Why a queued run is not running yet.' });
registerEnumType(RunDoubtEnum, {
  name: 'RunDoubt',
  description:
    'What a run that ended well should be looked at for: its loss ended far above where it began; always naming the most frequent class, or the mean, would have done as well.',
});

@ObjectType('Headline', { description: 'The one number people look at: test, else validation, else training accuracy (or mean absolute error).' })
export class HeadlineType {
  @Field(() => MetricSplitEnum, { description: 'Which samples it was measured on.' })
  split: MetricSplit;
  @Field({ description: 'accuracy or mae.' })
  name: string;
  @Field(() => Float, { description: 'Its value.' })
  value: number;
}

@ObjectType('RunCard', { description: 'The little that a card shows of a run, small enough to push several times a second.' })
export class RunCardType {
  @Field(() => ID, { description: "The run's id." })
  id: string;
  @Field(() => ID, { description: 'The ticket it was queued from.' })
  ticketId: string;
  @Field(() => Int, { description: 'Counts within the project.' })
  number: number;
  @Field(() => RunStateEnum, { description: 'State of the newest attempt.' })
  state: RunState;
  @Field({ description: 'When its newest attempt was put in line: decides, after being live, which run a card shows.' })
  queuedAt: Date;
  @Field(() => WaitReasonEnum, { nullable: true, description: 'Why it waits; null when it does not.' })
  waiting: WaitReason | null;
  @Field(() => Date, { nullable: true, description: 'When a pause after several lost claims is over and it is tried again; null when there is none.' })
  retryAt: Date | null;
  @Field(() => PhaseEnum, { nullable: true, description: 'What the training process is doing; null before its first report.' })
  phase: Phase | null;
  @Field(() => Int, { description: 'Optimiser steps done.' })
  step: number;
  @Field(() => Int, { description: 'Optimiser steps planned in all; 0 until known.' })
  totalSteps: number;
  @Field(() => Int, { description: 'Training epoch now, from 1; 0 before the first.' })
  trainingEpoch: number;
  @Field(() => Int, { description: 'Training epochs planned.' })
  totalEpochs: number;
  @Field(() => Float, { nullable: true, description: 'Training speed.' })
  samplesPerSecond: number | null;
  @Field(() => Float, { nullable: true, description: 'Milliseconds since this attempt began to train.' })
  elapsedMs: number | null;
  @Field(() => Float, { nullable: true, description: 'Milliseconds still expected.' })
  remainingMs: number | null;
  @Field(() => HeadlineType, { nullable: true, description: 'The newest headline number; null before the first.' })
  headline: HeadlineType | null;
  @Field(() => RunDoubtEnum, { nullable: true, description: 'Why its result should be looked at twice; null when nothing says so.' })
  doubt: RunDoubt | null;
  @Field(() => [Float], { description: 'At most 48 points of the loss so far, oldest first; minima and maxima are kept.' })
  sparkline: number[];
  @Field(() => Int, { description: 'Rises with every change: an older update is ignored.' })
  tick: number;
}

@ObjectType('LeftOut', { description: 'Rows that are not trained on, and why.' })
export class LeftOutType {
  @Field(() => LeftOutReasonEnum, { description: 'Why.' })
  reason: LeftOutReason;
  @Field(() => String, { nullable: true, description: 'Of TARGET_WORD: the word.' })
  word: string | null;
  @Field(() => Int, { description: 'How many.' })
  rows: number;
}

@ObjectType('RowPromise', {
  description: 'What becomes of every row of the data. The attempt fails where training, validating and leaving out do not add up to it.',
})
export class RowPromiseType {
  @Field(() => Int, { description: 'Trained or validated on.' })
  used: number;
  @Field(() => [LeftOutType], { description: 'The others, by reason.' })
  leftOut: LeftOutType[];
}

@ObjectType('RunParameters', { description: 'Parameters of a run, frozen when it was queued.' })
export class RunParametersType {
  @Field(() => Int, { description: 'Passes over the training samples.' })
  epochs: number;
  @Field(() => Int, { description: 'Samples per optimiser step.' })
  batchSize: number;
  @Field(() => Float, { description: 'Learning rate before its schedule.' })
  learningRate: number;
  @Field(() => ScheduleEnum, { description: 'How the learning rate moves.' })
  schedule: Schedule;
  @Field(() => Int, { description: 'Steps of linear rise from 0 before the schedule.' })
  warmupSteps: number;
  @Field(() => OptimizerEnum, { description: 'The optimiser.' })
  optimizer: Optimizer;
  @Field(() => Float, { description: 'L2 penalty on kernels.' })
  l2: number;
  @Field(() => Float, { description: 'Fraction of hidden activations dropped while training.' })
  dropout: number;
  @Field(() => Float, { description: '32-bit unsigned seed of everything random.' })
  seed: number;
  @Field(() => Float, { description: 'Fraction of training samples held out.' })
  validationSplit: number;
  @Field(() => String, { nullable: true, description: 'Column to predict; tabular templates only.' })
  targetColumn: string | null;
  @Field(() => [Int], { description: 'Widths of the hidden layers; tabular templates only.' })
  hiddenUnits: number[];
  @Field(() => Int, { description: 'A checkpoint is written every this many epochs.' })
  checkpointEveryEpochs: number;
}

@InputType({ description: 'Parameters of a run; bounds are those of the domain (PARAMETER_LIMITS).' })
export class RunParametersInput {
  @Field(() => Int, { description: '1 to 10,000.' })
  epochs: number;
  @Field(() => Int, { description: '1 to 65,536.' })
  batchSize: number;
  @Field(() => Float, { description: 'Above 0, at most 100.' })
  learningRate: number;
  @Field(() => ScheduleEnum, { description: 'How the learning rate moves.' })
  schedule: Schedule;
  @Field(() => Int, { description: '0 or more.' })
  warmupSteps: number;
  @Field(() => OptimizerEnum, { description: 'The optimiser.' })
  optimizer: Optimizer;
  @Field(() => Float, { description: '0 to 100.' })
  l2: number;
  @Field(() => Float, { description: '0 to 0.9.' })
  dropout: number;
  @Field(() => Float, { description: '0 to 4,294,967,295.' })
  seed: number;
  @Field(() => Float, { description: '0 to 0.9.' })
  validationSplit: number;
  @Field(() => String, { nullable: true, description: 'Required by tabular templates, refused by the others.' })
  targetColumn?: string | null;
  @Field(() => [Int], { description: 'At most 8 layers of at most 4,096 units; tabular templates only, the others refuse it.' })
  hiddenUnits: number[];
  @Field(() => Int, { description: '1 to 10,000.' })
  checkpointEveryEpochs: number;
}

@InputType({ description: 'What to train, on what, from which ticket.' })
export class QueueRunInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field(() => ID, { description: 'The ticket the run belongs to.' })
  ticketId: string;
  @Field(() => TemplateEnum, { description: 'What is trained.' })
  template: Template;
  @Field(() => ID, { description: 'A dataset that is READY.' })
  datasetId: string;
  @Field(() => EngineRequestEnum, { description: 'The engine asked for.' })
  engine: EngineRequest;
  @Field(() => RunParametersInput, { description: "All parameters; the dialog starts from the domain's defaults." })
  parameters: RunParametersInput;
}
