import type { ProjectScope } from '@trainyard/domain';
import { PROJECT_SCOPE } from '../platform/authorize.ts';
import { row, type Tx } from '../platform/sql/database.ts';
import { TICKET_COLUMNS, TICKET_SOURCES, type TicketRow } from './ticket.rows.ts';

export type LockedTicket = TicketRow & ProjectScope & { deleted: boolean };

/** A ticket that nobody else changes until the transaction ends; null where there is none. @param deleted also one that was deleted */
export async function lockTicket(tx: Tx, id: string, deleted = false): Promise<LockedTicket | null> {
  return row(
    tx,
    /* sql */ `SELECT ${TICKET_COLUMNS}, ${PROJECT_SCOPE}, t.deleted_at IS NOT NULL AS deleted FROM ticket t ${TICKET_SOURCES}
      WHERE t.id = $1 AND (t.deleted_at IS NULL OR $2) FOR NO KEY UPDATE OF t`,
    [id, deleted],
  );
}

export function withoutScope({ visibility: _visibility, teamId: _teamId, projectState: _projectState, deleted: _deleted, ...ticket }: LockedTicket): TicketRow {
  return ticket;
}
