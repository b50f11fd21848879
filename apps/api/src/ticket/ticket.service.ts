import { Injectable } from '@nestjs/common';
import { changesBetween, type Actor } from '@trainyard/domain';
import { demandProject } from '../platform/authorize.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database, row } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockTicket, withoutScope } from './locked-ticket.ts';
import { checkFamilies, holdFamilies } from './ticket-families.ts';
import { checkDays, checkReferences, valuesIn } from './ticket-input.ts';
import { TICKET_COLUMNS, TICKET_SOURCES, ticketOf, type TicketRow } from './ticket.rows.ts';
import { asColumns, SET_VALUES } from './ticket.writes.ts';
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
      await holdFamilies(tx, [{ id, values: input }]);
      const before = demandProject(actor, 'ticket.write', await lockTicket(tx, id));
      sameVersion(before, version);
      const after = valuesIn(input);
      const changes = changesBetween(before, after);
      checkDays(before, after);
      if (Object.keys(changes).length === 0) return ticketOf(withoutScope(before));
      await checkReferences(
        tx,
        before,
        { assigneeId: changes['assigneeId'] && after.assigneeId, labelIds: changes['labelIds'] && after.labelIds },
        before.labelIds,
      );
      const told = await checkFamilies(tx, [{ before, key: `${before.projectKey}-${before.number}`, values: after }]);
      const updated = await row<TicketRow>(tx, /* sql */ `WITH ${SET_VALUES} SELECT ${TICKET_COLUMNS} FROM t ${TICKET_SOURCES}`, [id, asColumns(after)]);
      if (!updated) throw new Error(`ticket ${id} vanished under its lock`);
      await this.activity.append(tx, before.projectId, actor.userId, [{ entity: 'TICKET', entityId: id, ticketId: id, action: 'UPDATED', changes }, ...told]);
      return ticketOf({ ...updated, description: after.description ?? before.description });
    });
  }
}
