import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { UserType } from '../access/access.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { StaffingLoaders } from '../staffing/staffing.loaders.ts';
import { TeamType } from '../staffing/staffing.types.ts';
import { LabelType } from './label.types.ts';
import { ProjectLoaders } from './project.loaders.ts';
import { ProjectService } from './project.service.ts';
import { ProjectType, UpdateProjectInput } from './project.types.ts';

@Resolver(() => ProjectType)
export class ProjectResolver {
  constructor(
    private readonly projectService: ProjectService,
    private readonly loaders: ProjectLoaders,
    private readonly staffing: StaffingLoaders,
  ) {}

  @Query(() => [ProjectType], { complexity: listCost(50), description: 'Every project one may read, by key.' })
  projects(@CurrentActor() actor: Actor): Promise<ProjectType[]> {
    return this.projectService.projects(actor);
  }

  @Query(() => ProjectType, { nullable: true, description: 'One project, by id or by key.' })
  project(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID, nullable: true }) id: string | null,
    @Args('key', { type: () => String, nullable: true }) key: string | null,
  ): Promise<ProjectType | null> {
    return this.projectService.project(actor, id, key);
  }

  @ResolveField(() => TeamType, { description: 'The team that owns it.' })
  team(@Parent() project: ProjectType, @Context() context: RequestContext): TeamType | Promise<TeamType | null> {
    return project.team ?? this.staffing.team(context, project.teamId);
  }

  @ResolveField(() => [LabelType], { complexity: listCost(20), description: 'By name.' })
  labels(@Parent() project: ProjectType, @Context() context: RequestContext): LabelType[] | Promise<LabelType[]> {
    return project.labels ?? this.loaders.labels(context, project.id);
  }

  @ResolveField(() => [UserType], {
    description: 'Everybody who may be assigned here: members of the team, then the others who may read the project.',
    complexity: listCost(50),
  })
  people(@Parent() project: ProjectType, @CurrentActor() actor: Actor): Promise<UserType[]> {
    return this.projectService.people(actor, project);
  }

  @Mutation(() => ProjectType, { description: 'Leads of the team and administrators change a project.' })
  updateProject(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateProjectInput,
  ): Promise<ProjectType> {
    return this.projectService.updateProject(actor, id, version, input);
  }
}
