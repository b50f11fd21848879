import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { EngineRequest, FailureParams, RunKind, RunResult, RunState, Template } from '@trainyard/domain';
import { textCost } from '../platform/graphql/document-cost.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { PageInfo } from '../platform/lists/page.types.ts';
import { FAILURE_MESSAGE_MAX, LogLineType, MetricSeriesType } from './attempt.types.ts';
import { EngineRequestEnum, RowPromiseType, RunCardType, RunKindEnum, RunParametersType, RunStateEnum, TemplateEnum } from './run.types.ts';

@ObjectType('Run', { description: 'A training run queued from a ticket: what to train is frozen, who trains it may change.' })
export class RunType {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => Int, { description: 'Counts within the project.' })
  number: number;
  @Field(() => ID, { description: 'The ticket it was queued from.' })
  ticketId: string;
  @Field(() => ID, { description: 'The project of that ticket.' })
  projectId: string;
  @Field(() => RunKindEnum, { description: 'What it does.' })
  kind: RunKind;
  @Field(() => TemplateEnum, { description: 'What is trained.' })
  template: Template;
  @Field(() => EngineRequestEnum, { description: 'The engine asked for.' })
  engine: EngineRequest;
  @Field(() => RunParametersType, { description: 'Frozen parameters.' })
  parameters: RunParametersType;
  @Field(() => RowPromiseType, {
    nullable: true,
    description: 'What becomes of every row, promised when it was queued; null in runs queued before rows were promised.',
  })
  rows: RowPromiseType | null;
  @Field({ description: 'sha256 of the data at queueing time; other bytes are refused.' })
  datasetDigest: string;
  @Field(() => RunStateEnum, { description: 'State of the newest attempt.' })
  state: RunState;
  @Field(() => String, { nullable: true, description: 'Why it failed, or why its last claim ended (error code of the job contract).' })
  failureCode: string | null;
  @Field(() => String, { complexity: textCost(FAILURE_MESSAGE_MAX), nullable: true, description: 'The true reason in English.' })
  failureMessage: string | null;
  @Field(() => JSONScalar, {
    nullable: true,
    description: 'The facts of that reason: `reason` (of the job contract), or `problem` (an error code) for what is wrong with the data.',
  })
  failureParams: FailureParams | null;
  @Field({ description: 'Somebody asked to cancel it.' })
  cancelRequested: boolean;
  @Field({ description: 'When it was queued.' })
  queuedAt: Date;
  @Field(() => Date, { nullable: true, description: 'When a runner first claimed it.' })
  startedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it ended.' })
  endedAt: Date | null;
  @Field(() => Int, { description: 'Rises with every change of state.' })
  version: number;
  /** Resolved to `dataset`, `createdBy`, `attempt`, `group`, `result`, `resumableStep`. */
  datasetId: string | null;
  createdById: string | null;
  attemptId: string;
  groupId: string | null;
  resultData: RunResult | null;
  checkpointStep: number | null;
}

@ObjectType('RunConnection', { description: 'A page of runs, newest first; only those you may read are listed and counted.' })
export class RunConnectionType {
  @Field(() => [RunType], { description: 'The runs.' })
  nodes: RunType[];
  @Field(() => Int, { description: 'How many there are in all; of a `query` at most 1,000.' })
  totalCount: number;
  @Field({ description: 'There are more than `totalCount` says.' })
  totalCountIsCapped: boolean;
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo: PageInfo;
}

@ObjectType('RunProgress', {
  description:
    'Pushed while somebody looks at a run. The first push carries every series so far, thinned to 600 buckets each (4,800 together where there are more than 8), and the last 200 lines; later ones what came since. When `claim` rises, points beyond `resumedFromStep` are superseded (0: all of them); when `attemptId` changes, everything before is.',
})
export class RunProgressType {
  @Field(() => RunCardType, { description: 'The card now.' })
  run: RunCardType;
  @Field(() => ID, { description: 'The attempt these points belong to.' })
  attemptId: string;
  @Field(() => Int, { description: 'The claim these points belong to: rises when a later claim begins to train.' })
  claim: number;
  @Field(() => Int, { nullable: true, description: 'Step this claim resumed after, 0 when it began afresh; null in a first claim.' })
  resumedFromStep: number | null;
  @Field(() => [MetricSeriesType], { description: 'Points since the last push.' })
  metrics: MetricSeriesType[];
  @Field(() => [LogLineType], { description: 'Lines since the last push.' })
  log: LogLineType[];
  @Field({ description: 'True in the last push.' })
  ended: boolean;
}
