import type { ProjectScope } from '@trainyard/domain';
import { PROJECT_SCOPE } from '../platform/authorize.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import { TICKET_COLUMNS, TICKET_SOURCES, type TicketRow } from './ticket.rows.ts';

export type LockedTicket = TicketRow & ProjectScope & { deleted: boolean };

/** A ticket that nobody else changes until the transaction ends; null where there is none. @param deleted also one that was deleted */
export async function lockTicket(tx: Tx, id: string, deleted = false): Promise<LockedTicket | null> {
  // Sent together: the second sees what was committed until the first had its lock, where the ticket lies too.
  const [, found] = await Promise.all([
    tx.query('SELECT FROM ticket WHERE id = $1 FOR NO KEY UPDATE', [id]),
    row<LockedTicket>(
      tx,
      /* sql */ `SELECT ${TICKET_COLUMNS}, ${PROJECT_SCOPE}, t.deleted_at IS NOT NULL AS deleted FROM ticket t ${TICKET_SOURCES}
      WHERE t.id = $1 AND (t.deleted_at IS NULL OR $2)`,
      [id, deleted],
    ),
  ]);
  return found;
}

/** Tickets that nobody else changes until the transaction ends, deleted ones too, by their ids. */
export async function lockTickets(tx: Tx, ids: readonly string[]): Promise<Map<string, LockedTicket>> {
  const [, found] = await Promise.all([
    tx.query('SELECT FROM ticket WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [ids]),
    unlockedTickets(tx, ids),
  ]);
  return found;
}

/** The same while others may change them: enough to ask for rights before anything is waited for. */
export async function unlockedTickets(tx: Tx, ids: readonly string[]): Promise<Map<string, LockedTicket>> {
  const found = await rows<LockedTicket>(
    tx,
    /* sql */ `SELECT ${TICKET_COLUMNS}, ${PROJECT_SCOPE}, t.deleted_at IS NOT NULL AS deleted FROM ticket t ${TICKET_SOURCES} WHERE t.id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(found.map((ticket) => [ticket.id, ticket]));
}

export function withoutScope({ visibility: _visibility, teamId: _teamId, projectState: _projectState, deleted: _deleted, ...ticket }: LockedTicket): TicketRow {
  return ticket;
}
