import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../platform/actor.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { inOrderOf, loader } from '../platform/sql/loader.ts';
import { ProjectType } from '../project/project.types.ts';
import { LIVE } from './run-states.ts';

/** What a project shows of its runs. */
@Resolver(() => ProjectType)
export class ProjectRunsResolver {
  private readonly live = loader<string, { id: string; count: number }>(async (ids) =>
    inOrderOf(
      ids,
      await rows<{ id: string; count: number }>(
        this.database.direct,
        `SELECT project_id AS id, count(*)::int AS count FROM run WHERE project_id = ANY ($1::uuid[]) AND state IN ${LIVE} GROUP BY project_id`,
        [ids],
      ),
      ({ id }) => id,
    ),
  );

  constructor(private readonly database: Database) {}

  @ResolveField(() => Int, { description: 'Runs in the hands of a runner now.' })
  async liveRuns(@Parent() project: ProjectType, @Context() context: RequestContext): Promise<number> {
    return (await this.live(context).load(project.id))?.count ?? 0;
  }
}
