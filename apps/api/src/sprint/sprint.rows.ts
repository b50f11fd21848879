import { OPEN_SPRINTS_MAX, type Actor, type ProjectScope } from '@trainyard/domain';
import { PROJECT_SCOPE, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { isId } from '../platform/input.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import { lockProject } from '../project/project.rows.ts';
import type { SprintTicketType, SprintTotals, SprintType } from './sprint.types.ts';

export const SPRINT_COLUMNS = /* sql */ `s.id, s.project_id AS "projectId", s.board_id AS "boardId", s.name, s.goal, s.state, s.starts_on::text AS "startsOn", s.ends_on::text AS "endsOn",
  s.started_at AS "startedAt", s.closed_at AS "closedAt", s.abandoned, s.version`;

export type LockedSprint = SprintType & ProjectScope;

/** A sprint that nobody else plans (`PLAN`: or starts, ends and changes) until the transaction ends; null where there is none. */
export function lockSprint(tx: Tx, id: string, to: 'PLAN' | 'CHANGE'): Promise<LockedSprint | null> {
  return row(
    tx,
    `SELECT ${SPRINT_COLUMNS}, ${PROJECT_SCOPE} FROM sprint s JOIN project p ON p.id = s.project_id WHERE s.id = $1 ${to === 'PLAN' ? 'FOR SHARE OF s' : 'FOR NO KEY UPDATE OF s'}`,
    [id],
  );
}

/** There may be one more that has not ended. Holds the project: of two that come at once neither may be one too many. */
export async function demandOpenRoom(tx: Tx, projectId: string, field: string): Promise<void> {
  await lockProject(tx, projectId);
  const open = await row<{ count: number }>(tx, "SELECT count(*)::int AS count FROM sprint WHERE project_id = $1 AND state <> 'CLOSED'", [projectId]);
  if ((open?.count ?? 0) >= OPEN_SPRINTS_MAX) throw new DomainError('BAD_INPUT', { field, reason: 'TOO_MANY', max: OPEN_SPRINTS_MAX });
}

/** Null: there is none, or the actor may not know of it. */
export function readableSprint(tx: Tx, actor: Actor, id: string): Promise<SprintType | null> {
  if (!isId(id)) return Promise.resolve(null);
  return row(tx, `SELECT ${SPRINT_COLUMNS} FROM sprint s JOIN project p ON p.id = s.project_id WHERE s.id = $3 AND ${READABLE_PROJECT(1)}`, [
    ...readableBy(actor),
    id,
  ]);
}

export async function mustLoad(tx: Tx, id: string): Promise<SprintType> {
  return (await row<SprintType>(tx, `SELECT ${SPRINT_COLUMNS} FROM sprint s WHERE s.id = $1`, [id])) as SprintType;
}

/** Tickets that are in a sprint which has not ended, deleted ones too. */
export async function ticketsIn(tx: Tx, sprintId: string): Promise<string[]> {
  return (await rows<{ id: string }>(tx, 'SELECT id FROM ticket WHERE sprint_id = $1 ORDER BY backlog_rank, id', [sprintId])).map(({ id }) => id);
}

/** How many are in one, those left out that were deleted. */
export async function countIn(tx: Tx, sprintId: string): Promise<number> {
  return (await row<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM ticket WHERE sprint_id = $1 AND deleted_at IS NULL', [sprintId]))!.count;
}

/** Over `ticket t` in a sprint that has not ended: its points count. Of a parent and its child in one sprint the child's do: `speaking` of the domain. */
export const COUNTS = /* sql */ `NOT EXISTS (SELECT FROM ticket c WHERE c.parent_id = t.id AND c.sprint_id = t.sprint_id AND c.deleted_at IS NULL
  AND (c.resolution IS NULL OR c.resolution = 'DONE'))`;

/**
 * Sums of sprints: tickets are all counted, points are those of leaves. What is in one that has ended stands in its own rows; what was moved or
 * estimated since changes nothing.
 */
export function totalsOf(tx: Tx, sprintIds: readonly string[]): Promise<(SprintTotals & { id: string })[]> {
  return rows(
    tx,
    /* sql */ `
    SELECT s.id, COALESCE(n.tickets, 0)::int AS tickets, COALESCE(n.points, 0) AS points, COALESCE(n.unestimated, 0)::int AS unestimated,
      COALESCE(n.done, 0)::int AS done, COALESCE(n."donePoints", 0) AS "donePoints", COALESCE(n.cancelled, 0)::int AS cancelled,
      COALESCE(c.committed, 0)::int AS committed, COALESCE(c.points, 0) AS "committedPoints"
    FROM unnest($1::uuid[]) AS asked (id) JOIN sprint s ON s.id = asked.id
    LEFT JOIN LATERAL (
      SELECT count(*) FILTER (WHERE NOT gone) AS tickets, sum(m.points) FILTER (WHERE NOT gone AND counts) AS points,
        count(*) FILTER (WHERE NOT gone AND counts AND m.points IS NULL) AS unestimated, count(*) FILTER (WHERE done) AS done,
        sum(m.points) FILTER (WHERE done AND counts) AS "donePoints", count(*) FILTER (WHERE gone) AS cancelled
      FROM (
        SELECT t.points, t.resolution = 'DONE' AS done, COALESCE(t.resolution <> 'DONE', false) AS gone, ${COUNTS} AS counts FROM ticket t
          WHERE s.state <> 'CLOSED' AND t.sprint_id = s.id AND t.deleted_at IS NULL
        UNION ALL
        SELECT k.points_at_end, k.outcome = 'COMPLETED', k.outcome = 'CANCELLED', k.counts_at_end FROM sprint_ticket k
          WHERE s.state = 'CLOSED' AND k.sprint_id = s.id AND k.outcome IS NOT NULL
      ) m
    ) n ON true
    LEFT JOIN LATERAL (
      SELECT count(*) AS committed, sum(k.points_at_start) FILTER (WHERE k.counts_at_start) AS points FROM sprint_ticket k WHERE k.sprint_id = s.id AND k.committed
    ) c ON true`,
    [sprintIds],
  );
}

/** What became of the tickets of sprints that ended, in the order of their keys. Tickets deleted since are told, too: they were there. */
export function outcomesOf(tx: Tx, sprintIds: readonly string[]): Promise<(SprintTicketType & { sprintId: string })[]> {
  return rows(
    tx,
    /* sql */ `
    SELECT k.sprint_id AS "sprintId", k.ticket_id AS "ticketId", p.key || '-' || t.number AS key, t.title, k.committed, k.points_at_start AS "pointsAtStart", k.points_at_end AS "pointsAtEnd",
      k.counts_at_end AS "isCounted", k.outcome, k.carried_to AS "carriedTo"
    FROM sprint_ticket k JOIN ticket t ON t.id = k.ticket_id JOIN project p ON p.id = t.project_id WHERE k.sprint_id = ANY ($1::uuid[]) AND k.outcome IS NOT NULL ORDER BY t.number`,
    [sprintIds],
  );
}
