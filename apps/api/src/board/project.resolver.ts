import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { UserType } from '../access/access.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { StaffingLoaders } from '../staffing/staffing.loaders.ts';
import { TeamType } from '../staffing/staffing.types.ts';
import { BoardLoaders } from './board.loaders.ts';
import { BoardType, LabelType } from './board.types.ts';
import { ProjectService } from './project.service.ts';
import { CreateProjectInput, ProjectType, UpdateProjectInput } from './project.types.ts';

@Resolver(() => ProjectType)
export class ProjectResolver {
  constructor(
    private readonly projectService: ProjectService,
    private readonly loaders: BoardLoaders,
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

  @ResolveField(() => [BoardType], { complexity: listCost(3), description: 'Oldest first.' })
  boards(@Parent() project: ProjectType, @Context() context: RequestContext): BoardType[] | Promise<BoardType[]> {
    return project.boards ?? this.loaders.boards(context, project.id);
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

  @Mutation(() => ProjectType, { description: 'A new project with its first board. For members of the owning team, and administrators.' })
  createProject(@CurrentActor() actor: Actor, @Args('input') input: CreateProjectInput): Promise<ProjectType> {
    return this.projectService.createProject(actor, input);
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
