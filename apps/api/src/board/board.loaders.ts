import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { grouped, inOrderOf, loader } from '../platform/sql/loader.ts';
import { BoardService } from './board.service.ts';
import type { BoardType, ColumnType, LabelType } from './board.types.ts';
import { LabelService } from './label.service.ts';
import { ProjectService } from './project.service.ts';
import type { ProjectType } from './project.types.ts';

/** One query a kind and request, however many projects and boards a page shows. */
@Injectable()
export class BoardLoaders {
  private readonly byProject = loader<string, BoardType[]>(async (ids) =>
    grouped(ids, await this.boardService.boardsOfProjects(ids), (board) => board.projectId),
  );
  private readonly byBoard = loader<string, ColumnType[]>(async (ids) =>
    grouped(ids, await this.boardService.columnsOfBoards(ids), (column) => column.boardId),
  );
  private readonly labelsByProject = loader<string, LabelType[]>(async (ids) =>
    grouped(ids, await this.boardService.labelsOfProjects(ids), (label) => label.projectId),
  );
  private readonly countByLabel = loader<string, { id: string; count: number }>(async (ids) =>
    inOrderOf(ids, await this.labelService.ticketCounts(ids), (label) => label.id),
  );
  private readonly projects = loader<string, ProjectType>(async (ids, context) => {
    if (!context.actor) throw new DomainError('UNAUTHENTICATED');
    return inOrderOf(ids, await this.projectService.projectsByIds(context.actor, ids), (project) => project.id);
  });

  constructor(
    private readonly boardService: BoardService,
    private readonly labelService: LabelService,
    private readonly projectService: ProjectService,
  ) {}

  async boards(context: RequestContext, projectId: string): Promise<BoardType[]> {
    return (await this.byProject(context).load(projectId)) ?? [];
  }
  async columns(context: RequestContext, boardId: string): Promise<ColumnType[]> {
    return (await this.byBoard(context).load(boardId)) ?? [];
  }
  async labels(context: RequestContext, projectId: string): Promise<LabelType[]> {
    return (await this.labelsByProject(context).load(projectId)) ?? [];
  }
  async labelTicketCount(context: RequestContext, labelId: string): Promise<number> {
    return (await this.countByLabel(context).load(labelId))?.count ?? 0;
  }
  project(context: RequestContext, id: string): Promise<ProjectType | null> {
    return this.projects(context).load(id);
  }
}
