import { Injectable } from '@nestjs/common';
import { PROJECT_NAME_MAX, type Actor, type BoardKind } from '@trainyard/domain';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demandProject, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { line } from '../platform/input.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { TEAM } from '../staffing/team.service.ts';
import { BOARD_COLUMNS, COLUMN_COLUMNS } from './board.rows.ts';
import { LABEL_COLUMNS, lockProject, PROJECT_COLUMNS } from '../project/project.rows.ts';
import type { BoardType, ColumnType, CreateProjectInput } from './board.types.ts';
import { localeOf } from '../access/locale.ts';
import { ProjectService } from '../project/project.service.ts';
import { readColumn } from './column.service.ts';
import { insertBoard } from './new-board.ts';
import { randomUUID } from 'node:crypto';
import type { ProjectType } from '../project/project.types.ts';

type BoardRow = Pick<BoardType, 'id' | 'projectId' | 'name' | 'kind' | 'archived' | 'version'>;

/** The rows of a query as a JSON array, [] for none. */
const LIST = (query: string): string => /* sql */ `COALESCE((SELECT json_agg(item) FROM (${query}) item), '[]')`;
const SIBLING_COLUMNS = BOARD_COLUMNS.replaceAll('b.', 'o.');

/** Boards and what hangs on them, read; a new board, and a new project with its first one. */
@Injectable()
export class BoardService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly projects: ProjectService,
  ) {}

  /**
   * A board with its columns and project, and of that what its head shows, in one statement: opening a board is the most
   * common read. Null when there is none that the actor may read.
   */
  board(actor: Actor, id: string): Promise<BoardType | null> {
    return row<BoardType>(
      this.database.direct,
      /* sql */ `
      SELECT ${BOARD_COLUMNS}, to_json(project) AS project, ${LIST(`SELECT ${COLUMN_COLUMNS} FROM board_column c WHERE c.board_id = b.id ORDER BY c.rank, c.id`)} AS columns
      FROM board b
      JOIN project p ON p.id = b.project_id
      CROSS JOIN LATERAL (
        SELECT ${PROJECT_COLUMNS}, (SELECT s.seq FROM activity_scope s WHERE s.id = p.id),
          (SELECT to_json(t) FROM (SELECT ${TEAM} FROM team t WHERE t.id = p.team_id) t) AS team,
          ${LIST(`SELECT ${SIBLING_COLUMNS} FROM board o WHERE o.project_id = p.id AND o.archived_at IS NULL ORDER BY o.rank, o.id`)} AS boards,
          ${LIST(`SELECT ${LABEL_COLUMNS} FROM label l WHERE l.project_id = p.id ORDER BY l.name_key, l.id`)} AS labels
      ) project
      WHERE b.id = $3 AND ${READABLE_PROJECT(1)}`,
      [...readableBy(actor), id],
    );
  }

  /** A column alone; null when there is none that the actor may read. */
  column(actor: Actor, id: string): Promise<ColumnType | null> {
    return readColumn(this.database.direct, actor, id);
  }

  /** Boards of projects the actor was given, in their order, those archived too. */
  boardsOfProjects(projectIds: readonly string[]): Promise<BoardRow[]> {
    return rows(this.database.direct, `SELECT ${BOARD_COLUMNS} FROM board b WHERE b.project_id = ANY ($1::uuid[]) ORDER BY b.rank, b.id`, [projectIds]);
  }

  /** Columns of boards the actor was given, in their order. */
  columnsOfBoards(boardIds: readonly string[]): Promise<ColumnType[]> {
    return rows(this.database.direct, `SELECT ${COLUMN_COLUMNS} FROM board_column c WHERE c.board_id = ANY ($1::uuid[]) ORDER BY c.rank, c.id`, [boardIds]);
  }

  /** A project without a board would have no place for a card. */
  async createProject(actor: Actor, input: CreateProjectInput): Promise<ProjectType> {
    const project = this.projects.checked(actor, input);
    const created = await this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'PROJECT', input.id);
      const { id, before } = await creation.find({ ...project, boardKind: input.boardKind }, (one) => this.projects.readable(tx, actor, one));
      if (before) return id;
      const entries = await this.projects.insert(tx, id, project);
      const board = await insertBoard(tx, randomUUID(), id, project.name, input.boardKind, await localeOf(tx, actor));
      await this.activity.append(tx, id, actor.userId, [...entries, ...board]);
      return id;
    });
    return this.projects.mustLoad(created);
  }

  async createBoard(actor: Actor, projectId: string, asked: string, kind: BoardKind, sent?: string | null): Promise<BoardType> {
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'BOARD', sent);
      demandProject(actor, 'board.manage', await lockProject(tx, projectId));
      const name = line('name', asked, PROJECT_NAME_MAX);
      const { id, before } = await creation.find({ projectId, name, kind }, (one) => readBoard(tx, actor, one));
      if (before) return before;
      const entries = await insertBoard(tx, id, projectId, name, kind, await localeOf(tx, actor));
      await this.activity.append(tx, projectId, actor.userId, entries);
      return (await readBoard(tx, actor, id)) as BoardType;
    });
  }
}

/** A board alone; null where there is none that the actor may read. */
function readBoard(tx: Tx, actor: Actor, id: string): Promise<BoardType | null> {
  return row(tx, `SELECT ${BOARD_COLUMNS} FROM board b JOIN project p ON p.id = b.project_id WHERE b.id = $3 AND ${READABLE_PROJECT(1)}`, [
    ...readableBy(actor),
    id,
  ]);
}
