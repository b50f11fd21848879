import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { TicketType } from '../board/ticket.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { pageCost } from '../platform/graphql/document-cost.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { ActivityConnection, ActivityType, ProjectEventsType } from './activity.types.ts';
import { HistoryService } from './history.service.ts';
import { ProjectEventsService } from './project-events.service.ts';

@Resolver(() => TicketType)
export class ActivityResolver {
  constructor(
    private readonly history: HistoryService,
    private readonly events: ProjectEventsService,
  ) {}

  @ResolveField(() => ActivityConnection, { description: 'Its history, newest first.', complexity: pageCost('first') })
  activity(
    @Parent() ticket: TicketType,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<ActivityConnection> {
    return this.history.ofTicket(ticket.id, first, after);
  }

  @Query(() => ProjectEventsType, { name: 'projectEvents', description: 'The same as the subscription, for one catch-up.' })
  catchUp(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('since', { type: () => Int }) since: number,
  ): Promise<ProjectEventsType> {
    return this.events.projectEvents(actor, projectId, since);
  }

  @Subscription(() => ProjectEventsType, {
    name: 'projectEvents',
    description: 'What happened in a project since a position, and then whatever happens, in order and without gaps.',
    resolve: (events: ProjectEventsType) => events,
  })
  follow(
    @Context() context: RequestContext,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('since', { type: () => Int }) since: number,
  ): AsyncGenerator<ProjectEventsType> {
    return this.events.follow(context, projectId, since);
  }
}

@Resolver(() => ActivityType)
export class ActivityNamesResolver {
  constructor(private readonly history: HistoryService) {}

  @ResolveField(() => JSONScalar, { description: '{id: name} of the columns and labels in `changes` as they were called then, and of the people.' })
  names(@Parent() activity: ActivityType, @Context() context: RequestContext): Promise<Record<string, string>> {
    return this.history.names(context, activity);
  }
}
