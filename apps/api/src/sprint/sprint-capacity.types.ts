import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { PersonType } from '../access/person.types.ts';

@ObjectType('CapacityRatio', { description: 'What the last closed sprints of a board completed, and the minutes that its team had in them.' })
export class CapacityRatioType {
  @Field(() => Int, { description: 'How many sprints: 3 to 8.' })
  sprints: number;
  @Field(() => Float, { description: 'Points that were completed.' })
  points: number;
  @Field(() => Int, { description: 'Minutes of the people who were in the team.' })
  minutes: number;
}

@ObjectType('PersonCapacity', { description: 'What one person has in a sprint, and what is theirs to do.' })
export class PersonCapacityType {
  @Field(() => PersonType, { nullable: true, description: "Null: what is nobody's yet." })
  person: PersonType | null;
  @Field(() => Int, { description: 'Minutes they have for this team: allocation x week, but for holidays and days off.' })
  minutes: number;
  @Field(() => Float, { nullable: true, description: 'What these come to in points by `ratio`; null: nothing tells it.' })
  capacity: number | null;
  @Field(() => Float, { description: 'Of their tickets in it that were not cancelled.' })
  points: number;
  @Field(() => Int, { description: 'Those of them without an estimate.' })
  unestimated: number;
  @Field({ description: 'More is theirs than they have time for.' })
  isOver: boolean;
}

@ObjectType('SprintCapacity', { description: 'What the people of a sprint have time for, against what is in it.' })
export class SprintCapacityType {
  @Field({
    description:
      'It is kept as it was when the sprint ended. False: the sprint has not ended, or ended before that was kept. Of one that ended then people, their time and what sprints of the board completed are those of now, and nothing is theirs.',
  })
  isFrozen: boolean;
  @Field(() => CapacityRatioType, { nullable: true, description: 'Null: fewer than three sprints of its board have ended that say something.' })
  ratio: CapacityRatioType | null;
  @Field(() => [PersonCapacityType], { description: "By name: who is in the team, and who has tickets in it; last what is nobody's." })
  people: PersonCapacityType[];
  @Field(() => Int)
  minutes: number;
  @Field(() => Float)
  points: number;
  @Field(() => Int)
  unestimated: number;
  @Field(() => Float, { nullable: true })
  capacity: number | null;
  @Field({ description: 'More is in it than there is time for.' })
  isOver: boolean;
}
