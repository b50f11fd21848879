import { withClient } from '../infra/local/connection.ts';
import type { BenchBoard } from './board-data.ts';

/** Tickets that the two years are told of. */
export const TICKETS = 100_000;
/** Sprints of the last two years, one after the other. */
export const SPRINTS = 100;
/** Rows of the log that each ticket has. */
const ROWS_EACH = 10;

/**
 * Two years of a project: each of its tickets was made, came to a column and to a sprint, was worked on, reviewed and done. Written as the log tells it,
 * its rows in the order of their time; the tickets themselves are as that left them.
 * @returns sprints, the oldest first, and how many rows were written
 */
export async function tellTwoYears(databaseUrl: string, { projectId, boardId, columnIds }: BenchBoard): Promise<{ sprintIds: string[]; rows: number }> {
  return withClient(databaseUrl, async (client) => {
    const { rows: sprints } = await client.query<{ id: string }>(
      `INSERT INTO sprint (id, project_id, board_id, name, state, starts_on, ends_on, started_at, closed_at)
       SELECT gen_random_uuid(), $1, $2, 'Sprint ' || n, 'CLOSED', s.began::date, (s.began + interval '6 days')::date, s.began, s.began + interval '7 days'
       FROM generate_series(1, ${SPRINTS}) n CROSS JOIN LATERAL (SELECT now() - interval '7 days' * (${SPRINTS} - n + 1) AS began) s ORDER BY n RETURNING id`,
      [projectId, boardId],
    );
    const sprintIds = sprints.map(({ id }) => id);
    const { rowCount } = await client.query(
      `WITH told AS (
         SELECT t.id, r.step, t.number, $2::uuid[] AS sprints, $3::uuid[] AS columns, 1 + (t.number - 1) * ${SPRINTS} / ${TICKETS} AS sprint,
           now() - interval '7 days' * (${SPRINTS} - (t.number - 1) * ${SPRINTS} / ${TICKETS}) + CASE WHEN r.step < 3 THEN interval '-10 days' ELSE interval '1 hour' END
             + interval '1 minute' * (t.number % 997) + CASE WHEN r.step < 3 THEN r.step ELSE (r.step - 3) * (1 + t.number % 3) * 0.3 END * interval '8 hours' AS at
         FROM ticket t CROSS JOIN generate_series(0, ${ROWS_EACH - 1}) AS r (step) WHERE t.project_id = $1
       ), rows AS (
         SELECT id, at, 'TICKET' AS entity, id AS ticket, CASE step WHEN 0 THEN 'CREATED' ELSE 'UPDATED' END AS action, CASE step
           WHEN 0 THEN jsonb_build_object('type', jsonb_build_object('from', NULL, 'to', 'TASK'), 'state', jsonb_build_object('from', NULL, 'to', 'OPEN'), 'points', jsonb_build_object('from', NULL, 'to', number % 8))
           WHEN 1 THEN jsonb_build_object('columnId', jsonb_build_object('from', NULL, 'to', columns[1]))
           WHEN 2 THEN jsonb_build_object('sprintId', jsonb_build_object('from', NULL, 'to', sprints[sprint]))
           WHEN 3 THEN jsonb_build_object('assigneeId', jsonb_build_object('from', NULL, 'to', gen_random_uuid()))
           WHEN 4 THEN jsonb_build_object('columnId', jsonb_build_object('from', columns[1], 'to', columns[2]), 'state', jsonb_build_object('from', 'OPEN', 'to', 'IN_PROGRESS'))
           WHEN 5 THEN jsonb_build_object('description', jsonb_build_object('from', '', 'to', 'More is known.'))
           WHEN 6 THEN jsonb_build_object('points', jsonb_build_object('from', number % 8, 'to', number % 5))
           WHEN 7 THEN jsonb_build_object('columnId', jsonb_build_object('from', columns[2], 'to', columns[3]))
           WHEN 8 THEN jsonb_build_object('title', jsonb_build_object('from', 'a', 'to', 'b'))
           ELSE jsonb_build_object('columnId', jsonb_build_object('from', columns[3], 'to', columns[4]), 'state', jsonb_build_object('from', 'IN_PROGRESS', 'to', 'DONE'),
             'resolution', jsonb_build_object('from', NULL, 'to', 'DONE')) END AS changes
         FROM told WHERE step < ${ROWS_EACH - 1} OR number % 40 <> 0
         UNION ALL
         SELECT s.id, CASE e.state WHEN 'RUNNING' THEN s.started_at ELSE s.closed_at END, 'SPRINT', NULL, 'UPDATED', jsonb_build_object('state', jsonb_build_object('from', NULL, 'to', e.state))
         FROM sprint s CROSS JOIN unnest(ARRAY['RUNNING', 'CLOSED']) AS e (state) WHERE s.project_id = $1
       ), written AS (
         INSERT INTO activity (scope, seq, entity, entity_id, ticket_id, action, changes, at)
         SELECT $1, s.seq + row_number() OVER (ORDER BY r.at, r.id, r.entity), r.entity, r.id, r.ticket, r.action, r.changes, r.at
         FROM rows r, activity_scope s WHERE s.id = $1 AND r.at < now() RETURNING seq
       ) SELECT seq FROM written`,
      [projectId, sprintIds, columnIds],
    );
    await client.query('UPDATE activity_scope SET seq = (SELECT max(seq) FROM activity WHERE scope = $1) WHERE id = $1', [projectId]);
    await client.query(`UPDATE ticket SET state = 'DONE', resolution = 'DONE', ended_at = now() WHERE project_id = $1 AND number % 40 <> 0`, [projectId]);
    await client.query('VACUUM ANALYZE activity');
    await client.query('VACUUM ANALYZE ticket');
    return { sprintIds, rows: rowCount ?? 0 };
  });
}
