import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor, BoardKind, ColumnCategory, LaneField } from '@trainyard/domain';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';
import { askedCost, listCost, pageCost } from '../platform/graphql/document-cost.ts';
import { QueryArg, TimeZoneArg } from '../platform/lists/list-args.ts';
import { AskedBoardReader } from './asked-board.reader.ts';
import { CardMatchType, LaneFieldEnum, LaneType } from './asked-board.types.ts';
import { BoardLoaders } from './board.loaders.ts';
import { BoardStateService } from './board-state.service.ts';
import { BoardService } from './board.service.ts';
import {
  BoardKindEnum,
  BoardType,
  ColumnCategoryEnum,
  ColumnType,
  CreateProjectInput,
  UpdateBoardInput,
  UpdateColumnInput,
  type ProjectWithBoards,
} from './board.types.ts';
import { ColumnService } from './column.service.ts';
import { ProjectType } from '../project/project.types.ts';
import { ProjectLoaders } from '../project/project.loaders.ts';
import { TicketWindow } from './card.types.ts';
import { checkWindow, WindowReader } from './window.reader.ts';

@Resolver(() => BoardType)
export class BoardResolver {
  constructor(
    private readonly boardService: BoardService,
    private readonly states: BoardStateService,
    private readonly loaders: BoardLoaders,
    private readonly projects: ProjectLoaders,
    private readonly asking: AskedBoardReader,
  ) {}

  @Query(() => BoardType, { nullable: true, description: 'A board with its columns; cards by window.' })
  board(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<BoardType | null> {
    return this.boardService.board(actor, id);
  }

  @ResolveField(() => ProjectType, { description: 'The project it belongs to.' })
  project(@Parent() board: BoardType, @Context() context: RequestContext): ProjectType | Promise<ProjectType | null> {
    return board.project ?? this.projects.project(context, board.projectId);
  }

  @ResolveField(() => [ColumnType], { complexity: listCost(6), description: 'From left to right.' })
  columns(@Parent() board: BoardType, @Context() context: RequestContext): ColumnType[] | Promise<ColumnType[]> {
    return board.columns ?? this.loaders.columns(context, board.id);
  }

  @Mutation(() => BoardType, { description: 'Another board of a project, with the columns usual for its kind.' })
  createBoard(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('name') name: string,
    @Args('kind', { type: () => BoardKindEnum }) kind: BoardKind,
    @Args('id', OWN_ID) id?: string | null,
  ): Promise<BoardType> {
    return this.boardService.createBoard(actor, projectId, name, kind, id);
  }

  @Mutation(() => BoardType, { description: 'Renames a board, or places it behind another.' })
  updateBoard(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateBoardInput,
  ): Promise<BoardType> {
    return this.states.update(actor, id, version, input);
  }

  @Mutation(() => BoardType, { description: 'Takes a board out of lists; its tickets keep their places. Never the last one.' })
  archiveBoard(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<BoardType> {
    return this.states.archive(actor, id, version, true);
  }

  @Mutation(() => BoardType, { description: 'An archived board comes back as it was.' })
  restoreBoard(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<BoardType> {
    return this.states.archive(actor, id, version, false);
  }

  @Mutation(() => Boolean, { description: 'Deletes an archived board with its columns. Its tickets stay in the project.' })
  async deleteBoard(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.states.delete(actor, id, version);
    return true;
  }

  @ResolveField(() => Int, { complexity: 10, description: 'Tickets that lie on it, counted from its columns.' })
  ticketCount(@Parent() board: BoardType, @Context() context: RequestContext): Promise<number> {
    return this.loaders.ticketCount(context, board.id);
  }

  @ResolveField(() => [LaneType], {
    complexity: askedCost(listCost(20)),
    description: 'Its cards grouped, those that match alone: by name or in the order of stages, last the ones of none.',
  })
  lanes(
    @Parent() board: BoardType,
    @CurrentActor() actor: Actor,
    @Args('by', { type: () => LaneFieldEnum }) by: LaneField,
    @QueryArg() query: string | null,
    @TimeZoneArg() timeZone: string | null,
  ): Promise<LaneType[]> {
    return this.asking.lanes(actor, board, { by, query: query ?? null, timeZone: timeZone ?? null });
  }

  @ResolveField(() => [CardMatchType], {
    complexity: askedCost(listCost(20)),
    description: 'Those of the tickets (200 at most) that lie on it: where, and whether the query asks for them.',
  })
  matches(
    @Parent() board: BoardType,
    @CurrentActor() actor: Actor,
    @Args('ids', { type: () => [ID] }) ids: string[],
    @Args('by', { type: () => LaneFieldEnum, nullable: true }) by: LaneField | null,
    @QueryArg() query: string | null,
    @TimeZoneArg() timeZone: string | null,
  ): Promise<CardMatchType[]> {
    return this.asking.matches(actor, board, ids, { by: by ?? null, query: query ?? null, timeZone: timeZone ?? null });
  }
}

@Resolver(() => ProjectType)
export class ProjectBoardsResolver {
  constructor(
    private readonly boardService: BoardService,
    private readonly loaders: BoardLoaders,
  ) {}

  @ResolveField(() => [BoardType], { complexity: listCost(3), description: 'In their order.' })
  async boards(
    @Parent() project: ProjectWithBoards,
    @Context() context: RequestContext,
    @Args('archived', { defaultValue: false, description: 'Also those archived.' }) archived: boolean,
  ): Promise<BoardType[]> {
    if (project.boards && !archived) return project.boards;
    const all = await this.loaders.boards(context, project.id);
    return archived ? all : all.filter((board) => !board.archived);
  }

  @Mutation(() => ProjectType, { description: 'A new project with its first board. For members of the owning team, and administrators.' })
  createProject(@CurrentActor() actor: Actor, @Args('input') input: CreateProjectInput): Promise<ProjectType> {
    return this.boardService.createProject(actor, input);
  }
}

@Resolver(() => ColumnType)
export class ColumnResolver {
  constructor(
    private readonly boardService: BoardService,
    private readonly columnService: ColumnService,
    private readonly windows: WindowReader,
    private readonly asking: AskedBoardReader,
  ) {}

  @Query(() => ColumnType, { nullable: true, description: 'One column.' })
  column(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<ColumnType | null> {
    return this.boardService.column(actor, id);
  }

  @ResolveField(() => TicketWindow, {
    description: 'A window of cards in rank order; limit at most 100. With `query` of those that match, with `by` of those in one lane.',
    complexity: askedCost(pageCost('limit')),
  })
  tickets(
    @Parent() column: ColumnType,
    @Context() context: RequestContext,
    @Args('offset', { type: () => Int, defaultValue: 0 }) offset: number,
    @Args('limit', { type: () => Int, defaultValue: 20 }) limit: number,
    @QueryArg() query: string | null,
    @TimeZoneArg() timeZone: string | null,
    @Args('by', { type: () => LaneFieldEnum, nullable: true }) by: LaneField | null,
    @Args('lane', { type: () => String, nullable: true, description: 'Its key; null: the lane of those that have none.' }) lane: string | null,
  ): Promise<TicketWindow> {
    const window = { columnId: column.id, offset, limit };
    checkWindow(window);
    if (!query?.trim() && !by) return this.windows.window(context, window);
    return this.asking.window(context, { ...window, query: query ?? null, timeZone: timeZone ?? null, by: by ?? null, lane: (by && lane) ?? null });
  }

  @Mutation(() => ColumnType, { description: 'A new column: behind afterId, first for null, last when it is left out.' })
  createColumn(
    @CurrentActor() actor: Actor,
    @Args('boardId', { type: () => ID }) boardId: string,
    @Args('name') name: string,
    @Args('category', { type: () => ColumnCategoryEnum }) category: ColumnCategory,
    @Args('afterId', { type: () => ID, nullable: true }) afterId: string | null | undefined,
    @Args('id', OWN_ID) id?: string | null,
  ): Promise<ColumnType> {
    return this.columnService.createColumn(actor, { boardId, name, category, afterId }, id);
  }

  @Mutation(() => ColumnType, { description: 'Renames, limits or reorders a column.' })
  updateColumn(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateColumnInput,
  ): Promise<ColumnType> {
    return this.columnService.updateColumn(actor, id, version, input);
  }

  @Mutation(() => Boolean, { description: 'Only an empty column goes, and never the last one.' })
  async deleteColumn(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.columnService.deleteColumn(actor, id, version);
    return true;
  }
}
