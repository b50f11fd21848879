import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  COUNTED,
  FORECAST_REFUSALS,
  MEASURES,
  SPRINT_MARKS,
  STAGES,
  STEP_KINDS,
  TIME_REASONS,
  type ForecastRefusal,
  type SprintMark,
  type StepKind,
  type Resolution,
  type TicketKind,
  type TicketState,
  type TimeReason,
} from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { ResolutionEnum, TicketKindEnum, TicketStateEnum } from '../ticket/ticket.types.ts';

export const MeasureEnum = enumOf(MEASURES);
registerEnumType(MeasureEnum, { name: 'Measure', description: 'What is summed of tickets: points, their number, or device-hours estimated.' });
export const CountedEnum = enumOf(COUNTED);
registerEnumType(CountedEnum, { name: 'Counted', description: 'Which of a parent and its children counts where both are in a sprint.' });
const StepKindEnum = enumOf(STEP_KINDS);
registerEnumType(StepKindEnum, { name: 'ScopeStepKind', description: 'How a scope changed. CANCELLED with a positive amount takes a cancellation back.' });
const SprintMarkEnum = enumOf(SPRINT_MARKS);
registerEnumType(SprintMarkEnum, { name: 'SprintMark', description: 'Why a sprint says nothing about velocity.' });
export const KNOWN = ['THEN', 'NOW'] as const;
export type Known = (typeof KNOWN)[number];
export const KnownEnum = enumOf(KNOWN);
registerEnumType(KnownEnum, {
  name: 'Known',
  description: 'A picture of the past as it was known then, or as it is known now: what went back since has left its stage.',
});
export const FlowStageEnum = enumOf(STAGES);
registerEnumType(FlowStageEnum, { name: 'FlowStage', description: 'How far a ticket is for reports. OUT: cancelled, a duplicate or deleted.' });
const TimeReasonEnum = enumOf(TIME_REASONS);
registerEnumType(TimeReasonEnum, {
  name: 'TimeReason',
  description: 'What time of a ticket went to, the first that holds. WORK and RUN_TRAINING are work, the others waiting; QUEUE: it was put back.',
});
const ForecastRefusalEnum = enumOf(FORECAST_REFUSALS);
registerEnumType(ForecastRefusalEnum, { name: 'ForecastRefusal', description: 'Why nothing can be forecast.' });

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

@ObjectType('Percentiles', { description: 'By nearest rank: each is a value that there is.' })
export class PercentilesType {
  @Field(() => Float)
  p50: number;
  @Field(() => Float)
  p85: number;
  @Field(() => Float)
  p95: number;
}

@ObjectType('FlowDay', { description: 'A day of the flow, at its end.' })
export class FlowDayType {
  @Field({ description: 'ISO.' })
  day: string;
  @Field()
  isWorking: boolean;
  @Field(() => Date, { description: 'Its first instant in the zone of the report.' })
  startsAt: Date;
  @Field(() => Date, { description: 'The first instant of the next day.' })
  endsAt: Date;
  @Field(() => [Int], { description: 'Tickets made, begun, done or out, and out by then: each number counts those behind it too, and never falls.' })
  reached: number[];
  @Field(() => [ID], { description: 'Tickets done on it, each on the day since which it is.' })
  done: string[];
}

@ObjectType('TicketCycle', { description: 'How long a ticket took that is done.' })
export class TicketCycleType {
  @Field(() => ID)
  ticketId: string;
  @Field(() => Date)
  startedAt: Date;
  @Field(() => Date)
  endedAt: Date;
  @Field(() => Int, { description: 'Days, the first and the last counted.' })
  days: number;
  @Field(() => Int, { description: 'Days since it was made.' })
  leadDays: number;
  @Field(() => Float, { description: 'Hours in progress.' })
  activeHours: number;
  @Field({ description: 'It was never in progress.' })
  isSkipped: boolean;
  @Field(() => Int, { description: 'How often it came back to progress.' })
  reentries: number;
}

@ObjectType('CycleTimes', { description: 'How long tickets took that were done in the days of the picture.' })
export class CycleTimesType {
  @Field(() => Int)
  n: number;
  @Field(() => Int, { description: 'Of those, how many were never in progress.' })
  skipped: number;
  @Field(() => PercentilesType, { nullable: true, description: 'Null: of fewer than ten nothing is said.' })
  cycle: PercentilesType | null;
  @Field(() => PercentilesType, { nullable: true })
  lead: PercentilesType | null;
  @Field(() => [TicketCycleType], { description: 'The last to end, the first of them first; not all where there are very many.' })
  tickets: TicketCycleType[];
}

@ObjectType('AgeingTicket', { description: 'A ticket in progress.' })
export class AgeingTicketType {
  @Field(() => ID)
  ticketId: string;
  @Field(() => ID, { nullable: true })
  columnId: string | null;
  @Field(() => Date)
  startedAt: Date;
  @Field(() => Int, { description: 'Days, since it was first in progress after it was last done.' })
  age: number;
  @Field(() => Int, { description: 'Days since it was ever in progress.' })
  totalAge: number;
  @Field(() => Int, { nullable: true, description: 'The highest percentile of its column (50, 85, 95) that it is older than.' })
  olderThan: number | null;
}

@ObjectType('ColumnAges', { description: 'How old tickets that are done were when they left a column.' })
export class ColumnAgesType {
  @Field(() => ID, { nullable: true })
  columnId: string | null;
  @Field(() => Int)
  n: number;
  @Field(() => PercentilesType, { nullable: true })
  ages: PercentilesType | null;
}

@ObjectType('Ageing', { description: 'What is in progress, the oldest first, against what was.' })
export class AgeingType {
  @Field(() => [AgeingTicketType])
  tickets: AgeingTicketType[];
  @Field(() => [ColumnAgesType])
  columns: ColumnAgesType[];
}

@ObjectType('FlowTime', { description: 'Time of tickets with one reason.' })
export class FlowTimeType {
  @Field(() => TimeReasonEnum)
  reason: TimeReason;
  @Field(() => String, {
    nullable: true,
    description:
      'What exactly: the device or engine that a run was queued for, the key of the ticket that blocked. Null: there is none, or the reader may not know of it.',
  })
  detail: string | null;
  @Field(() => Float)
  hours: number;
  @Field(() => Int)
  tickets: number;
  @Field(() => [ID], { description: 'Those whose time it is, the longest first.' })
  ticketIds: string[];
}

@ObjectType('Bottleneck', { description: 'What was waited for longest, by column and reason.' })
export class BottleneckType {
  @Field(() => ID, { nullable: true })
  columnId: string | null;
  @Field(() => TimeReasonEnum)
  reason: TimeReason;
  @Field(() => String, { nullable: true })
  detail: string | null;
  @Field(() => Float)
  hours: number;
  @Field(() => Float, { description: 'Its part of all waiting.' })
  share: number;
  @Field(() => [ID], { description: 'Those who waited, the longest first.' })
  ticketIds: string[];
}

@ObjectType('FlowEfficiency', {
  description: 'Of tickets that were done in the days of the picture: how much of the time was work, and what they waited for else.',
})
export class FlowEfficiencyType {
  @Field(() => Int)
  n: number;
  @Field(() => Float)
  workHours: number;
  @Field(() => Float)
  waitingHours: number;
  @Field(() => Float, { nullable: true, description: 'Work by all time, of the sums. Null: no time was spent.' })
  ratio: number | null;
  @Field(() => [FlowTimeType], { description: 'The longest first.' })
  reasons: FlowTimeType[];
  @Field(() => BottleneckType, { nullable: true })
  bottleneck: BottleneckType | null;
}

@ObjectType('ProjectFlow', { description: 'How work flows in a project, told from the log.' })
export class ProjectFlowType {
  @Field({ description: 'The zone of its days.' })
  timeZone: string;
  @Field(() => Int, { description: 'Entries of the log that are not in it yet; 0: it is of now.' })
  behind: number;
  @Field(() => Date, { description: 'The moment that it is of.' })
  asOf: Date;
  @Field(() => [FlowDayType])
  days: FlowDayType[];
  @Field(() => CycleTimesType)
  cycleTimes: CycleTimesType;
  @Field(() => AgeingType)
  ageing: AgeingType;
  @Field(() => FlowEfficiencyType)
  efficiency: FlowEfficiencyType;
}

@ObjectType('Forecast', {
  description: 'What comes, by chance: ten thousand trials, working days drawn from working days. The same question has the same answer.',
})
export class ForecastType {
  @Field(() => ForecastRefusalEnum, { nullable: true, description: 'Null: it is forecast.' })
  refusal: ForecastRefusal | null;
  @Field(() => PercentilesType, { nullable: true, description: 'Tickets done by `until`: as many or more in 50, 85, 95 of 100 trials.' })
  tickets: PercentilesType | null;
  @Field(() => [String], {
    nullable: 'itemsAndList',
    description: 'The days by which `count` tickets are done in 50, 85, 95 of 100 trials; null in it: later than two years.',
  })
  days: (string | null)[] | null;
  @Field(() => String, { nullable: true, description: 'The first day drawn from.' })
  from: string | null;
  @Field(() => String, { nullable: true, description: 'The last day drawn from.' })
  to: string | null;
  @Field(() => Int)
  workingDays: number;
  @Field(() => Int, { description: 'Days on which nothing was done: they are drawn, too.' })
  zeros: number;
  @Field(() => Int, { description: 'Tickets done in these days.' })
  completed: number;
  @Field(() => Int)
  trials: number;
  @Field({ description: 'Free days bring nothing, since there were none to draw from.' })
  isFreeDayIdle: boolean;
  @Field({ description: 'Some of the people are taken to be away.' })
  isThinnedByAbsence: boolean;
  @Field({ description: 'Runs of tickets wait for machines.' })
  isThinnedByRuns: boolean;
  @Field(() => Int, { description: 'People whose absence is taken into account; 0: it was not asked for.' })
  people: number;
  @Field(() => Int, { description: 'Of the tickets done, those that had runs; 0 where machines were not asked for, too.' })
  runTickets: number;
  @Field(() => Float, { nullable: true, description: 'Hours that runs of a ticket took: as many or fewer for half of these.' })
  runHours: number | null;
}

@ObjectType('BacktestRow', { description: 'A forecast as it would have been made on a past day.' })
export class BacktestRowType extends PercentilesType {
  @Field()
  day: string;
  @Field()
  until: string;
  @Field(() => Int, { description: 'What came.' })
  actual: number;
}

@ObjectType('Backtest', { description: 'How often past forecasts came true: at least as many were done as was said.' })
export class BacktestType {
  @Field(() => [BacktestRowType])
  rows: BacktestRowType[];
  @Field(() => PercentilesType, { description: 'Of the rows, how many.' })
  cameTrue: PercentilesType;
  @Field(() => Int, { description: 'Days on which none could have been made.' })
  refused: number;
}

@ObjectType('CountedTickets', { description: 'The tickets that a number of a report counts.' })
export class CountedTicketsType {
  @Field(() => Int)
  total: number;
  @Field(() => [ID], { description: 'Not all where there are very many.' })
  ticketIds: string[];
}

@ObjectType('ReportTicket', { description: 'A ticket that a report counts, as it is now.' })
export class ReportTicketType {
  @Field(() => ID)
  id: string;
  @Field()
  key: string;
  @Field()
  title: string;
  @Field(() => TicketKindEnum)
  type: TicketKind;
  @Field(() => TicketStateEnum)
  state: TicketState;
  @Field(() => ResolutionEnum, { nullable: true })
  resolution: Resolution | null;
  @Field()
  isDeleted: boolean;
}
