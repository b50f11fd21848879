import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/actor.ts';
import { grouped, loader } from '../platform/sql/loader.ts';
import { BoardService } from './board.service.ts';
import type { BoardType, ColumnType } from './board.types.ts';

/** One query a kind and request, however many projects and boards a page shows. */
@Injectable()
export class BoardLoaders {
  private readonly byProject = loader<string, BoardType[]>(async (ids) =>
    grouped(ids, await this.boardService.boardsOfProjects(ids), (board) => board.projectId),
  );
  private readonly byBoard = loader<string, ColumnType[]>(async (ids) =>
    grouped(ids, await this.boardService.columnsOfBoards(ids), (column) => column.boardId),
  );

  constructor(private readonly boardService: BoardService) {}

  async boards(context: RequestContext, projectId: string): Promise<BoardType[]> {
    return (await this.byProject(context).load(projectId)) ?? [];
  }
  async ticketCount(context: RequestContext, boardId: string): Promise<number> {
    return (await this.columns(context, boardId)).reduce((sum, column) => sum + column.ticketCount, 0);
  }
  async columns(context: RequestContext, boardId: string): Promise<ColumnType[]> {
    return (await this.byBoard(context).load(boardId)) ?? [];
  }
}
