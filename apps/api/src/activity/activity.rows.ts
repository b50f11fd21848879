import { ENTRY_COLUMNS, type LogEntry } from '../platform/log/log-entry.ts';
import type { ActivityType } from './activity.types.ts';

/** An entry with the name of who did it. */
export interface ActivityRow extends Omit<LogEntry, 'at'> {
  actorName: string | null;
  at: Date | string;
}

/** The columns of a row of the log over `activity a LEFT JOIN app_user actor`. */
export const ACTIVITY_COLUMNS = /* sql */ `${ENTRY_COLUMNS}, actor.name AS "actorName"`;

export function activityOf({ actorId, actorName, ...activity }: ActivityRow): ActivityType {
  return { ...activity, actor: actorId === null ? null : { id: actorId, name: actorName ?? '' }, at: new Date(activity.at) };
}
