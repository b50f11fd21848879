import { Injectable } from '@nestjs/common';
import {
  changesBetween,
  COLUMN_NAME_MAX,
  COLUMNS_MAX,
  progressIn,
  WIP_LIMIT_MAX,
  type Actor,
  type ColumnCategory,
  type TicketProgress,
} from '@trainyard/domain';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { demandProject, readableBy, READABLE_PROJECT } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { brokenConstraint, Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { line } from '../platform/input.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { COLUMN_COLUMNS } from './board.rows.ts';
import type { ColumnType, UpdateColumnInput } from './board.types.ts';
import { holdBoard, type HeldBoard } from './held-board.ts';
import { holdColumn, lockCards } from './placement.ts';
import { rankBehind } from './rank-behind.ts';
import { setProgress } from '../ticket/ticket.writes.ts';

export interface NewColumn {
  boardId: string;
  name: string;
  category: ColumnCategory;
  /** The column it stands behind: null is the front, undefined the end. */
  afterId?: string | null;
}

/** The columns of a board. Their order, and that one always remains, are decided under the lock of their board. */
@Injectable()
export class ColumnService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  /** A new column behind `afterId`, at the front for null, at the end when it is left out. */
  async createColumn(actor: Actor, { boardId, category, afterId, ...input }: NewColumn, sent?: string | null): Promise<ColumnType> {
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'COLUMN', sent);
      const board = demandProject(actor, 'board.manage', await holdBoard(tx, 'BOARD', boardId));
      const name = line('name', input.name, COLUMN_NAME_MAX);
      const { id, before } = await creation.find({ boardId, name, category, afterId: afterId === null ? 'FRONT' : afterId }, (one) =>
        readColumn(tx, actor, one),
      );
      if (before) return before;
      demandUsed(board);
      const siblings = await columnsOf(tx, board.id);
      if (siblings.length >= COLUMNS_MAX) throw new DomainError('BAD_INPUT', { field: 'boardId', reason: 'TOO_MANY', max: COLUMNS_MAX });
      const column = {
        boardId: board.id,
        name,
        category,
        rank: rankBehind(siblings, afterId === undefined ? (siblings.at(-1)?.id ?? null) : afterId),
      };
      await tx.query('INSERT INTO board_column (id, board_id, name, category, rank) VALUES ($1, $2, $3, $4, $5)', [
        id,
        board.id,
        column.name,
        category,
        column.rank,
      ]);
      await this.activity.append(tx, board.projectId, actor.userId, [
        { entity: 'COLUMN', entityId: id, action: 'CREATED', changes: changesBetween({}, column) },
      ]);
      return mustLoad(tx, id);
    });
  }

  async updateColumn(actor: Actor, id: string, version: number, input: UpdateColumnInput): Promise<ColumnType> {
    return this.database.transaction(async (tx) => {
      const board = demandUsed(demandProject(actor, 'board.manage', await holdBoard(tx, 'COLUMN', id)));
      const before = await mustLoad(tx, id);
      sameVersion(before, version);
      const after = {
        name: input.name == null ? undefined : line('name', input.name, COLUMN_NAME_MAX),
        category: input.category ?? undefined,
        wipLimit: input.wipLimit,
        wipPolicy: input.wipPolicy ?? undefined,
        rank:
          input.afterId === undefined || input.afterId === id
            ? undefined
            : rankBehind(
                (await columnsOf(tx, board.id)).filter((column) => column.id !== id),
                input.afterId,
                before.rank,
              ),
      };
      if (after.wipLimit != null && (after.wipLimit < 1 || after.wipLimit > WIP_LIMIT_MAX))
        throw new DomainError('BAD_INPUT', { field: 'wipLimit', min: 1, max: WIP_LIMIT_MAX });
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length === 0) return before;
      if (changes['category']) {
        await holdColumn(tx, id);
        await lockCards(tx, 'column', id);
      }
      const now = { ...before, ...withoutUndefined(after) };
      await tx.query('UPDATE board_column SET name = $2, category = $3, wip_limit = $4, wip_policy = $5, rank = $6, version = version + 1 WHERE id = $1', [
        id,
        now.name,
        now.category,
        now.wipLimit,
        now.wipPolicy,
        now.rank,
      ]);
      const carried = changes['category'] ? await carry(tx, id, now.category) : [];
      await this.activity.append(tx, board.projectId, actor.userId, [{ entity: 'COLUMN', entityId: id, action: 'UPDATED', changes }, ...carried]);
      return mustLoad(tx, id);
    });
  }

  /** Only an empty column goes, and never the last one. */
  async deleteColumn(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const board = demandUsed(demandProject(actor, 'board.manage', await holdBoard(tx, 'COLUMN', id)));
      await holdColumn(tx, id);
      const before = await mustLoad(tx, id, 'FOR UPDATE');
      sameVersion(before, version);
      if (before.ticketCount > 0) throw new DomainError('COLUMN_NOT_EMPTY', { column: before.name, count: before.ticketCount });
      await this.activity.append(tx, board.projectId, actor.userId, [await removeColumn(tx, board.id, before)]);
    });
  }
}

/** An empty column goes, never the last one. Deleted tickets it still holds go to the first column that stays. It is held. */
export async function removeColumn(tx: Tx, boardId: string, { id, name }: Pick<ColumnType, 'id' | 'name'>): Promise<ActivityEntry> {
  const [heir] = (await columnsOf(tx, boardId)).filter((column) => column.id !== id);
  if (!heir) throw new DomainError('LAST_COLUMN');
  // A deleted ticket may come back: to the end of the first column then.
  await tx.query(
    /* sql */ `UPDATE placement SET column_id = $2, rank = COALESCE((SELECT max(last.rank) FROM placement last WHERE last.column_id = $2 AND NOT last.hidden), rank)
      WHERE board_id = $3 AND column_id = $1 AND hidden`,
    [id, heir.id, boardId],
  );
  try {
    await tx.query('DELETE FROM board_column WHERE id = $1', [id]);
  } catch (error) {
    if (brokenConstraint(error) === 'placement_column_id_fkey') throw new DomainError('COLUMN_NOT_EMPTY', { column: name });
    throw error;
  }
  return { entity: 'COLUMN', entityId: id, action: 'DELETED', changes: { boardId: { from: boardId, to: null }, name: { from: name, to: null } } };
}

/** The cards of a column that means something else now, which are as far as it says; what the log says of each. They are locked. */
async function carry(tx: Tx, columnId: string, category: ColumnCategory): Promise<ActivityEntry[]> {
  const progress = progressIn(category);
  const carried = await rows<TicketProgress & { id: string }>(
    tx,
    /* sql */ `
    WITH lying AS (
      SELECT t.id, t.state, t.resolution FROM placement k JOIN ticket t ON t.id = k.ticket_id
      WHERE k.column_id = $1 AND NOT k.hidden AND t.state <> $2 ORDER BY t.id
    ), changed AS (
      ${setProgress('ANY (SELECT id FROM lying)', '$2', '$3', 'STAYS')}
    )
    SELECT * FROM lying`,
    [columnId, progress.state, progress.resolution],
  );
  return carried.map(({ id, ...before }) => ({ entity: 'TICKET', entityId: id, ticketId: id, action: 'UPDATED', changes: changesBetween(before, progress) }));
}

/** Nobody sees an archived board: its columns stay as they are. */
function demandUsed(board: HeldBoard): HeldBoard {
  if (board.archived) throw new DomainError('BOARD_ARCHIVED');
  return board;
}

/** Null where there is none that the actor may read. */
export function readColumn(tx: Tx, actor: Actor, id: string): Promise<ColumnType | null> {
  return row(
    tx,
    /* sql */ `SELECT ${COLUMN_COLUMNS} FROM board_column c JOIN board b ON b.id = c.board_id JOIN project p ON p.id = b.project_id
      WHERE c.id = $3 AND ${READABLE_PROJECT(1)}`,
    [...readableBy(actor), id],
  );
}

function columnsOf(tx: Tx, boardId: string): Promise<{ id: string; rank: string }[]> {
  return rows(tx, 'SELECT id, rank FROM board_column WHERE board_id = $1 ORDER BY rank, id', [boardId]);
}

export async function mustLoad(tx: Tx, id: string, lock: 'FOR UPDATE' | '' = ''): Promise<ColumnType> {
  const found = await row<ColumnType>(tx, `SELECT ${COLUMN_COLUMNS} FROM board_column c WHERE c.id = $1 ${lock}`, [id]);
  if (!found) throw new DomainError('NOT_FOUND');
  return found;
}

function withoutUndefined<T extends object>(values: T): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<{ [K in keyof T]: Exclude<T[K], undefined> }>;
}
