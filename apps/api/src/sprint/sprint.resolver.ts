import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { OPEN_SPRINTS_MAX, SPRINT_STATES, SPRINT_TICKETS_MAX, type Actor, type OtherCards, type SprintState } from '@trainyard/domain';
import { BoardType } from '../board/board.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { demand } from '../platform/authorize.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { ProjectType } from '../project/project.types.ts';
import { TicketType } from '../ticket/ticket.types.ts';
import { CourseService } from './course.service.ts';
import { SprintCapacityType } from './sprint-capacity.types.ts';
import { SprintLoaders } from './sprint.loaders.ts';
import { SprintService } from './sprint.service.ts';
import { CreateSprintInput, OtherCardsEnum, SprintStateEnum, SprintTicketType, SprintTotals, SprintType, UpdateSprintInput } from './sprint.types.ts';

@Resolver(() => SprintType)
export class SprintResolver {
  constructor(
    private readonly sprints: SprintService,
    private readonly course: CourseService,
    private readonly loaders: SprintLoaders,
  ) {}

  @Query(() => SprintType, { nullable: true, description: 'A sprint.' })
  sprint(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<SprintType | null> {
    return this.sprints.sprint(actor, id);
  }

  @ResolveField(() => SprintTotals, { complexity: 10, description: 'Its tickets, summed.' })
  totals(@Parent() { id }: SprintType, @Context() context: RequestContext): Promise<SprintTotals> {
    return this.loaders.totals(context, id);
  }

  @ResolveField(() => [SprintTicketType], {
    complexity: listCost(5),
    description: 'What became of its tickets; empty until it has ended. What is in one that has not is asked for by `sprint:` of the list of tickets.',
  })
  outcomes(@Parent() { id }: SprintType, @Context() context: RequestContext): Promise<SprintTicketType[]> {
    return this.loaders.outcomes(context, id);
  }

  @ResolveField(() => SprintCapacityType, {
    complexity: 20,
    description: 'What the people of its team have time for on its days, against what is in it. Their working time is known to all who may read people.',
  })
  capacity(@Parent() sprint: SprintType, @CurrentActor() actor: Actor, @Context() context: RequestContext): Promise<SprintCapacityType> {
    demand(actor, 'organisation.read');
    return this.loaders.capacity(context, sprint);
  }

  @Mutation(() => SprintType, { description: 'A new sprint of a Scrum board.' })
  createSprint(@CurrentActor() actor: Actor, @Args('input') input: CreateSprintInput): Promise<SprintType> {
    return this.sprints.create(actor, input);
  }

  @Mutation(() => SprintType, { description: 'Changes a sprint that has not ended.' })
  updateSprint(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateSprintInput,
  ): Promise<SprintType> {
    return this.sprints.update(actor, id, version, input);
  }

  @Mutation(() => Boolean, { description: 'Takes back a sprint that has not started. Its tickets are in none then.' })
  async deleteSprint(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.sprints.delete(actor, id, version);
    return true;
  }

  @Mutation(() => [TicketType], {
    complexity: listCost(50),
    description: `Up to ${SPRINT_TICKETS_MAX} tickets of a project come to a sprint, or to none (null). In one that runs they come onto its board; what leaves one that runs leaves its board. Not versioned: what is said last holds.`,
  })
  planTickets(
    @CurrentActor() actor: Actor,
    @Args('ids', { type: () => [ID] }) ids: string[],
    @Args('sprintId', { type: () => ID, nullable: true }) sprintId: string | null,
  ): Promise<TicketType[]> {
    return this.course.plan(actor, ids, sprintId ?? null);
  }

  @Mutation(() => SprintType, { description: 'Starts it: what is in it is what it commits to, and comes onto its board.' })
  startSprint(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('others', { type: () => OtherCardsEnum, defaultValue: 'LEAVE', description: 'Cards on the board that are in no running sprint.' }) others: OtherCards,
  ): Promise<SprintType> {
    return this.course.start(actor, id, version, others);
  }

  @Mutation(() => SprintType, {
    description:
      'Ends it. What is not done is carried to another sprint of the project, or goes to the backlog (null). With a version it is ended as it was seen: one that was opened again since runs on.',
  })
  completeSprint(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('unfinishedTo', { type: () => ID, nullable: true }) unfinishedTo: string | null,
    @Args('abandoned', { type: () => Boolean, defaultValue: false, description: 'It was given up: velocity leaves it out.' }) abandoned: boolean,
    @Args('version', { type: () => Int, nullable: true, description: 'The version that was seen; left out: whichever runs is ended.' })
    version: number | null,
  ): Promise<SprintType> {
    return this.course.complete(actor, id, unfinishedTo ?? null, abandoned, version ?? null);
  }

  @Mutation(() => SprintType, { description: 'A sprint that has ended runs on, as a stretch of its own.' })
  reopenSprint(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<SprintType> {
    return this.course.reopen(actor, id, version);
  }
}

@Resolver(() => BoardType)
export class BoardSprintsResolver {
  constructor(private readonly loaders: SprintLoaders) {}

  @ResolveField(() => [SprintType], { complexity: listCost(2), description: 'Sprints that run on it, the newest first: what is put on the board joins that.' })
  runningSprints(@Parent() { id }: BoardType, @Context() context: RequestContext): Promise<SprintType[]> {
    return this.loaders.runningOn(context, id);
  }
}

/** Of a project that have ended, asked for at once. */
const ENDED_AT_ONCE = 50;

@Resolver(() => ProjectType)
export class ProjectSprintsResolver {
  constructor(private readonly service: SprintService) {}

  @ResolveField(() => [SprintType], {
    complexity: listCost(8),
    description: `What runs, what is planned by its first day, and what ended, the last first (at most ${ENDED_AT_ONCE} of these).`,
  })
  sprints(
    @Parent() { id }: ProjectType,
    @Args('states', { type: () => [SprintStateEnum], defaultValue: [...SPRINT_STATES] }) states: SprintState[],
  ): Promise<SprintType[]> {
    return this.service.sprintsOf([id], states, OPEN_SPRINTS_MAX + ENDED_AT_ONCE);
  }
}
