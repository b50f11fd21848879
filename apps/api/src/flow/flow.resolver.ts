import { Args, Float, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FORECAST_WINDOW_DAYS, type Actor, type Counted, type Measure } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { EpicReader } from './epic.reader.ts';
import { ForecastReader } from './forecast.reader.ts';
import type { FlowPicture } from './flow-picture.ts';
import { FlowReader, PICTURE_DAYS_MAX } from './flow.reader.ts';
import { AgeingType, CycleTimesType, FlowDayType, FlowEfficiencyType, KnownEnum, ProjectFlowType, TicketReasonType, type Known } from './flow.types.ts';
import { BacktestType, ForecastType, ProjectEpicsType } from './forecast.types.ts';
import { CountedEnum, MeasureEnum, SprintReportType, VelocityType } from './sprint-flow.types.ts';
import { SprintFlowReader } from './sprint-flow.reader.ts';

/** What a report costs: it reads the past of a project. */
const REPORT_COST = 1_500;
const AS_OF = { type: () => Date, nullable: true, description: 'A past moment: nothing later is known. Null: now.' } as const;
const PRESENCE = { type: () => Float, defaultValue: 1, description: 'The part of the people, 0 to 1, who are there.' } as const;
const ABSENCE = { type: () => Boolean, defaultValue: false, description: 'Days off that are booked thin the days to come.' } as const;
const AWAY = { type: () => [ID], defaultValue: [] as string[], description: 'People of the team who are taken to be away.' };
const RUNNERS = { type: () => Int, nullable: true, description: 'Machines that train; null: as many as it takes.' } as const;

@Resolver(() => ProjectFlowType)
export class FlowResolver {
  constructor(
    private readonly flow: FlowReader,
    private readonly sprints: SprintFlowReader,
    private readonly forecasts: ForecastReader,
    private readonly epics: EpicReader,
  ) {}

  @Query(() => ProjectFlowType, { complexity: REPORT_COST, description: 'How work flows in a project: cumulative flow, throughput, cycle times, ageing.' })
  projectFlow(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('days', { type: () => Int, defaultValue: FORECAST_WINDOW_DAYS, description: `Days of the picture, ${PICTURE_DAYS_MAX} at most.` }) days: number,
    @Args('asOf', AS_OF) asOf: Date | null,
    @Args('known', { type: () => KnownEnum, defaultValue: 'THEN' }) known: Known,
  ): Promise<FlowPicture> {
    return this.flow.picture(actor, { projectId, days, asOf: asOf ?? null, known });
  }

  @ResolveField(() => String)
  timeZone(@Parent() picture: FlowPicture): Promise<string> {
    return picture.timeZone();
  }

  @ResolveField(() => [FlowDayType])
  days(@Parent() picture: FlowPicture): Promise<FlowDayType[]> {
    return picture.days();
  }

  @ResolveField(() => CycleTimesType)
  cycleTimes(@Parent() picture: FlowPicture): Promise<CycleTimesType> {
    return picture.cycleTimes();
  }

  @ResolveField(() => AgeingType)
  ageing(@Parent() picture: FlowPicture): Promise<AgeingType> {
    return picture.ageing();
  }

  @ResolveField(() => [TicketReasonType])
  reasons(@Parent() picture: FlowPicture): Promise<TicketReasonType[]> {
    return picture.reasons();
  }

  @ResolveField(() => FlowEfficiencyType)
  efficiency(
    @Parent() picture: FlowPicture,
    @Args('workingDays', { type: () => Boolean, defaultValue: false, description: 'Counts the time of working days alone.' }) workingDays: boolean,
  ): Promise<FlowEfficiencyType> {
    return picture.efficiency(workingDays);
  }

  @Query(() => SprintReportType, { nullable: true, complexity: REPORT_COST, description: 'Burndown, burnup and what became of a sprint.' })
  sprintReport(
    @CurrentActor() actor: Actor,
    @Args('sprintId', { type: () => ID }) sprintId: string,
    @Args('measure', { type: () => MeasureEnum, defaultValue: 'POINTS' }) measure: Measure,
    @Args('counted', { type: () => CountedEnum, defaultValue: 'LEAVES' }) counted: Counted,
    @Args('asOf', AS_OF) asOf: Date | null,
  ): Promise<SprintReportType | null> {
    return this.sprints.report(actor, sprintId, { measure, counted, asOf: asOf ?? null });
  }

  @Query(() => VelocityType, { complexity: REPORT_COST, description: 'How much is completed in a sprint, of the last 3 to 8 that say something.' })
  projectVelocity(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('boardId', { type: () => ID, nullable: true, description: 'Of one board alone.' }) boardId: string | null,
    @Args('last', { type: () => Int, defaultValue: 8 }) last: number,
    @Args('measure', { type: () => MeasureEnum, defaultValue: 'POINTS' }) measure: Measure,
    @Args('counted', { type: () => CountedEnum, defaultValue: 'LEAVES' }) counted: Counted,
    @Args('asOf', AS_OF) asOf: Date | null,
  ): Promise<VelocityType> {
    return this.sprints.velocity(actor, projectId, { boardId: boardId ?? null, last, measure, counted, asOf: asOf ?? null });
  }

  @Query(() => ForecastType, { complexity: REPORT_COST, description: 'When `count` tickets are done, or how many are by `until`: one of the two is asked.' })
  projectForecast(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('count', { type: () => Int, nullable: true }) count: number | null,
    @Args('until', { type: () => String, nullable: true, description: 'ISO day of the project.' }) until: string | null,
    @Args('asOf', AS_OF) asOf: Date | null,
    @Args('presence', PRESENCE) presence: number,
    @Args('absence', ABSENCE) absence: boolean,
    @Args('away', AWAY) away: string[],
    @Args('runners', RUNNERS) runners: number | null,
  ): Promise<ForecastType> {
    return this.forecasts.forecast(actor, {
      projectId,
      asOf: asOf ?? null,
      count: count ?? null,
      until: until ?? null,
      presence,
      absence,
      away,
      runners: runners ?? null,
    });
  }

  @Query(() => ProjectEpicsType, {
    complexity: REPORT_COST,
    description: 'How far epics are, and when they are done if work goes on in the order of the backlog.',
  })
  projectEpics(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('asOf', AS_OF) asOf: Date | null,
    @Args('presence', PRESENCE) presence: number,
    @Args('absence', ABSENCE) absence: boolean,
    @Args('away', AWAY) away: string[],
    @Args('runners', RUNNERS) runners: number | null,
  ): Promise<ProjectEpicsType> {
    return this.epics.epics(actor, projectId, { asOf: asOf ?? null, presence, absence, away, runners: runners ?? null });
  }

  @Query(() => BacktestType, { complexity: REPORT_COST, description: 'How often forecasts of the last year would have come true.' })
  forecastBacktest(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('horizon', { type: () => Int, defaultValue: 14, description: 'Days that each forecast speaks of.' }) horizon: number,
  ): Promise<BacktestType> {
    return this.forecasts.backtest(actor, projectId, horizon);
  }
}
