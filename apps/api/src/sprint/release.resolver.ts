import { Args, Context, ID, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RELEASES_EACH, type Actor } from '@trainyard/domain';
import { ProjectEventsType } from '../activity/activity.types.ts';
import { LiveRegistry, NEWS_OF } from '../activity/live-things.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { grouped, loader } from '../platform/sql/loader.ts';
import { ProjectType } from '../project/project.types.ts';
import { RELEASE_COLUMNS, ReleaseService } from './release.service.ts';
import { CreateReleaseInput, ReleaseType, UpdateReleaseInput } from './release.types.ts';

@Resolver(() => ReleaseType)
export class ReleaseResolver {
  constructor(private readonly releases: ReleaseService) {}

  @Mutation(() => ReleaseType, { description: 'A new release of a project.' })
  createRelease(@CurrentActor() actor: Actor, @Args('input') input: CreateReleaseInput): Promise<ReleaseType> {
    return this.releases.create(actor, input);
  }

  @Mutation(() => ReleaseType, { description: 'Changes a release.' })
  updateRelease(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateReleaseInput,
  ): Promise<ReleaseType> {
    return this.releases.update(actor, id, version, input);
  }

  @Mutation(() => Boolean, { description: 'Deletes a release; restoreRelease undoes it.' })
  async deleteRelease(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.releases.delete(actor, id, version);
    return true;
  }

  @Mutation(() => ReleaseType, { description: 'Undo of a delete. RELEASE_TAKEN: another has its name by now.' })
  restoreRelease(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<ReleaseType> {
    return this.releases.restore(actor, id);
  }
}

@Resolver(() => ProjectType)
export class ProjectReleasesResolver {
  private readonly byProject = loader<string, ReleaseType[]>(async (ids) => grouped(ids, await this.service.ofProjects(ids), ({ projectId }) => projectId));

  constructor(private readonly service: ReleaseService) {}

  @ResolveField(() => [ReleaseType], { complexity: listCost(10), description: `Its releases, at most ${RELEASES_EACH}, by the day at which they are marked.` })
  async releases(@Parent() { id }: ProjectType, @Context() context: RequestContext): Promise<ReleaseType[]> {
    return (await this.byProject(context).load(id)) ?? [];
  }
}

@Resolver(() => ProjectEventsType)
export class LiveReleasesResolver {
  constructor(live: LiveRegistry) {
    live.register<ReleaseType>({
      field: 'releases',
      sql: /* sql */ `SELECT ${RELEASE_COLUMNS} FROM release r WHERE r.deleted_at IS NULL AND r.id = ${NEWS_OF('RELEASE')}`,
      of: (releases) => [...releases],
    });
  }

  @ResolveField(() => [ReleaseType], { complexity: listCost(2), description: 'Releases concerned, as they are now.' })
  releases(events: ProjectEventsType): ReleaseType[] {
    return events.things['releases'] as ReleaseType[];
  }
}
