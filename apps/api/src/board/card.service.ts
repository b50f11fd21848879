import { Injectable } from '@nestjs/common';
import { changesBetween, enterColumn, hasRoomBetween, TICKET_TITLE_MAX, titleOf, type Actor } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { demandProject } from '../platform/authorize.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { line } from '../platform/input.ts';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockTicket, withoutScope } from '../ticket/locked-ticket.ts';
import { checkReferences, descriptionOf, pointsOf } from '../ticket/ticket-input.ts';
import { TICKET_COLUMNS, TICKET_SOURCES, ticketOf, type TicketRow } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import type { CreateTicketInput } from './card.types.ts';
import { gapBehind, holdColumn, lastUpTo, rerank, type HeldColumn } from './placement.ts';

/** Cards come to a board, leave it and come back. */
@Injectable()
export class CardService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  async createTicket(actor: Actor, input: CreateTicketInput): Promise<TicketType> {
    const fields = {
      title: line('title', titleOf(input.title), TICKET_TITLE_MAX),
      type: input.type,
      stage: input.stage ?? null,
      description: descriptionOf(input.description ?? ''),
      assigneeId: input.assigneeId ?? null,
      points: pointsOf(input.points ?? null),
      labelIds: [...new Set(input.labelIds ?? [])],
    };
    return this.database.transaction(async (tx) => {
      const target = demandProject(actor, 'ticket.write', await holdColumn(tx, input.columnId));
      await checkReferences(tx, target, fields);
      const { rank, entries } = await enter(tx, target, input.afterId === undefined ? await lastUpTo(tx, target.id, null) : input.afterId);
      const id = randomUUID();
      const ticket = await row<TicketRow>(
        tx,
        /* sql */ `
        WITH numbered AS (
          UPDATE project SET last_ticket_number = last_ticket_number + 1 WHERE id = $2 RETURNING last_ticket_number AS number
        ), counted AS (
          UPDATE board_column SET ticket_count = ticket_count + 1 WHERE id = $4
        ), t AS (
          INSERT INTO ticket (id, project_id, board_id, column_id, number, rank, type, stage, title, description, points, assignee_id, label_ids, created_by)
          SELECT $1, $2, $3, $4, numbered.number, $5, $6, $7, $8, $9, $10, $11, $12, $13 FROM numbered RETURNING *
        )
        SELECT ${TICKET_COLUMNS} FROM t ${TICKET_SOURCES}`,
        [
          id,
          target.projectId,
          target.boardId,
          target.id,
          rank,
          fields.type,
          fields.stage,
          fields.title,
          fields.description,
          fields.points,
          fields.assigneeId,
          fields.labelIds,
          actor.userId,
        ],
      );
      if (!ticket) throw new Error('ticket was not inserted');
      entries.push({
        entity: 'TICKET',
        entityId: id,
        ticketId: id,
        action: 'CREATED',
        changes: changesBetween({}, { ...fields, number: ticket.number, columnId: target.id, rank }),
      });
      await this.activity.append(tx, target.projectId, actor.userId, entries);
      return ticketOf(ticket);
    });
  }

  /** The card leaves the board; `restoreTicket` brings it back. */
  async deleteTicket(actor: Actor, id: string, version: number): Promise<TicketType> {
    return this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'ticket.delete', await lockTicket(tx, id));
      sameVersion(before, version);
      await tx.query('UPDATE ticket SET deleted_at = now(), updated_at = now(), version = version + 1 WHERE id = $1', [id]);
      await tx.query('UPDATE board_column SET ticket_count = ticket_count - 1 WHERE id = $1', [before.columnId]);
      await this.activity.append(tx, before.projectId, actor.userId, [
        {
          entity: 'TICKET',
          entityId: id,
          ticketId: id,
          action: 'DELETED',
          changes: { columnId: { from: before.columnId, to: null }, rank: { from: before.rank, to: null } },
        },
      ]);
      return ticketOf(withoutScope({ ...before, version: before.version + 1 }));
    });
  }

  /** Back to where its rank belongs. A ticket that is on the board already is returned as it is. */
  async restoreTicket(actor: Actor, id: string): Promise<TicketType> {
    return this.database.transaction(async (tx) => {
      const target = demandProject(actor, 'ticket.delete', await holdColumnOf(tx, id));
      const before = await lockTicket(tx, id, true);
      if (!before) throw new DomainError('NOT_FOUND');
      if (!before.deleted) return ticketOf(withoutScope(before));
      const { rank, entries } = await enter(tx, target, await lastUpTo(tx, target.id, before.rank));
      const [restored] = await rows<TicketRow>(
        tx,
        /* sql */ `
        WITH counted AS (
          UPDATE board_column SET ticket_count = ticket_count + 1 WHERE id = $2
        ), t AS (
          UPDATE ticket SET deleted_at = NULL, rank = $3, updated_at = now(), version = version + 1 WHERE id = $1 RETURNING *
        )
        SELECT ${TICKET_COLUMNS} FROM t ${TICKET_SOURCES}`,
        [id, target.id, rank],
      );
      if (!restored) throw new Error(`ticket ${id} vanished under its lock`);
      entries.push({
        entity: 'TICKET',
        entityId: id,
        ticketId: id,
        action: 'CREATED',
        changes: { columnId: { from: null, to: target.id }, rank: { from: null, to: rank }, restored: { from: false, to: true } },
      });
      await this.activity.append(tx, target.projectId, actor.userId, entries);
      return ticketOf(restored);
    });
  }
}

/** A rank for a card that enters a held column, which is reranked first where no rank fits. */
async function enter(tx: EntityManager, column: HeldColumn, afterId: string | null): Promise<{ rank: string; entries: ActivityEntry[] }> {
  const entries: ActivityEntry[] = [];
  let gap = await gapBehind(tx, column.id, afterId);
  if (gap.after !== 'gone' && !hasRoomBetween(gap.after?.rank ?? null, gap.next?.rank ?? null)) {
    entries.push(await rerank(tx, column));
    gap = await gapBehind(tx, column.id, afterId);
  }
  return { rank: decided(enterColumn({ column, ...gap })).rank, entries };
}

/** Holds the column a ticket lies in; looks again where it went elsewhere meanwhile: a deleted ticket does with its column. */
async function holdColumnOf(tx: EntityManager, id: string): Promise<HeldColumn | null> {
  let held: HeldColumn | null = null;
  for (;;) {
    const lies: { columnId: string } | null = await row(tx, 'SELECT column_id AS "columnId" FROM ticket WHERE id = $1', [id]);
    if (!lies || lies.columnId === held?.id) return held;
    held = await holdColumn(tx, lies.columnId);
  }
}
