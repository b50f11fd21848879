import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CALENDAR_DAYS_MAX, CALENDAR_NAME_MAX, ICS_LEFT_OUT, type IcsLeftOut, type NamedDay } from '@trainyard/domain';
import { listCost } from '../platform/graphql/document-cost.ts';
import { enumOf } from '../platform/graphql/enum.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';

const WEEKDAYS = 'Days of the week that are worked: Monday is 1, Sunday 7.';
const KNOWN_UNTIL = 'The last day (ISO) whose holidays are announced; null: none are to come.';

@ObjectType('Calendar', { description: 'Which days are worked: days of the week, and the days that are not as these say.' })
export class CalendarType {
  @Field(() => ID)
  id: string;
  @Field(() => String, { nullable: true, description: 'WEEKDAYS or CHINA: there from the start and never renamed, so that screens name it in their language.' })
  key: string | null;
  @Field()
  name: string;
  @Field(() => [Int], { description: WEEKDAYS })
  weekdays: number[];
  @Field(() => String, { nullable: true, description: KNOWN_UNTIL })
  knownUntil: string | null;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@ObjectType('CalendarDay', { description: 'A day that is not as its day of the week says.' })
export class CalendarDayType implements NamedDay {
  @Field({ description: 'ISO.' })
  day: string;
  @Field({ description: 'Worked, such as to make up for a holiday; else a day off.' })
  works: boolean;
  @Field()
  name: string;
}

@InputType({ description: 'A day that is not as its day of the week says.' })
export class CalendarDayInput implements NamedDay {
  @Field({ description: 'ISO.' })
  day: string;
  @Field({ description: 'Worked, such as to make up for a holiday; else a day off.' })
  works: boolean;
  @Field({ description: 'At most 80 characters.' })
  name: string;
}

@InputType({ description: 'A new calendar.' })
export class CreateCalendarInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field({ description: `At most ${CALENDAR_NAME_MAX} characters.` })
  name: string;
  @Field(() => [Int], { description: WEEKDAYS })
  weekdays: number[];
  @Field(() => String, { nullable: true, description: KNOWN_UNTIL })
  knownUntil?: string | null;
}

@InputType({ description: 'Changes to a calendar; what is left out stays.' })
export class UpdateCalendarInput {
  @Field(() => String, { nullable: true, description: `At most ${CALENDAR_NAME_MAX} characters.` })
  name?: string | null;
  @Field(() => [Int], { nullable: true, description: WEEKDAYS })
  weekdays?: number[] | null;
  @Field(() => String, { nullable: true, description: `${KNOWN_UNTIL} Null clears it.` })
  knownUntil?: string | null;
}

@InputType({ description: `Days to name, and days to be as their day of the week says. A calendar names ${CALENDAR_DAYS_MAX} days at most.` })
export class CalendarDaysInput {
  @Field(() => [CalendarDayInput], { nullable: true, description: 'Named so, whatever they were.' })
  name?: CalendarDayInput[] | null;
  @Field(() => [String], { nullable: true, description: 'ISO days that are named no more.' })
  forget?: string[] | null;
}

export const IcsLeftOutEnum = enumOf(ICS_LEFT_OUT);
registerEnumType(IcsLeftOutEnum, { name: 'IcsLeftOutReason', description: 'Why an event of a calendar file gives no day.' });

@ObjectType({ description: 'An event of a calendar file that gives no day.' })
export class IcsLeftOutType {
  @Field(() => Int, { description: 'Where it begins in the file.' })
  line: number;
  @Field()
  name: string;
  @Field(() => IcsLeftOutEnum)
  reason: IcsLeftOut;
}

@ObjectType({ description: 'A day that is named otherwise than before.' })
export class CalendarDayChange {
  @Field(() => CalendarDayType)
  from: CalendarDayType;
  @Field(() => CalendarDayType)
  to: CalendarDayType;
}

@ObjectType({ description: 'What a file of holidays does to a calendar.' })
export class CalendarImport {
  @Field(() => CalendarType, { description: 'As it is now.' })
  calendar: CalendarType;
  @Field(() => [CalendarDayType], { complexity: listCost(100), description: 'Days that were not named before.' })
  added: CalendarDayType[];
  @Field(() => [CalendarDayChange], { complexity: listCost(20), description: 'Days that were named otherwise.' })
  changed: CalendarDayChange[];
  @Field(() => Int, { description: 'Days that were named so already.' })
  unchangedCount: number;
  @Field(() => [IcsLeftOutType], { complexity: listCost(50), description: 'Events that give no day, the first of them.' })
  leftOut: IcsLeftOutType[];
  @Field(() => Int, { description: 'All events that give no day.' })
  leftOutCount: number;
}
