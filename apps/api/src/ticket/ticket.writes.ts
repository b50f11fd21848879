// What is written of tickets, for rooms that do more in the same statement. They give SQL for each value, hold the ticket, and tell the log.

import { insertSubject } from '../subject/subject.writes.ts';

type Column =
  | 'id'
  | 'project_id'
  | 'number'
  | 'backlog_rank'
  | 'state'
  | 'resolution'
  | 'type'
  | 'stage'
  | 'title'
  | 'description'
  | 'points'
  | 'assignee_id'
  | 'label_ids'
  | 'created_by';

/** What tickets are among the subjects. */
export const TICKET_SUBJECT = 'TICKET';

/** A new ticket, of one row of `from`, as the query `t`. */
export function insertTicket(values: Record<Column, string>, from: string): string {
  return /* sql */ `subject AS (
          ${insertSubject(values.id, `'${TICKET_SUBJECT}'`, from)}
        ), t AS (
          INSERT INTO ticket (${Object.keys(values).join(', ')}) SELECT ${Object.values(values).join(', ')} FROM ${from} RETURNING *
        )`;
}

/** `by` more comments are counted. The version stays, and so does when it was changed. */
export const countComments = (id: string, by: string): string => `UPDATE ticket SET comment_count = comment_count + ${by} WHERE id = ${id}`;

/** How far a ticket is. The version stays: a drag does not make somebody's edit stale. */
export const setProgress = (id: string, state: string, resolution: string): string =>
  /* sql */ `UPDATE ticket SET state = ${state}, resolution = ${resolution}, updated_at = now() WHERE id = ${id}`;

export const MARK_DELETED = /* sql */ `UPDATE ticket SET deleted_at = now(), updated_at = now(), version = version + 1 WHERE id = $1`;

export const restoreTicket = (id: string, state: string, resolution: string): string =>
  /* sql */ `UPDATE ticket SET deleted_at = NULL, state = ${state}, resolution = ${resolution}, updated_at = now(), version = version + 1 WHERE id = ${id} RETURNING *`;

/** The run that a card shows, `shown` being the SELECT of its id. */
export const showRun = (id: string, shown: string): string =>
  /* sql */ `UPDATE ticket SET latest_run_id = shown.id FROM (${shown}) shown WHERE ticket.id = ${id} AND ticket.latest_run_id IS DISTINCT FROM shown.id`;
