import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { OWN_ID } from '../platform/graphql/own-id.ts';

const MINUTES = 'Minutes of each day of the week, Monday first: seven numbers of 0 to 1440.';

@ObjectType('WorkingPattern', { description: 'When a person works, for a while. Without one: eight hours on each weekday of the first calendar.' })
export class WorkingPatternType {
  @Field(() => ID)
  id: string;
  userId: string;
  @Field(() => [Int], { description: MINUTES })
  minutes: number[];
  calendarId: string;
  @Field(() => String, { nullable: true, description: 'First day (ISO); null: since ever.' })
  fromDate: string | null;
  @Field(() => String, { nullable: true, description: 'Last day (ISO); null: open.' })
  toDate: string | null;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@ObjectType('TimeOff', { description: 'Days on which a person does not work. Why is not kept.' })
export class TimeOffType {
  @Field(() => ID)
  id: string;
  userId: string;
  @Field({ description: 'First day (ISO).' })
  fromDate: string;
  @Field({ description: 'Last day (ISO).' })
  toDate: string;
  @Field({ description: 'Half of the first day is worked.' })
  fromNoon: boolean;
  @Field({ description: 'Half of the last day is worked.' })
  untilNoon: boolean;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@InputType({ description: 'From a day on, a person works so: until the day on which something else holds already.' })
export class SetWorkingPatternInput {
  @Field(() => ID)
  userId: string;
  @Field({ description: 'First day (ISO).' })
  since: string;
  @Field(() => [Int], { description: MINUTES })
  minutes: number[];
  @Field(() => ID, { description: 'Whose holidays are theirs.' })
  calendarId: string;
}

@InputType({ description: 'Days on which a person does not work. Two of one person never share a day.' })
export class AddTimeOffInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field(() => ID)
  userId: string;
  @Field({ description: 'First day (ISO).' })
  fromDate: string;
  @Field({ description: 'Last day (ISO), 366 days at most.' })
  toDate: string;
  @Field(() => Boolean, { nullable: true, description: 'Half of the first day is worked.' })
  fromNoon?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Half of the last day is worked.' })
  untilNoon?: boolean | null;
}
