import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { OTHER_CARDS, SPRINT_OUTCOMES, SPRINT_STATES, type SprintOutcome, type SprintState } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';

export const SprintStateEnum = enumOf(SPRINT_STATES);
export const SprintOutcomeEnum = enumOf(SPRINT_OUTCOMES);
export const OtherCardsEnum = enumOf(OTHER_CARDS);
registerEnumType(SprintStateEnum, { name: 'SprintState', description: 'A sprint runs from when it is started until it is completed: no day ends it.' });
registerEnumType(SprintOutcomeEnum, { name: 'SprintOutcome', description: 'What became of a ticket in a sprint that ended.' });
registerEnumType(OtherCardsEnum, {
  name: 'OtherCards',
  description: 'What becomes of cards on the board that are in no running sprint: they join it, or go to the backlog.',
});

@ObjectType({ description: 'Tickets of a sprint, summed: of one that ended, as it ended.' })
export class SprintTotals {
  @Field(() => Int, { description: 'Tickets in it; those that were cancelled or are duplicates left out.' })
  tickets: number;
  @Field(() => Float, { description: 'Their points: of a parent and its child in the sprint those of the child.' })
  points: number;
  @Field(() => Int, { description: 'Of those whose points count, how many have no estimate.' })
  unestimated: number;
  @Field(() => Int, { description: 'Of those, how many are done.' })
  done: number;
  @Field(() => Float, { description: 'Points that are done, counted in the same way.' })
  donePoints: number;
  @Field(() => Int, { description: 'Cancelled ones and duplicates.' })
  cancelled: number;
  @Field(() => Int, { description: 'Tickets in it when it started; 0: it has not.' })
  committed: number;
  @Field(() => Float, { description: 'Their points, as they were estimated and counted then.' })
  committedPoints: number;
}

@ObjectType('Sprint', { description: 'A stretch of days for which a team takes on work.' })
export class SprintType {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  @Field(() => ID, { description: 'The project it belongs to.' })
  projectId: string;
  @Field(() => ID, { nullable: true, description: 'The board that shows it while it runs; null: that was deleted.' })
  boardId: string | null;
  @Field({ description: 'As people call it.' })
  name: string;
  @Field({ description: 'What it is to reach; empty: nothing is said.' })
  goal: string;
  @Field(() => SprintStateEnum, { description: 'Whether it is planned, runs or has ended.' })
  state: SprintState;
  @Field({ description: 'First day, ISO.' })
  startsOn: string;
  @Field({ description: 'Last day, ISO.' })
  endsOn: string;
  @Field(() => Date, { nullable: true, description: 'When it was started; null: not yet.' })
  startedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it was completed; null: not yet.' })
  closedAt: Date | null;
  @Field({ description: 'It was given up: velocity leaves it out.' })
  abandoned: boolean;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@ObjectType({ description: 'What became of one ticket in a sprint that ended.' })
export class SprintTicketType {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field({ description: 'Its key.' })
  key: string;
  @Field({ description: 'Its title, as it is now.' })
  title: string;
  @Field({ description: 'It was in the sprint when that started.' })
  committed: boolean;
  @Field(() => Float, { nullable: true, description: 'Points when the sprint started; null: none, or it came later.' })
  pointsAtStart: number | null;
  @Field(() => Float, { nullable: true, description: 'Points when the sprint ended; null: none.' })
  pointsAtEnd: number | null;
  @Field({ description: 'Whether its points at the end are in the sums of the sprint: of a parent and its child in it the points of the child are.' })
  isCounted: boolean;
  @Field(() => SprintOutcomeEnum, { description: 'What became of it.' })
  outcome: SprintOutcome;
  @Field(() => ID, { nullable: true, description: 'The sprint it was carried to; null: to the backlog, or it was not.' })
  carriedTo: string | null;
}

@InputType({ isAbstract: true })
abstract class SprintFactsInput {
  @Field(() => String, { nullable: true, description: 'What it is to reach, at most 2,000 characters.' })
  goal?: string | null;
}

@InputType({ description: 'A new sprint, which nothing is in yet.' })
export class CreateSprintInput extends SprintFactsInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field(() => ID, { description: 'A Scrum board.' })
  boardId: string;
  @Field({ description: 'At most 120 characters.' })
  name: string;
  @Field({ description: 'First day, ISO.' })
  startsOn: string;
  @Field({ description: 'Last day, ISO; at most a year later.' })
  endsOn: string;
}

@InputType({ description: 'Changes to a sprint that has not ended; what is left out stays.' })
export class UpdateSprintInput extends SprintFactsInput {
  @Field(() => ID, { nullable: true, description: 'Another Scrum board of the project, while it is only planned.' })
  boardId?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 120 characters.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'First day, ISO.' })
  startsOn?: string | null;
  @Field(() => String, { nullable: true, description: 'Last day, ISO.' })
  endsOn?: string | null;
}
