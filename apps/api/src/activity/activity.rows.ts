import { personOf } from '../access/person.types.ts';
import { ENTRY_COLUMNS, entryColumns, type LogEntry } from '../platform/log/log-entry.ts';
import type { ActivityType } from './activity.types.ts';

/** An entry with the name of who did it. */
export interface ActivityRow extends Omit<LogEntry, 'at'> {
  actorName: string | null;
  at: Date | string;
}

/** The columns of a row of the log over `activity a LEFT JOIN app_user actor`. */
export const ACTIVITY_COLUMNS = /* sql */ `${ENTRY_COLUMNS}, actor.name AS "actorName"`;

/** Letters of one change that all who follow a project are told. The history tells all of them. */
export const TOLD_LETTERS = 1_000;
/** The same for those who follow: that a long text changed, and not what it says. */
export const NEWS_COLUMNS = /* sql */ `${entryColumns(`CASE WHEN length(a.changes::text) <= ${TOLD_LETTERS} THEN a.changes ELSE (
    SELECT jsonb_object_agg(c.field, CASE WHEN length(c.change::text) <= ${TOLD_LETTERS} THEN c.change ELSE '{"long": true}' END) FROM jsonb_each(a.changes) c (field, change)
  ) END`)}, actor.name AS "actorName"`;

export function activityOf({ actorId, actorName, ...activity }: ActivityRow): ActivityType {
  return { ...activity, actor: personOf(actorId, actorName), at: new Date(activity.at) };
}
