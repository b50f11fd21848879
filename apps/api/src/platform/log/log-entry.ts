import type { Action, Changes, EntityKind } from '@trainyard/domain';

/** One entry of the log as it was written. */
export interface LogEntry {
  scope: string;
  /** Its place in the scope's order. */
  seq: number;
  entity: EntityKind;
  entityId: string;
  ticketId: string | null;
  action: Action;
  changes: Changes;
  actorId: string | null;
  at: Date;
}

/** The columns of an entry over `activity a`. @param changes what it tells of them */
export const entryColumns = (changes: string): string => /* sql */ `
  a.scope, a.seq::int AS seq, a.entity, a.entity_id AS "entityId", a.ticket_id AS "ticketId", a.action, ${changes} AS changes, a.actor_id AS "actorId", a.at`;
export const ENTRY_COLUMNS = entryColumns('a.changes');
