import { Injectable } from '@nestjs/common';
import { changesBetween, TICKET_TITLE_MAX, titleOf, type Actor } from '@trainyard/domain';
import { demandProject } from '../platform/authorize.ts';
import { line } from '../platform/input.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database, row } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockTicket, withoutScope } from './locked-ticket.ts';
import { checkReferences, descriptionOf, pointsOf } from './ticket-input.ts';
import { TICKET_COLUMNS, TICKET_SOURCES, ticketOf, type TicketRow } from './ticket.rows.ts';
import type { TicketType, UpdateTicketInput } from './ticket.types.ts';

/** Tickets change. */
@Injectable()
export class TicketService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

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
}
