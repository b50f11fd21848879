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
  /** The entry of the same scope that led to it; null: a person, the server, or a time. */
  causedBy: number | null;
  /** How many rules led to it; 0 where none did, and where a firing is taken back. */
  depth: number;
  /** The firing of a rule that wrote it, or that it takes back. */
  firingId: string | null;
}

/** The columns of an entry over `activity a`. @param changes what it tells of them */
export const entryColumns = (changes: string): string => /* sql */ `
  a.scope, a.seq::int AS seq, a.entity, a.entity_id AS "entityId", a.ticket_id AS "ticketId", a.action, ${changes} AS changes, a.actor_id AS "actorId", a.at,
  a.cause_seq::int AS "causedBy", COALESCE(a.depth, 0)::int AS depth, a.firing_id AS "firingId"`;
export const ENTRY_COLUMNS = entryColumns('a.changes');
