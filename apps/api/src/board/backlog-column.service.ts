import { Injectable } from '@nestjs/common';
import { BACKLOG_COLUMN_NAMES, changesBetween, type Actor } from '@trainyard/domain';
import { demandProject } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockProject } from '../project/project.rows.ts';
import { lockTickets, withoutScope } from '../ticket/locked-ticket.ts';
import { ticketOf } from '../ticket/ticket.rows.ts';
import { placeInBacklog, ranksOf } from './backlog-places.ts';
import type { BacklogColumnType } from './backlog-column.types.ts';
import { ColumnGates } from './column-gates.ts';
import { mustLoad, removeColumn } from './column.service.ts';
import { holdBoard } from './held-board.ts';
import { demandThrough } from './let-through.ts';
import { atTheEnd, entriesOf, holdBoards, offBoard, writePlaces } from './many-places.ts';

/**
 * The first column of a Scrum board that began with a column "Backlog", once a sprint has been started on it: what waits is on a page of its own
 * now. Nothing is offered where somebody has said that the column stays, and where it is the only one.
 */
const OFFERED = /* sql */ `SELECT c.id, c.name, c.version, c.ticket_count AS cards,
    (SELECT count(*)::int FROM placement k JOIN ticket t ON t.id = k.ticket_id WHERE k.column_id = c.id AND NOT k.hidden AND t.sprint_id = ANY (b.sprint_ids)) AS "ofSprint",
    (SELECT n.name FROM board_column n WHERE n.board_id = b.id AND n.id <> c.id ORDER BY n.rank, n.id LIMIT 1) AS "nextName"
  FROM board b JOIN board_column c ON c.board_id = b.id
  WHERE b.id = $1 AND b.kind = 'SCRUM' AND b.archived_at IS NULL AND NOT b.keeps_backlog_column AND c.category = 'TODO' AND c.name = ANY ($2::text[])
    AND c.id = (SELECT f.id FROM board_column f WHERE f.board_id = b.id ORDER BY f.rank, f.id LIMIT 1)
    AND EXISTS (SELECT FROM board_column n WHERE n.board_id = b.id AND n.id <> c.id)
    AND EXISTS (SELECT FROM sprint s WHERE s.board_id = b.id AND s.started_at IS NOT NULL)`;

@Injectable()
export class BacklogColumnService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly gates: ColumnGates,
  ) {}

  /** Of a board that the actor was given. */
  offered(boardId: string): Promise<BacklogColumnType | null> {
    return row(this.database.direct, OFFERED, [boardId, BACKLOG_COLUMN_NAMES]);
  }

  /**
   * Its cards go to the top of the backlog, in their order; those of a sprint that runs stay on the board, at the end of the next column. Then
   * the column goes. Locked is first the board, then its columns, the project, and the cards.
   */
  async retire(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const board = demandProject(actor, 'board.manage', await holdBoard(tx, 'COLUMN', id));
      const columns = (await holdBoards(tx, [board.id])).get(board.id) ?? [];
      const column = await mustLoad(tx, id, 'FOR UPDATE');
      sameVersion(column, version);
      const offered = await row<BacklogColumnType>(tx, OFFERED, [board.id, BACKLOG_COLUMN_NAMES]);
      const next = columns.find((one) => one.id !== id);
      if (offered?.id !== id || !next) throw new DomainError('CONFLICT');
      await lockProject(tx, board.projectId);
      const lying = await rows<{ id: string }>(tx, 'SELECT ticket_id AS id FROM placement WHERE column_id = $1 AND NOT hidden ORDER BY rank, ticket_id', [id]);
      const ids = lying.map((one) => one.id);
      const locked = await lockTickets(tx, ids);
      const tickets = ids.map((one) => ticketOf(withoutScope(locked.get(one)!)));
      const runs = (sprintId: string | null): boolean => sprintId !== null && next.sprintIds.includes(sprintId);
      const leaving = tickets.filter(({ sprintId }) => !runs(sprintId));
      const staying = tickets.filter(({ sprintId }) => runs(sprintId)).map((ticket) => ({ ticket, column: next, sprintId: ticket.sprintId }));
      await demandThrough(tx, this.gates, staying);
      const changes = [...leaving.map((ticket) => offBoard(ticket, ticket.sprintId)), ...(await atTheEnd(tx, staying))];
      await writePlaces(tx, changes);
      const ranked = leaving.map((ticket) => ticket.id);
      const before = await ranksOf(tx, ranked);
      await placeInBacklog(tx, board.projectId, { ids: ranked, afterId: null });
      const entries = withRanks(entriesOf(changes), before, await ranksOf(tx, ranked));
      await this.activity.append(tx, board.projectId, actor.userId, [...entries, await removeColumn(tx, board.id, column)]);
    });
  }

  /** The column stays, and is not offered for removal again. */
  async keep(actor: Actor, boardId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const board = demandProject(actor, 'board.manage', await holdBoard(tx, 'BOARD', boardId));
      const { kept } = (await row<{ kept: boolean }>(tx, 'SELECT keeps_backlog_column AS kept FROM board WHERE id = $1', [boardId]))!;
      if (kept) return;
      await this.write(tx, actor, board);
    });
  }

  private async write(tx: Tx, actor: Actor, { id, projectId }: { id: string; projectId: string }): Promise<void> {
    await tx.query('UPDATE board SET keeps_backlog_column = true WHERE id = $1', [id]);
    await this.activity.append(tx, projectId, actor.userId, [
      { entity: 'BOARD', entityId: id, action: 'UPDATED', changes: { keepsBacklogColumn: { from: false, to: true } } },
    ]);
  }
}

/** What the log says of a card also says its new place in the backlog. */
const withRanks = (entries: readonly ActivityEntry[], before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): ActivityEntry[] =>
  entries.map((entry) => ({
    ...entry,
    changes: {
      ...entry.changes,
      ...(now.has(entry.entityId) && changesBetween({ backlogRank: before.get(entry.entityId) ?? null }, { backlogRank: now.get(entry.entityId) ?? null })),
    },
  }));
