import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Engine } from '@trainyard/domain';
import { EngineEnum } from './attempt.types.ts';

@ObjectType('PastRun', { description: 'A run that succeeded without an interruption, as far as it tells how long another will take.' })
export class PastRunType {
  @Field(() => ID, { description: 'What it trained on.' })
  datasetId: string;
  @Field(() => EngineEnum, { description: 'What it ran on.' })
  engine: Engine;
  @Field(() => Int, { description: 'Samples per optimiser step.' })
  batchSize: number;
  @Field(() => [Int], { description: 'Widths of the hidden layers; tabular templates only.' })
  hiddenUnits: number[];
  @Field(() => Float, { description: 'Training speed over all of it.' })
  samplesPerSecond: number;
  @Field(() => Float, { description: 'Milliseconds of its whole time that were not training.' })
  otherMs: number;
}

@ObjectType('QueueOutlook', { description: 'What a run would meet that is queued now.' })
export class QueueOutlookType {
  @Field(() => [String], { description: 'Names of the runners online that could take it.' })
  runners: string[];
  @Field(() => Int, { description: 'Runs that those can have in hand at once.' })
  slots: number;
  @Field(() => Int, { description: 'Runs that they have in hand.' })
  busy: number;
  @Field(() => Int, { description: 'Runs that wait and that one of them could take.' })
  waiting: number;
  @Field(() => [PastRunType], {
    description:
      'Earlier runs that you may read of the same template and as wide data on one of those runners and the engine asked for; at most 40, newest first.',
  })
  past: PastRunType[];
}
