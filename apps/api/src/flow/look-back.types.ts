import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { ForecastType } from './forecast.types.ts';
import { RunCostType } from './sprint-day.types.ts';

@ObjectType('SpentTicket', { description: 'A ticket, and what machines were spent on it.' })
export class SpentTicketType {
  @Field(() => ID)
  ticketId: string;
  @Field()
  key: string;
  @Field()
  title: string;
  @Field(() => Float, { description: 'Hours on engines that run on a GPU, of all attempts of its runs, failed ones too.' })
  deviceHours: number;
  @Field(() => Float, { description: 'Hours on other engines: they are never added to the others.' })
  cpuHours: number;
}

@ObjectType('LostRun', { description: 'A run that failed, and of which ticket.' })
export class LostRunType extends RunCostType {
  @Field(() => ID)
  ticketId: string;
  @Field()
  ticketKey: string;
}

@ObjectType('SprintLookBack', {
  description: 'What a log says of a sprint: where it went, and what that cost. What changed in its scope is told by `sprintReport`.',
})
export class SprintLookBackType {
  @Field(() => Date, { description: 'When it was started.' })
  from: Date;
  @Field(() => Date, { description: 'When it ended; while it runs, now.' })
  to: Date;
  @Field(() => [SpentTicketType], { description: 'Tickets that were carried, those that cost most first; while it runs, those that are not done.' })
  carried: SpentTicketType[];
  @Field(() => [LostRunType], { description: 'Runs of its tickets that failed while it ran, the dearest first.' })
  failedRuns: LostRunType[];
  @Field(() => ForecastType, {
    description: 'What would have been forecast on its first day, of what was known then: tickets of the project done by its last day.',
  })
  forecast: ForecastType;
  @Field(() => Int, { description: 'Tickets of the project that were done from its first day to its last, or to its end where that was earlier.' })
  came: number;
  @Field(() => Int, { description: 'Of those, how many were in it.' })
  cameOfIt: number;
}
