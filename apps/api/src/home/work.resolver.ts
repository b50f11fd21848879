import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { TimeZoneArg } from '../platform/lists/list-args.ts';
import { HealthReasonType } from '../project/health.types.ts';
import { ProjectType } from '../project/project.types.ts';
import { ProjectBests } from './project-best.ts';
import { WorkReader } from './work.reader.ts';
import { ComputeUse, DayReport, PersonWorkload, ProjectBest, WeekSentenceType } from './work.types.ts';

/** What the blocks of home ask for. */
@Resolver()
export class WorkResolver {
  constructor(private readonly reader: WorkReader) {}

  @Query(() => [HealthReasonType], { complexity: listCost(5), description: 'What is not as it should be in all active projects that one may read, together.' })
  attention(@CurrentActor() actor: Actor): Promise<HealthReasonType[]> {
    return this.reader.attention(actor);
  }

  @Query(() => [PersonWorkload], { complexity: listCost(30), description: 'The people of a team, those first who have most in progress.' })
  workload(
    @CurrentActor() actor: Actor,
    @Args('teamId', { type: () => ID }) teamId: string,
    @TimeZoneArg() timeZone: string | null,
  ): Promise<PersonWorkload[]> {
    return this.reader.workload(actor, teamId, timeZone ?? null);
  }

  @Query(() => DayReport, { description: 'What happened since yesterday began, in a project or in all that one may read.' })
  sinceYesterday(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID, nullable: true }) projectId: string | null,
    @TimeZoneArg() timeZone: string | null,
  ): Promise<DayReport> {
    return this.reader.sinceYesterday(actor, projectId ?? null, timeZone ?? null);
  }

  @Query(() => [WeekSentenceType], { complexity: listCost(3), description: 'The last seven days in three sentences: of work, of runs, of projects.' })
  week(@Context() context: RequestContext): Promise<WeekSentenceType[]> {
    return this.reader.week(context);
  }

  @Query(() => ComputeUse, { description: 'What machines did in the last seven days.' })
  compute(@CurrentActor() actor: Actor): Promise<ComputeUse> {
    return this.reader.compute(actor);
  }
}

@Resolver(() => ProjectType)
export class ProjectBestResolver {
  constructor(private readonly bests: ProjectBests) {}

  @ResolveField(() => ProjectBest, { nullable: true, complexity: 4, description: 'Its best run; null where none has succeeded.' })
  best(@Parent() project: ProjectType, @Context() context: RequestContext): Promise<ProjectBest | null> {
    return this.bests.of(context, project.id);
  }
}
