import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { COUNTED, MEASURES, SPRINT_MARKS, STEP_KINDS, type SprintMark, type StepKind } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';

export const MeasureEnum = enumOf(MEASURES);
registerEnumType(MeasureEnum, { name: 'Measure', description: 'What is summed of tickets: points, their number, or device-hours estimated.' });
export const CountedEnum = enumOf(COUNTED);
registerEnumType(CountedEnum, { name: 'Counted', description: 'Which of a parent and its children counts where both are in a sprint.' });
const StepKindEnum = enumOf(STEP_KINDS);
registerEnumType(StepKindEnum, { name: 'ScopeStepKind', description: 'How a scope changed. CANCELLED with a positive amount takes a cancellation back.' });
const SprintMarkEnum = enumOf(SPRINT_MARKS);
registerEnumType(SprintMarkEnum, { name: 'SprintMark', description: 'Why a sprint says nothing about velocity.' });

@ObjectType('BurnPoint', { description: 'How far a sprint is.' })
export class BurnPointType {
  @Field(() => Date, { description: 'From when on.' })
  at: Date;
  @Field(() => Float)
  scope: number;
  @Field(() => Float)
  done: number;
  @Field(() => Float)
  remaining: number;
  @Field(() => Int, { description: 'Tickets of the scope without an estimate: they are in none of the sums.' })
  unestimated: number;
}

@ObjectType('BurnDay', { description: 'A day of a sprint, at its end.' })
export class BurnDayType {
  @Field({ description: 'ISO.' })
  day: string;
  @Field()
  isWorking: boolean;
  @Field(() => Date, { description: 'Its first instant in the zone of the report.' })
  startsAt: Date;
  @Field(() => Date, { description: 'The first instant of the next day: one of 25 hours is longer.' })
  endsAt: Date;
  @Field(() => BurnPointType, { nullable: true, description: 'Null before the start, behind the end, and in what is to come.' })
  burn: BurnPointType | null;
  @Field(() => Float, { nullable: true, description: 'What would be left by even work on working days; null: there is none.' })
  ideal: number | null;
  @Field(() => Float, { nullable: true, description: 'The same, aimed anew at each change of the scope; null: it did not change.' })
  reaimed: number | null;
}

@ObjectType('ScopeStep', { description: 'A change of the scope by one ticket.' })
export class ScopeStepType {
  @Field(() => Date)
  at: Date;
  @Field(() => ID)
  ticketId: string;
  @Field(() => StepKindEnum)
  kind: StepKind;
  @Field(() => Float, { description: 'What the scope grew by.' })
  delta: number;
}

@ObjectType('ReportLine', { description: 'A ticket of a part of a report.' })
export class ReportLineType {
  @Field(() => ID)
  ticketId: string;
  @Field(() => Float, { nullable: true, description: 'Null: not estimated.' })
  amount: number | null;
}

@ObjectType('ReportPart', { description: 'Tickets, and the sum of what is estimated of them.' })
export class ReportPartType {
  @Field(() => Float)
  total: number;
  @Field(() => [ReportLineType])
  lines: ReportLineType[];
}

@ObjectType('SprintReport', { description: 'A sprint told from the log: committed + added + reEstimated - removed - cancelled = completed + carried.' })
export class SprintReportType {
  @Field({ description: 'The zone of its days.' })
  timeZone: string;
  @Field(() => Int, { description: 'Entries of the log that are not in it yet; 0: it is of now.' })
  behind: number;
  @Field(() => Float, { description: 'What was committed to.' })
  baseline: number;
  @Field(() => [BurnDayType])
  days: BurnDayType[];
  @Field(() => [BurnPointType], { description: 'Each change, exactly.' })
  points: BurnPointType[];
  @Field(() => [ScopeStepType])
  steps: ScopeStepType[];
  @Field(() => ReportPartType)
  committed: ReportPartType;
  @Field(() => ReportPartType)
  added: ReportPartType;
  @Field(() => ReportPartType)
  removed: ReportPartType;
  @Field(() => ReportPartType)
  reEstimated: ReportPartType;
  @Field(() => ReportPartType)
  cancelled: ReportPartType;
  @Field(() => ReportPartType)
  completed: ReportPartType;
  @Field(() => ReportPartType, { description: 'Not done when it ended; while it runs, what is left.' })
  carried: ReportPartType;
}

@ObjectType('Spread', { description: 'The mean and the range.' })
export class SpreadType {
  @Field(() => Float)
  mean: number;
  @Field(() => Float)
  min: number;
  @Field(() => Float)
  max: number;
}

@ObjectType('VelocitySprint', { description: 'A sprint that ended, as it ended.' })
export class VelocitySprintType {
  @Field(() => ID)
  id: string;
  @Field()
  name: string;
  @Field(() => Float)
  committed: number;
  @Field(() => Float)
  completed: number;
  @Field(() => Int, { description: 'Working days it was planned for.' })
  plannedDays: number;
  @Field(() => Int, { description: 'Working days that had begun when it ended.' })
  workedDays: number;
  @Field(() => SprintMarkEnum, { nullable: true })
  mark: SprintMark | null;
  @Field({ description: 'Whether it is in the spread.' })
  isUsed: boolean;
}

@ObjectType('Velocity', { description: 'How much is completed in a sprint.' })
export class VelocityType {
  @Field(() => [VelocitySprintType], { description: 'The oldest first.' })
  sprints: VelocitySprintType[];
  @Field(() => Int)
  used: number;
  @Field(() => SpreadType, { nullable: true, description: 'Null: of fewer than three nothing is said.' })
  spread: SpreadType | null;
  @Field(() => SpreadType, { nullable: true, description: 'For each working day, where sprints were not all as long.' })
  perDay: SpreadType | null;
}
