import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { FORECAST_REFUSALS, type ForecastRefusal } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { PercentilesType } from './flow.types.ts';

const ForecastRefusalEnum = enumOf(FORECAST_REFUSALS);
registerEnumType(ForecastRefusalEnum, { name: 'ForecastRefusal', description: 'Why nothing can be forecast.' });

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

@ObjectType('EpicFlow', { description: 'How far an epic is: what lies below it and has nothing below itself, but for what was cancelled.' })
export class EpicFlowType {
  @Field(() => ID)
  ticketId: string;
  @Field(() => Int)
  tickets: number;
  @Field(() => Int)
  done: number;
  @Field(() => Float, { description: 'Of tickets that are estimated.' })
  points: number;
  @Field(() => Float)
  pointsDone: number;
  @Field(() => Int)
  unestimated: number;
  @Field(() => [ID])
  doneIds: string[];
  @Field(() => [ID])
  openIds: string[];
  @Field(() => Int, {
    nullable: true,
    description:
      'Tickets of the project that are done when the last of the epic is: what is in progress first, then by the backlog. Null: nothing is open, or it is not of now.',
  })
  place: number | null;
  @Field(() => [String], {
    nullable: 'itemsAndList',
    description: 'The days by which so many are done in 50, 85, 95 of 100 trials; null in it: later than two years. Null: nothing is forecast.',
  })
  forecast: (string | null)[] | null;
}

@ObjectType('ProjectEpics', { description: 'The epics of a project.' })
export class ProjectEpicsType {
  @Field(() => Date, { description: 'The moment that it is of.' })
  asOf: Date;
  @Field(() => Int, { description: 'Entries of the log that are not in it yet; 0: it is of now.' })
  behind: number;
  @Field(() => ForecastType, { nullable: true, description: 'What the forecasts rest on. Null: there is nothing to forecast.' })
  forecast: ForecastType | null;
  @Field(() => [EpicFlowType], { description: 'The oldest first.' })
  epics: EpicFlowType[];
}
