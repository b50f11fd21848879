import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { UserType } from '../access/access.types.ts';
import { demand } from '../platform/authorize.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { CalendarType } from './calendar.types.ts';
import { checkedStretch } from './capacity.reader.ts';
import { StaffingLoaders } from './staffing.loaders.ts';
import { TimeOffService } from './time-off.service.ts';
import { WorkTimeLoaders } from './work-time.loaders.ts';
import { AddTimeOffInput, SetWorkingPatternInput, TimeOffType, WorkingPatternType } from './work-time.types.ts';
import { WorkingPatternService } from './working-pattern.service.ts';

@Resolver(() => UserType)
export class UserWorkTimeResolver {
  constructor(
    private readonly loaders: WorkTimeLoaders,
    private readonly staffing: StaffingLoaders,
  ) {}

  @Query(() => UserType, { nullable: true, description: 'One person.' })
  user(@CurrentActor() actor: Actor, @Context() context: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<UserType | null> {
    demand(actor, 'organisation.read');
    return this.staffing.user(context, id);
  }

  @ResolveField(() => [WorkingPatternType], { complexity: listCost(3), description: 'When they work, the earliest first. Days outside: the usual week.' })
  workingPatterns(@Parent() user: UserType, @Context() context: RequestContext): Promise<WorkingPatternType[]> {
    return this.loaders.patterns(context, user.id);
  }

  @ResolveField(() => [TimeOffType], { complexity: listCost(10), description: 'Days off that touch these days (ISO), both included.' })
  timeOff(@Parent() user: UserType, @Context() context: RequestContext, @Args('from') from: string, @Args('to') to: string): Promise<TimeOffType[]> {
    return this.loaders.timeOff(context, { userId: user.id, ...checkedStretch(from, to) });
  }

  @ResolveField(() => Int, {
    complexity: 10,
    description: 'Minutes they have between two days (ISO), both included: allocation x week, but for holidays and days off.',
  })
  capacityMinutes(
    @Parent() user: UserType,
    @Context() context: RequestContext,
    @Args('from') from: string,
    @Args('to') to: string,
    @Args('teamId', { type: () => ID, nullable: true, description: 'For this team; left out: for all they are in.' }) teamId: string | null,
  ): Promise<number> {
    return this.loaders.capacity(context, { userId: user.id, teamId: teamId ?? null, ...checkedStretch(from, to) });
  }
}

@Resolver(() => WorkingPatternType)
export class WorkTimeResolver {
  constructor(
    private readonly patterns: WorkingPatternService,
    private readonly timeOffService: TimeOffService,
    private readonly loaders: StaffingLoaders,
  ) {}

  @ResolveField(() => CalendarType, { description: 'Whose holidays are theirs.' })
  calendar(@Parent() pattern: WorkingPatternType, @Context() context: RequestContext): Promise<CalendarType | null> {
    return this.loaders.calendar(context, pattern.calendarId);
  }

  @Mutation(() => WorkingPatternType, { description: 'People themselves, leads of their teams and administrators say when somebody works from a day on.' })
  setWorkingPattern(@CurrentActor() actor: Actor, @Args('input') input: SetWorkingPatternInput): Promise<WorkingPatternType> {
    return this.patterns.set(actor, input);
  }

  @Mutation(() => Boolean, { description: 'It never was so: what held before goes on.' })
  async removeWorkingPattern(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.patterns.remove(actor, id, version);
    return true;
  }

  @Mutation(() => TimeOffType, { description: 'People themselves, leads of their teams and administrators say on which days somebody does not work.' })
  addTimeOff(@CurrentActor() actor: Actor, @Args('input') input: AddTimeOffInput): Promise<TimeOffType> {
    return this.timeOffService.add(actor, input);
  }

  @Mutation(() => Boolean, { description: 'They work on these days after all.' })
  async removeTimeOff(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.timeOffService.remove(actor, id, version);
    return true;
  }
}
