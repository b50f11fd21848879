import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PROJECT_WAITING_DAYS, type Actor, type ProjectState } from '@trainyard/domain';
import { UserType } from '../access/access.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { StaffingLoaders } from '../staffing/staffing.loaders.ts';
import { CalendarType } from '../staffing/calendar.types.ts';
import { TeamType } from '../staffing/staffing.types.ts';
import { ProjectHealthRegistry } from './health.registry.ts';
import { ProjectHealthType } from './health.types.ts';
import { LabelType } from './label.types.ts';
import { ProjectContentsReader } from './project-contents.ts';
import { ProjectLoaders } from './project.loaders.ts';
import { ProjectStateService } from './project-state.service.ts';
import { ProjectService } from './project.service.ts';
import { ProjectContents, ProjectStateEnum, ProjectType, UpdateProjectInput } from './project.types.ts';

@Resolver(() => ProjectType)
export class ProjectResolver {
  constructor(
    private readonly projectService: ProjectService,
    private readonly loaders: ProjectLoaders,
    private readonly staffing: StaffingLoaders,
    private readonly stateService: ProjectStateService,
    private readonly contentsReader: ProjectContentsReader,
    private readonly healthRegistry: ProjectHealthRegistry,
  ) {}

  @Query(() => [ProjectType], {
    complexity: listCost(50),
    description: 'The projects one may read in any of these states, by key; all, or those of these ids.',
  })
  projects(
    @CurrentActor() actor: Actor,
    @Args('states', { type: () => [ProjectStateEnum], defaultValue: ['ACTIVE'] }) states: ProjectState[],
    @Args('ids', { type: () => [ID], nullable: true }) ids: string[] | null,
  ): Promise<ProjectType[]> {
    return this.projectService.projects(actor, states, ids);
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

  @ResolveField(() => CalendarType, { description: 'Which of its days are worked.' })
  calendar(@Parent() project: ProjectType, @Context() context: RequestContext): Promise<CalendarType | null> {
    return this.staffing.calendar(context, project.calendarId);
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

  @ResolveField(() => ProjectHealthType, { complexity: 4, description: 'How it does now, and why.' })
  health(@Parent() project: ProjectType, @Context() context: RequestContext): Promise<ProjectHealthType> {
    return this.healthRegistry.health(context, project.id);
  }

  @ResolveField(() => Date, { nullable: true, description: 'Since when it is archived; kept while it is deleted.' })
  archivedAt(@Parent() project: ProjectType): Date | null {
    return dateOf(project.archivedAt);
  }

  @ResolveField(() => Date, { nullable: true, description: 'Of a deleted project: when its waiting time is over.' })
  erasedAt(@Parent() project: ProjectType): Date | null {
    return dateOf(project.erasedAt);
  }

  @ResolveField(() => Boolean, { description: 'Whether the caller keeps it in the sidebar.' })
  isPinned(@Parent() project: ProjectType, @Context() context: RequestContext): Promise<boolean> {
    return this.loaders.isPinned(context, project.id);
  }

  @ResolveField(() => ProjectContents, { complexity: 50, description: 'What it holds now, counted.' })
  contents(@Parent() project: ProjectType): Promise<ProjectContents> {
    return this.contentsReader.read(project.id);
  }

  @Mutation(() => ProjectType, { description: 'Keeps a project in the sidebar of the caller, or lets it go.' })
  pinProject(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string, @Args('isPinned') isPinned: boolean): Promise<ProjectType> {
    return this.projectService.pin(actor, id, isPinned);
  }

  @Mutation(() => ProjectType, { description: 'Leads of the team and administrators make a project read-only and take it out of lists.' })
  archiveProject(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<ProjectType> {
    return this.stateService.archive(actor, id, version);
  }

  @Mutation(() => ProjectType, { description: `Administrators have a project erased in ${PROJECT_WAITING_DAYS} days; until then it is read-only.` })
  deleteProject(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<ProjectType> {
    return this.stateService.delete(actor, id, version);
  }

  @Mutation(() => ProjectType, { description: 'Takes back that a project was archived, or (administrators) deleted.' })
  restoreProject(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<ProjectType> {
    return this.stateService.restore(actor, id, version);
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

const dateOf = (value: Date | string | null): Date | null => (value === null ? null : new Date(value));
