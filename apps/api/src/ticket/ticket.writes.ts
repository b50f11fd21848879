// What is written of tickets, for rooms that do more in the same statement. They give SQL for each value, hold the ticket, and tell the log.

import type { TicketValues } from '@trainyard/domain';
import type { Tx } from '../platform/sql/database.ts';
import { insertSubject } from '../subject/subject.writes.ts';
import { OWN_VALUES, VALUE_COLUMNS } from './ticket.rows.ts';

type Column = 'id' | 'project_id' | 'number' | 'backlog_rank' | 'state' | 'resolution' | 'ended_at' | 'sprint_id' | 'created_by';

/** What tickets are among the subjects. */
export const TICKET_SUBJECT = 'TICKET';

const SET_COLUMNS = OWN_VALUES.map(([, column]) => column);

/** What people set, as the parameter of the statements here: an object by columns. */
export const asColumns = (values: Partial<TicketValues>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(values).map(([as, value]) => [VALUE_COLUMNS[as as keyof TicketValues], value])));

/** A new ticket, of one row of `from`, with what people set, as the query `t`. Joins do not see its description yet. */
export function insertTicket(columns: Record<Column, string>, values: string, from: string): string {
  return /* sql */ `subject AS (
          ${insertSubject(columns.id, `'${TICKET_SUBJECT}'`, from)}
        ), t AS (
          INSERT INTO ticket (${[...Object.keys(columns), ...SET_COLUMNS].join(', ')})
          SELECT ${[...Object.values(columns), ...SET_COLUMNS.map((column) => `n.${column}`)].join(', ')}
          FROM ${from}, jsonb_populate_record(NULL::ticket, ${values}::jsonb) n RETURNING *
        ), written AS (
          INSERT INTO ticket_text (ticket_id, description) SELECT t.id, ${values}::jsonb ->> 'description' FROM t WHERE ${values}::jsonb ->> 'description' <> ''
        )`;
}

const setFrom = (given: string): string =>
  [
    ...SET_COLUMNS.map((column) => `${column} = CASE WHEN ${given} ? '${column}' THEN n.${column} ELSE t.${column} END`),
    // whoever says anew whose child it is has decided
    `orphan_of = CASE WHEN ${given} ? 'parent_id' THEN NULL ELSE t.orphan_of END`,
  ].join(', ');
const SET = setFrom('$2::jsonb');
/** What people set of ticket $1 becomes what $2 names, as the query `t`. Joins see the description that was. */
export const SET_VALUES = /* sql */ `written AS (
    INSERT INTO ticket_text (ticket_id, description) SELECT $1, $2::jsonb ->> 'description' WHERE $2::jsonb ? 'description'
    ON CONFLICT (ticket_id) DO UPDATE SET description = excluded.description
  ), t AS (
    UPDATE ticket t SET ${SET}, updated_at = now(), version = t.version + 1 FROM jsonb_populate_record(NULL::ticket, $2::jsonb) n WHERE t.id = $1 RETURNING t.*
  )`;

/** The same of many tickets: each becomes what stands beside its id. */
export async function writeValues(tx: Tx, tickets: readonly { id: string; values: Partial<TicketValues> }[]): Promise<void> {
  if (tickets.length === 0) return;
  await tx.query(
    /* sql */ `WITH given AS (
      SELECT g.id, g.set FROM unnest($1::uuid[], $2::jsonb[]) AS g (id, set)
    ), written AS (
      INSERT INTO ticket_text (ticket_id, description) SELECT id, set ->> 'description' FROM given WHERE set ? 'description'
      ON CONFLICT (ticket_id) DO UPDATE SET description = excluded.description
    )
    UPDATE ticket t SET ${setFrom('given.set')},
      updated_at = now(), version = t.version + 1
    FROM given, jsonb_populate_record(NULL::ticket, given.set) n WHERE t.id = given.id`,
    [tickets.map(({ id }) => id), tickets.map(({ values }) => asColumns(values))],
  );
}

/** `by` more comments, or files, are counted. The version stays, and so does when it was changed. */
export const countComments = (id: string, by: string): string => `UPDATE ticket SET comment_count = comment_count + ${by} WHERE id = ${id}`;
export const countAttachments = (id: string, by: string): string => `UPDATE ticket SET attachment_count = attachment_count + ${by} WHERE id = ${id}`;

/** Since when a ticket is done that now has this state; null where it is not. */
const endedAt = (state: string): string => `CASE WHEN ${state} = 'DONE' THEN CASE WHEN state = 'DONE' THEN ended_at ELSE now() END END`;

/**
 * How far a ticket is, and whether it comes to another column (or to none). The version stays: a drag does not make somebody's edit stale.
 * @param sprint the sprint it is in then; left out: the same
 */
export const setProgress = (id: string, state: string, resolution: string, place: 'STAYS' | 'ENTERS', sprint = 'sprint_id'): string =>
  /* sql */ `UPDATE ticket SET state = ${state}, resolution = ${resolution}, ended_at = ${endedAt(state)}, sprint_id = ${sprint},${place === 'ENTERS' ? ' entered_at = now(),' : ''} updated_at = now() WHERE id = ${id}`;

/** The same of many, as the rows of query `n`: (id, column_id, state, resolution, sprint_id). */
export const setProgressOfMany = (n: string): string => /* sql */ `
  UPDATE ticket t SET state = ${n}.state, resolution = ${n}.resolution, sprint_id = ${n}.sprint_id, updated_at = now(),
    ended_at = CASE WHEN ${n}.state = 'DONE' THEN COALESCE(t.ended_at, now()) END,
    entered_at = CASE WHEN ${n}.column_id IS DISTINCT FROM (SELECT k.column_id FROM placement k WHERE k.ticket_id = t.id AND k.board_id = ${n}.board_before AND NOT k.hidden)
      THEN now() ELSE t.entered_at END
  FROM ${n} WHERE t.id = ${n}.id`;

/** What is left of a sprint that is no more, deleted tickets: who brings one back finds it in none. */
export const LEAVE_SPRINT = 'UPDATE ticket SET sprint_id = NULL WHERE sprint_id = $1';

/** Children of ticket $1 are so no more: it was deleted. Versions stay: an edit is not stale for it. */
export const LOSE_PARENT = /* sql */ `UPDATE ticket SET parent_id = NULL, orphan_of = $1
  WHERE id IN (SELECT id FROM ticket WHERE parent_id = $1 ORDER BY id FOR NO KEY UPDATE) RETURNING id`;
/** Of those that lost ticket $1 the ones of these types are its children again. */
export const REGAIN_PARENT = /* sql */ `UPDATE ticket SET parent_id = $1, orphan_of = NULL
  WHERE id IN (SELECT id FROM ticket WHERE orphan_of = $1 AND parent_id IS NULL AND type = ANY ($2::text[]) ORDER BY id FOR NO KEY UPDATE) RETURNING id`;
/** Tickets that are no children any more. */
export const LEAVE_PARENT = 'UPDATE ticket SET parent_id = NULL WHERE id = ANY ($1::uuid[])';

/** Places among the tickets of the project. Neither version nor time of change follow: nothing of the ticket itself is another. */
export const rankBacklog = (ids: readonly string[], ranks: readonly string[]): [sql: string, parameters: unknown[]] => [
  'UPDATE ticket t SET backlog_rank = n.rank FROM unnest($1::uuid[], $2::text[]) AS n (id, rank) WHERE t.id = n.id',
  [ids, ranks],
];

export const MARK_DELETED = /* sql */ `UPDATE ticket SET deleted_at = now(), updated_at = now(), version = version + 1 WHERE id = $1`;

export const restoreTicket = (id: string, state: string, resolution: string, sprint: string): string =>
  /* sql */ `UPDATE ticket SET deleted_at = NULL, state = ${state}, resolution = ${resolution}, sprint_id = ${sprint}, ended_at = ${endedAt(state)}, entered_at = now(), updated_at = now(), version = version + 1 WHERE id = ${id} RETURNING *`;

/** The run that a card shows, `shown` being the SELECT of its id. */
export const showRun = (id: string, shown: string): string =>
  /* sql */ `UPDATE ticket SET latest_run_id = shown.id FROM (${shown}) shown WHERE ticket.id = ${id} AND ticket.latest_run_id IS DISTINCT FROM shown.id`;
