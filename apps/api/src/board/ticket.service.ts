import { Injectable } from '@nestjs/common';
import {
  changesBetween,
  enterColumn,
  hasRoomBetween,
  isPoints,
  POINTS_MAX,
  TICKET_DESCRIPTION_MAX,
  TICKET_TITLE_MAX,
  titleOf,
  type Actor,
  type ProjectScope,
} from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { CURRENT_MEMBER } from '../access/current-membership.ts';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { demandProject } from '../platform/authorize.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { line, text } from '../platform/input.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { gapBehind, holdColumn, lastUpTo, rerank, type HeldColumn } from './placement.ts';
import { TICKET_COLUMNS, TICKET_SOURCES, ticketOf, type TicketRow } from './ticket.rows.ts';
import type { CreateTicketInput, TicketType, UpdateTicketInput } from './ticket.types.ts';

type LockedTicket = TicketRow & ProjectScope;
const LABELS_MAX = 20;

/** Tickets come, change, go and come back. */
@Injectable()
export class TicketService {
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

  async updateTicket(actor: Actor, id: string, version: number, input: UpdateTicketInput): Promise<TicketType> {
    return this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'ticket.write', await lockTicket(tx, id));
      sameVersion(before, version);
      const after = {
        title: input.title == null ? undefined : line('title', titleOf(input.title), TICKET_TITLE_MAX),
        type: input.type ?? undefined,
        stage: input.stage,
        description: input.description == null ? undefined : descriptionOf(input.description),
        assigneeId: input.assigneeId,
        points: input.points === undefined ? undefined : pointsOf(input.points),
        labelIds: input.labelIds == null ? undefined : [...new Set(input.labelIds)],
      };
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length === 0) return ticketOf(withoutScope(before));
      await checkReferences(
        tx,
        before,
        { assigneeId: changes['assigneeId'] && after.assigneeId, labelIds: changes['labelIds'] && after.labelIds },
        before.labelIds,
      );
      const updated = await row<TicketRow>(
        tx,
        /* sql */ `
        WITH t AS (
          UPDATE ticket SET title = COALESCE($2, title), type = COALESCE($3, type), stage = CASE WHEN $4 THEN $5 ELSE stage END,
            description = COALESCE($6, description), assignee_id = CASE WHEN $7 THEN $8::uuid ELSE assignee_id END,
            points = CASE WHEN $9 THEN $10::real ELSE points END, label_ids = COALESCE($11::uuid[], label_ids), updated_at = now(), version = version + 1
          WHERE id = $1 RETURNING *
        )
        SELECT ${TICKET_COLUMNS} FROM t ${TICKET_SOURCES}`,
        [
          id,
          after.title,
          after.type,
          after.stage !== undefined,
          after.stage,
          after.description,
          after.assigneeId !== undefined,
          after.assigneeId,
          after.points !== undefined,
          after.points,
          after.labelIds,
        ],
      );
      if (!updated) throw new Error(`ticket ${id} vanished under its lock`);
      await this.activity.append(tx, before.projectId, actor.userId, [{ entity: 'TICKET', entityId: id, ticketId: id, action: 'UPDATED', changes }]);
      return ticketOf(updated);
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

async function lockTicket(tx: EntityManager, id: string, deleted = false): Promise<(LockedTicket & { deleted: boolean }) | null> {
  return row(
    tx,
    /* sql */ `SELECT ${TICKET_COLUMNS}, p.visibility, p.team_id AS "teamId", t.deleted_at IS NOT NULL AS deleted FROM ticket t ${TICKET_SOURCES}
      WHERE t.id = $1 AND (t.deleted_at IS NULL OR $2) FOR NO KEY UPDATE OF t`,
    [id, deleted],
  );
}

function withoutScope({ visibility: _visibility, teamId: _teamId, deleted: _deleted, ...ticket }: LockedTicket & { deleted: boolean }): TicketRow {
  return ticket;
}

const descriptionOf = (value: string): string => text('description', value, TICKET_DESCRIPTION_MAX, { empty: true, trim: false });

function pointsOf(value: number | null): number | null {
  if (value !== null && !isPoints(value)) throw new DomainError('BAD_INPUT', { field: 'points', min: 0, max: POINTS_MAX, step: 0.5 });
  return value;
}

/** An assignee must be able to read the project, and labels must be the project's, which those it `carries` are. */
async function checkReferences(
  tx: EntityManager,
  project: ProjectScope & { projectId: string },
  fields: { assigneeId?: string | null | undefined; labelIds?: readonly string[] | undefined },
  carries: readonly string[] = [],
): Promise<void> {
  if (fields.assigneeId) {
    const found = await row(
      tx,
      /* sql */ `SELECT u.id FROM app_user u WHERE u.id = $1 AND NOT u.disabled
        AND ($2 = 'OPEN' OR u.org_role IN ('OWNER', 'ADMIN') OR EXISTS (${CURRENT_MEMBER('$3::uuid', 'u.id')}))`,
      [fields.assigneeId, project.visibility, project.teamId],
    );
    if (!found) throw new DomainError('BAD_INPUT', { field: 'assigneeId', reason: 'UNKNOWN' }, 'The assignee is not somebody who can read this project.');
  }
  if (fields.labelIds && fields.labelIds.length > LABELS_MAX) throw new DomainError('BAD_INPUT', { field: 'labelIds', reason: 'TOO_MANY', max: LABELS_MAX });
  const added = fields.labelIds?.filter((id) => !carries.includes(id)) ?? [];
  if (added.length > 0) {
    // Held until the ticket is written: a label that is being deleted is found on it, or is not put on it. Only those that are
    // new to it: whoever deletes another of its labels waits for the ticket, and must not be waited for.
    const found = await row<{ count: number }>(
      tx,
      'SELECT count(*)::int AS count FROM (SELECT FROM label WHERE project_id = $1 AND id = ANY ($2::uuid[]) FOR KEY SHARE) held',
      [project.projectId, added],
    );
    if (found?.count !== added.length) throw new DomainError('BAD_INPUT', { field: 'labelIds', reason: 'UNKNOWN' }, 'A label is not one of this project.');
  }
}
