import { PROJECT_WAITING_DAYS } from '@trainyard/domain';
import { PROJECT_SCOPE } from '../platform/authorize.ts';
import { row, type Tx } from '../platform/sql/database.ts';
import type { ProjectType } from './project.types.ts';

/** The columns of each thing as its GraphQL type names them, over the alias its table usually has. */
export const PROJECT_COLUMNS = /* sql */ `p.id, p.key, p.name, p.description, ${PROJECT_SCOPE}, p.state, p.version, p.time_zone AS "timeZone", p.calendar_id AS "calendarId",
  p.archived_at AS "archivedAt", p.deleted_at + make_interval(days => ${PROJECT_WAITING_DAYS}) AS "erasedAt"`;
export const LABEL_COLUMNS = /* sql */ `l.id, l.name, l.color, l.version`;

/** Nobody else changes the project, or what is decided under it, until the transaction ends. */
export function lockProject(tx: Tx, id: string): Promise<ProjectType | null> {
  return row(tx, `SELECT ${PROJECT_COLUMNS} FROM project p WHERE p.id = $1 FOR NO KEY UPDATE`, [id]);
}

/** The number of the next ticket, and the rank behind which the one after it comes; part of a statement that makes the ticket. */
export const numberTicket = (id: string, lastRank: string): string =>
  /* sql */ `UPDATE project SET last_ticket_number = last_ticket_number + 1, last_backlog_rank = ${lastRank} WHERE id = ${id} RETURNING last_ticket_number AS number`;

/** The first of so many numbers. Holds the project until the transaction ends: numbers have no gaps. */
export async function nextRunNumber(tx: Tx, id: string, count: number): Promise<number> {
  const numbered = await row<{ number: number }>(
    tx,
    'UPDATE project SET last_run_number = last_run_number + $2::int WHERE id = $1 RETURNING last_run_number - $2::int + 1 AS number',
    [id, count],
  );
  if (!numbered) throw new Error(`project ${id} vanished under its ticket`);
  return numbered.number;
}

/** The rank behind which the next ticket comes. */
export const setLastBacklogRank = (projectId: string, rank: string): [sql: string, parameters: unknown[]] => [
  'UPDATE project SET last_backlog_rank = $2 WHERE id = $1',
  [projectId, rank],
];
/** The same where it lies behind the one that is known. */
export const raiseLastBacklogRank = (projectId: string, rank: string): [sql: string, parameters: unknown[]] => [
  'UPDATE project SET last_backlog_rank = $2 WHERE id = $1 AND last_backlog_rank < $2',
  [projectId, rank],
];
