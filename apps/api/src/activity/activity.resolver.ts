import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { ActivityType, ProjectEventsType } from './activity.types.ts';
import { HistoryService } from './history.service.ts';
import { ProjectEventsService } from './project-events.service.ts';

@Resolver()
export class ActivityResolver {
  constructor(private readonly events: ProjectEventsService) {}

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
