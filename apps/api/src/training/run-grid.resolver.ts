import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { PersonLoader } from '../access/person.loader.ts';
import { PersonType } from '../access/person.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { RunType } from './run-detail.types.ts';
import { RunGrids } from './run-grid.service.ts';
import { QueueRunsInput, RunGridType } from './run-grid.types.ts';

@Resolver(() => RunGridType)
export class RunGridResolver {
  constructor(
    private readonly grids: RunGrids,
    private readonly people: PersonLoader,
  ) {}

  @Mutation(() => RunGridType, { description: 'Puts every combination of some values in the queue: at most 200 runs, all or none.' })
  queueRuns(@CurrentActor() actor: Actor, @Args('input') input: QueueRunsInput): Promise<RunGridType> {
    return this.grids.queue(actor, input);
  }

  @Mutation(() => RunGridType, { description: 'Cancels all runs of a group that have not ended.' })
  cancelRuns(@CurrentActor() actor: Actor, @Args('groupId', { type: () => ID }) groupId: string): Promise<RunGridType> {
    return this.grids.cancel(actor, groupId);
  }

  @ResolveField(() => PersonType, { nullable: true, description: 'Who queued them.' })
  createdBy(@Parent() grid: RunGridType, @Context() context: RequestContext): Promise<PersonType | null> {
    return this.people.load(context, grid.createdById);
  }

  @ResolveField(() => [RunType], { complexity: listCost(20), description: 'Its runs, in the order in which they were queued.' })
  runs(@Parent() grid: RunGridType, @Context() context: RequestContext): Promise<RunType[]> {
    return this.grids.runsOf(context, grid.id);
  }
}

@Resolver(() => RunType)
export class RunGroupFieldResolver {
  constructor(private readonly grids: RunGrids) {}

  @ResolveField(() => RunGridType, { nullable: true, description: 'The runs that it was queued with by one act; null when it was queued alone.' })
  group(@Parent() run: RunType, @Context() context: RequestContext): Promise<RunGridType | null> {
    return this.grids.gridOf(context, run);
  }
}
