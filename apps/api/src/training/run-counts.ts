import { Injectable } from '@nestjs/common';
import { RUN_COUNTS, type RunCounts } from '@trainyard/domain';
import type { RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { BY_PROJECT, countsOf } from '../platform/lists/counts.ts';
import { Database } from '../platform/sql/database.ts';
import { loader } from '../platform/sql/loader.ts';
import { ProjectHealthRegistry } from '../project/health.registry.ts';
import { RUN_LIST } from './run.list.ts';

const NONE = Object.fromEntries(Object.keys(RUN_COUNTS).map((name) => [name, 0])) as unknown as RunCounts;

/** How the runs of projects stand: one statement a request, however many projects. */
@Injectable()
export class RunCounting {
  private readonly byProject = loader<string, RunCounts>(async (ids, { actor }) => {
    if (!actor) throw new DomainError('UNAUTHENTICATED');
    const found = await countsOf(this.database, RUN_LIST, actor, RUN_COUNTS, BY_PROJECT(ids));
    return ids.map((id) => found.get(id) ?? NONE);
  });

  constructor(
    private readonly database: Database,
    health: ProjectHealthRegistry,
  ) {
    health.register((context, projectId) => this.of(context, projectId));
  }

  async of(context: RequestContext, projectId: string): Promise<RunCounts> {
    return (await this.byProject(context).load(projectId)) ?? NONE;
  }
}
