import { Injectable } from '@nestjs/common';
import { changesBetween, PROJECT_NAME_MAX, type Actor } from '@trainyard/domain';
import { demandProject } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { line } from '../platform/input.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { BOARD_COLUMNS } from './board.rows.ts';
import type { BoardType, UpdateBoardInput } from './board.types.ts';
import { holdBoard, type HeldBoard } from './held-board.ts';
import { holdColumn, lockCards } from './placement.ts';
import { rankBehind } from './rank-behind.ts';

/**
 * Boards are renamed, ordered, archived and deleted. Locked is first the board, then its columns where cards must not come or go meanwhile,
 * then the project, under which the order and the number of its boards are decided.
 */
@Injectable()
export class BoardStateService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  async update(actor: Actor, id: string, version: number, input: UpdateBoardInput): Promise<BoardType> {
    return this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'board.manage', await holdBoard(tx, 'BOARD', id));
      sameVersion(before, version);
      const isPlaced = input.afterId !== undefined && input.afterId !== id;
      const after = {
        name: input.name == null ? undefined : line('name', input.name, PROJECT_NAME_MAX),
        rank: isPlaced ? rankBehind(await siblingsOf(tx, before), input.afterId ?? null, before.rank) : undefined,
      };
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length > 0) {
        await tx.query('UPDATE board SET name = COALESCE($2, name), rank = COALESCE($3, rank), version = version + 1 WHERE id = $1', [
          id,
          after.name,
          after.rank,
        ]);
        await this.activity.append(tx, before.projectId, actor.userId, [{ entity: 'BOARD', entityId: id, action: 'UPDATED', changes }]);
      }
      return mustLoad(tx, id);
    });
  }

  /** Out of lists, or back. */
  async archive(actor: Actor, id: string, version: number, archived: boolean): Promise<BoardType> {
    return this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'board.manage', await holdBoard(tx, 'BOARD', id));
      sameVersion(before, version);
      if (before.archived === archived) return mustLoad(tx, id);
      if (archived) {
        await holdColumns(tx, id);
        const running = await row<{ count: number }>(tx, 'SELECT cardinality(sprint_ids) AS count FROM board WHERE id = $1', [id]);
        if ((running?.count ?? 0) > 0) throw new DomainError('SPRINT_RUNS');
        const siblings = await siblingsOf(tx, before);
        if (!siblings.some((sibling) => !sibling.archived)) throw new DomainError('LAST_BOARD');
      }
      await tx.query('UPDATE board SET archived_at = CASE WHEN $2 THEN now() END, version = version + 1 WHERE id = $1', [id, archived]);
      const changes = { archived: { from: before.archived, to: archived } };
      await this.activity.append(tx, before.projectId, actor.userId, [{ entity: 'BOARD', entityId: id, action: 'UPDATED', changes }]);
      return mustLoad(tx, id);
    });
  }

  /** The board goes, with its columns and the places of its tickets. These stay in the project, where they stand in its backlog. */
  async delete(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'board.manage', await holdBoard(tx, 'BOARD', id));
      sameVersion(before, version);
      if (!before.archived) throw new DomainError('BOARD_NOT_ARCHIVED');
      await holdColumns(tx, id);
      await lockCards(tx, 'board', id);
      const placed = await row<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM placement WHERE board_id = $1 AND NOT hidden', [id]);
      await tx.query('DELETE FROM placement WHERE board_id = $1', [id]);
      await tx.query('DELETE FROM board WHERE id = $1', [id]);
      const changes = { name: { from: before.name, to: null }, kind: { from: before.kind, to: null }, ticketCount: { from: placed?.count ?? 0, to: null } };
      await this.activity.append(tx, before.projectId, actor.userId, [{ entity: 'BOARD', entityId: id, action: 'DELETED', changes }]);
    });
  }
}

/** Until the transaction ends no card comes to the board. */
async function holdColumns(tx: Tx, boardId: string): Promise<void> {
  for (const { id } of await rows<{ id: string }>(tx, 'SELECT id FROM board_column WHERE board_id = $1 ORDER BY id', [boardId])) await holdColumn(tx, id);
}

/** The other boards of the project, which nobody changes until the transaction ends. */
async function siblingsOf(tx: Tx, { id, projectId }: HeldBoard): Promise<{ id: string; rank: string; archived: boolean }[]> {
  await tx.query('SELECT FROM project WHERE id = $1 FOR NO KEY UPDATE', [projectId]);
  return rows(tx, 'SELECT id, rank, archived_at IS NOT NULL AS archived FROM board WHERE project_id = $1 AND id <> $2 ORDER BY rank, id', [projectId, id]);
}

async function mustLoad(tx: Tx, id: string): Promise<BoardType> {
  return (await row<BoardType>(tx, `SELECT ${BOARD_COLUMNS} FROM board b WHERE b.id = $1`, [id])) as BoardType;
}
