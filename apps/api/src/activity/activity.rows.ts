import type { Action, Changes, EntityKind } from '@trainyard/domain';
import type { ActivityType } from './activity.types.ts';

export interface ActivityRow {
  scope: string;
  seq: number;
  entity: EntityKind;
  entityId: string;
  ticketId: string | null;
  action: Action;
  changes: Changes;
  actorId: string | null;
  actorName: string | null;
  at: Date | string;
}

/** The columns of a row of the log over `activity a LEFT JOIN app_user actor`. */
export const ACTIVITY_COLUMNS = /* sql */ `
  a.scope, a.seq::int AS seq, a.entity, a.entity_id AS "entityId", a.ticket_id AS "ticketId", a.action, a.changes, a.actor_id AS "actorId",
  actor.name AS "actorName", a.at`;

export function activityOf({ actorId, actorName, ...activity }: ActivityRow): ActivityType {
  return { ...activity, actor: actorId === null ? null : { id: actorId, name: actorName ?? '' }, at: new Date(activity.at) };
}
