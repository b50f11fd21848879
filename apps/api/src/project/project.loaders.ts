import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { grouped, inOrderOf, loader } from '../platform/sql/loader.ts';
import { LabelCarriers } from './label-carriers.ts';
import { LabelService } from './label.service.ts';
import type { LabelType } from './label.types.ts';
import { ProjectService } from './project.service.ts';
import type { ProjectType } from './project.types.ts';

/** One query a kind and request, however many projects a page shows. */
@Injectable()
export class ProjectLoaders {
  private readonly labelsByProject = loader<string, LabelType[]>(async (ids) =>
    grouped(ids, await this.labelService.labelsOfProjects(ids), (label) => label.projectId),
  );
  private readonly countByLabel = loader<string, { id: string; count: number }>(async (ids) =>
    inOrderOf(ids, await this.carriers.counts(ids), (label) => label.id),
  );
  private readonly projects = loader<string, ProjectType>(async (ids, context) => {
    if (!context.actor) throw new DomainError('UNAUTHENTICATED');
    return inOrderOf(ids, await this.projectService.projectsByIds(context.actor, ids), (project) => project.id);
  });

  private readonly pinned = loader<string, { id: string }>(async (ids, context) => {
    if (!context.actor) throw new DomainError('UNAUTHENTICATED');
    return inOrderOf(ids, await this.projectService.pinned(context.actor, ids), ({ id }) => id);
  });

  constructor(
    private readonly labelService: LabelService,
    private readonly carriers: LabelCarriers,
    private readonly projectService: ProjectService,
  ) {}

  async labels(context: RequestContext, projectId: string): Promise<LabelType[]> {
    return (await this.labelsByProject(context).load(projectId)) ?? [];
  }
  async labelTicketCount(context: RequestContext, labelId: string): Promise<number> {
    return (await this.countByLabel(context).load(labelId))?.count ?? 0;
  }
  async isPinned(context: RequestContext, projectId: string): Promise<boolean> {
    return (await this.pinned(context).load(projectId)) !== null;
  }
  project(context: RequestContext, id: string): Promise<ProjectType | null> {
    return this.projects(context).load(id);
  }
}
