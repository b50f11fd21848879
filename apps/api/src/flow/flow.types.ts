import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { STAGES, TIME_REASONS, type Resolution, type TicketKind, type TicketState, type TimeReason } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { ResolutionEnum, TicketKindEnum, TicketStateEnum } from '../ticket/ticket.types.ts';

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

@ObjectType('TicketReason', { description: 'What a ticket in progress waits for at a moment, or that it is worked on.' })
export class TicketReasonType {
  @Field(() => ID)
  ticketId: string;
  @Field(() => TimeReasonEnum)
  reason: TimeReason;
  @Field(() => String, { nullable: true, description: 'As of FlowTime.' })
  detail: string | null;
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
  @Field(() => [TicketReasonType], { description: 'Why what is in progress is not done yet, the oldest first; not all where there are very many.' })
  reasons: TicketReasonType[];
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
