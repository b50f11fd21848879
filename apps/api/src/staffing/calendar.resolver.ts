import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { listCost, textCost } from '../platform/graphql/document-cost.ts';
import { CalendarReader } from './calendar.reader.ts';
import { CalendarService } from './calendar.service.ts';
import { CalendarDaysInput, CalendarDayType, CalendarImport, CalendarType, CreateCalendarInput, UpdateCalendarInput } from './calendar.types.ts';
import { StaffingLoaders } from './staffing.loaders.ts';

@Resolver(() => CalendarType)
export class CalendarResolver {
  constructor(
    private readonly reader: CalendarReader,
    private readonly service: CalendarService,
    private readonly loaders: StaffingLoaders,
  ) {}

  @Query(() => [CalendarType], {
    complexity: listCost(10),
    description: 'The calendars of the organisation; the one that new projects begin with comes first.',
  })
  calendars(@CurrentActor() actor: Actor): Promise<CalendarType[]> {
    return this.reader.calendars(actor);
  }

  @Query(() => CalendarType, { nullable: true, description: 'One calendar.' })
  calendar(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<CalendarType | null> {
    return this.reader.calendar(actor, id);
  }

  @ResolveField(() => [CalendarDayType], { complexity: listCost(30), description: 'The days it names in a year, by day.' })
  days(
    @Parent() calendar: CalendarType,
    @Context() context: RequestContext,
    @Args('year', { type: () => Int, description: 'Such as 2026.' }) year: number,
  ): Promise<CalendarDayType[]> {
    if (year < 1 || year > 9_999) throw new DomainError('BAD_INPUT', { field: 'year', reason: 'NOT_A_DAY' });
    return this.loaders.calendarDays(context, calendar.id, year);
  }

  @Mutation(() => CalendarType, { description: 'Administrators make calendars.' })
  createCalendar(@CurrentActor() actor: Actor, @Args('input') input: CreateCalendarInput): Promise<CalendarType> {
    return this.service.create(actor, input);
  }

  @Mutation(() => CalendarType, { description: 'Administrators rename a calendar, and say which days of the week are worked.' })
  updateCalendar(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateCalendarInput,
  ): Promise<CalendarType> {
    return this.service.update(actor, id, version, input);
  }

  @Mutation(() => CalendarType, { description: 'Administrators name days of a calendar, or let them be as their day of the week says.' })
  changeCalendarDays(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: CalendarDaysInput,
  ): Promise<CalendarType> {
    return this.service.changeDays(actor, id, version, input);
  }

  @Mutation(() => CalendarImport, {
    complexity: textCost(100_000),
    description: 'Administrators name the days of an iCalendar file: its all-day events. Events of hours and those that repeat are left out, and told.',
  })
  readCalendarFile(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('ics', { description: 'The text of the file.' }) ics: string,
    @Args('knownUntil', { type: () => String, nullable: true, description: 'Holidays are announced until this day (ISO) by it. Left out: as before.' })
    knownUntil: string | null,
    @Args('dryRun', { defaultValue: false, description: 'Say what it would do, and do nothing.' }) dryRun: boolean,
  ): Promise<CalendarImport> {
    return this.service.importIcs(actor, id, version, ics, { knownUntil, dryRun });
  }

  @Mutation(() => Boolean, { description: 'Administrators delete a calendar that no project and no person goes by.' })
  async deleteCalendar(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.service.delete(actor, id, version);
    return true;
  }
}
