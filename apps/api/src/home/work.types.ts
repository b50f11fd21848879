import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { HEALTH_LISTS, WEEK_SENTENCES, type HealthList, type WeekSentenceCode } from '@trainyard/domain';
import { PersonType } from '../access/person.types.ts';
import { ActivityType } from '../activity/activity.types.ts';
import { enumOf } from '../platform/graphql/enum.ts';

const CountedListEnum = enumOf(HEALTH_LISTS);
registerEnumType(CountedListEnum, { name: 'CountedList', description: 'The list that shows what was counted.' });
const WeekSentenceEnum = enumOf(WEEK_SENTENCES);
registerEnumType(WeekSentenceEnum, { name: 'WeekSentenceCode', description: 'What a sentence of the week says.' });

@ObjectType({ description: 'A number, and where what it counts is seen.' })
export class WorkNumber {
  @Field()
  name: string;
  @Field(() => Int)
  count: number;
  @Field(() => CountedListEnum, { nullable: true, description: 'Null: it counts projects.' })
  list: HealthList | null;
  @Field(() => String, { nullable: true, description: 'What finds as many in that list.' })
  query: string | null;
}

@ObjectType({ description: 'What somebody has to do, of all projects that the reader may know of.' })
export class PersonWorkload {
  @Field(() => PersonType)
  person: PersonType;
  @Field(() => Int, { description: 'Their tickets in progress.' })
  inProgress: number;
  @Field(() => Int, { description: 'Their tickets that are open.' })
  open: number;
  @Field(() => Int, { description: 'Their tickets that were done since yesterday began.' })
  finished: number;
  @Field(() => Float, { description: 'Points of their tickets that are not done.' })
  points: number;
  @Field(() => Int, { description: 'Percent of their time that teams have today, all together.' })
  allocation: number;
}

@ObjectType({ description: 'Something that happened to a ticket.' })
export class WorkChange {
  @Field(() => ActivityType)
  activity: ActivityType;
  @Field({ description: 'Such as VIS-12.' })
  ticketKey: string;
  @Field()
  ticketTitle: string;
  @Field(() => Int, { nullable: true, description: 'Of a run: its number.' })
  runNumber: number | null;
}

@ObjectType({ description: 'What happened since yesterday began, in the zone of the reader.' })
export class DayReport {
  @Field(() => [WorkNumber])
  numbers: WorkNumber[];
  @Field(() => [WorkChange], { description: 'The newest first, at most 40.' })
  changes: WorkChange[];
}

@ObjectType({ description: 'A sentence about the last seven days.' })
export class WeekSentenceType {
  @Field(() => WeekSentenceEnum)
  code: WeekSentenceCode;
  @Field(() => [WorkNumber], { description: 'All that it may tell.' })
  numbers: WorkNumber[];
}

@ObjectType({ description: 'What machines did in the last seven days, for projects that the reader may know of.' })
export class ComputeUse {
  @Field(() => [WorkNumber])
  numbers: WorkNumber[];
  @Field(() => Float, { description: 'Milliseconds of training of the runs that began.' })
  trainedMs: number;
  @Field(() => Float, { nullable: true, description: 'Milliseconds that half of them waited at most; null: none began.' })
  medianWaitMs: number | null;
  @Field(() => Float, { nullable: true, description: 'The same of nine in ten.' })
  longWaitMs: number | null;
}

@ObjectType({ description: 'The best run of a project, by the metric and samples of its newest result.' })
export class ProjectBest {
  @Field(() => ID)
  runId: string;
  @Field(() => Int)
  runNumber: number;
  @Field({ description: 'Such as accuracy.' })
  metric: string;
  @Field({ description: 'TEST, VALIDATION or TRAIN.' })
  split: string;
  @Field(() => Float)
  value: number;
  @Field(() => Float, { nullable: true, description: 'The best of seven days ago; null: there was none.' })
  before: number | null;
  @Field(() => [Float], { description: 'The last results of that kind, the oldest first.' })
  trend: number[];
}
