import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { RunState, TicketState } from '@trainyard/domain';
import { TicketStateEnum } from '../ticket/ticket.types.ts';
import { RunStateEnum } from '../training/run.types.ts';

@ObjectType('DayMove', { description: 'A ticket moved.' })
export class DayMoveType {
  @Field(() => Date)
  at: Date;
  @Field(() => String, { nullable: true, description: 'Who moved it. Null: nobody who has a name.' })
  by: string | null;
  @Field(() => String, { nullable: true, description: 'The column it came to. Null: it left the board, or the column is gone.' })
  column: string | null;
  @Field(() => TicketStateEnum, { nullable: true, description: 'How far it was then; null: as far as before.' })
  state: TicketState | null;
}

@ObjectType('DayBlocker', { description: 'A ticket that blocks another, and is not done.' })
export class DayBlockerType {
  @Field(() => String, { nullable: true, description: 'Null: the reader may not know of it.' })
  key: string | null;
  @Field(() => String, { nullable: true })
  title: string | null;
}

@ObjectType('RunCost', { description: 'A run that ended, with what its attempts took of machines.' })
export class RunCostType {
  @Field(() => ID)
  runId: string;
  @Field(() => Int)
  number: number;
  @Field(() => RunStateEnum)
  state: RunState;
  @Field(() => String, { nullable: true })
  failureCode: string | null;
  @Field(() => Date)
  endedAt: Date;
  @Field(() => Float, { description: 'Hours on engines that run on a GPU.' })
  deviceHours: number;
  @Field(() => Float, { description: 'Hours on other engines: they are never added to the others.' })
  cpuHours: number;
}

@ObjectType('DayTicket', { description: 'A ticket of a sprint, and what happened to it since the last working day began.' })
export class DayTicketType {
  @Field(() => ID)
  ticketId: string;
  @Field()
  key: string;
  @Field()
  title: string;
  @Field(() => TicketStateEnum)
  state: TicketState;
  @Field(() => Float, { nullable: true })
  points: number | null;
  @Field(() => ID, { nullable: true })
  assigneeId: string | null;
  @Field(() => String, { nullable: true })
  assigneeName: string | null;
  @Field(() => String, { nullable: true, description: 'Where it lies on its board.' })
  column: string | null;
  @Field(() => [DayMoveType], { description: 'The newest first.' })
  moves: DayMoveType[];
  @Field(() => [DayBlockerType])
  blockers: DayBlockerType[];
  @Field(() => [RunCostType], { description: 'The newest first.' })
  runs: RunCostType[];
}

@ObjectType('SprintDay', { description: 'What a team talks about in the morning.' })
export class SprintDayType {
  @Field({ description: 'Today, as the project counts days (ISO).' })
  today: string;
  @Field({ description: 'The last working day before it (ISO): what is told begins with it.' })
  since: string;
  @Field()
  timeZone: string;
  @Field(() => [ID], { description: 'People with tickets in it who are off today, at least by half.' })
  away: string[];
  @Field(() => [DayTicketType], { description: 'All tickets that are in it, by their keys; none of a sprint that has ended.' })
  tickets: DayTicketType[];
}
