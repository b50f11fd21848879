import type { INestApplicationContext } from '@nestjs/common';
import { Database, row, type Tx } from '../platform/sql/database.ts';

/** The entry of the log at this position was written of what happened at this time. */
export interface Told {
  seq: number;
  at: Date;
}

/** Keeps what happened when, while a project is told by acts of today. */
export class Telling {
  private readonly told: Told[] = [];
  private readonly database: Database;

  constructor(
    app: INestApplicationContext,
    private readonly projectId: string,
    private readonly now: Date,
  ) {
    this.database = app.get(Database);
  }

  /** All that was logged since the last note happened at `at`, but for the last entries, where their times are named. */
  async note(at: Date, times: readonly Date[] = []): Promise<void> {
    const { seq } = (await row<{ seq: number }>(this.database.direct, 'SELECT seq::int AS seq FROM activity_scope WHERE id = $1', [this.projectId])) ?? {
      seq: 0,
    };
    for (let next = this.told.length + 1; next <= seq; next++) {
      const named = times[times.length - 1 - (seq - next)] ?? at;
      this.told.push({ seq: next, at: named < this.now ? named : this.now });
    }
  }

  async end(): Promise<void> {
    await this.database.transaction((tx) => putInPast(tx, this.projectId, this.told));
  }
}

/**
 * What was written of a project just now happened in the past: its log says so, and with it what is told from the log. Only for a project that nobody
 * has seen yet, since the log is otherwise never rewritten; the seed runs before the api and the readers of the log do.
 * @param told every entry of the log, in order
 */
export async function putInPast(tx: Tx, projectId: string, told: readonly Told[]): Promise<void> {
  const late = told.findIndex(({ at }, i) => i > 0 && at < told[i - 1]!.at);
  if (late > 0) throw new Error(`the entry ${told[late]!.seq} of the log would be older than the one before it`);
  await tx.query(`SELECT set_config('trainyard.erased_scope', $1, true)`, [projectId]);
  const kept = await row<{ entries: number }>(
    tx,
    /* sql */ `
    WITH now_told AS (
      DELETE FROM activity WHERE scope = $1 RETURNING *
    ), past AS (
      INSERT INTO activity (scope, seq, entity, entity_id, ticket_id, action, changes, actor_id, at)
      SELECT n.scope, n.seq, n.entity, n.entity_id, n.ticket_id, n.action, n.changes, n.actor_id, p.at
      FROM now_told n LEFT JOIN unnest($2::bigint[], $3::timestamptz[]) AS p (seq, at) USING (seq) RETURNING seq
    ) SELECT count(*)::int AS entries FROM past`,
    [projectId, told.map(({ seq }) => seq), told.map(({ at }) => at)],
  );
  if (kept?.entries !== told.length) throw new Error(`the log has ${kept?.entries} entries, and ${told.length} were told`);
  await tx.query(`SELECT set_config('trainyard.erased_scope', '', true)`);
  await tx.query(
    /* sql */ `
    UPDATE ticket t SET created_at = s.created, updated_at = s.updated, entered_at = s.entered, ended_at = CASE WHEN t.state = 'DONE' THEN s.ended END
    FROM (
      SELECT entity_id, min(at) AS created, max(at) AS updated, COALESCE(max(at) FILTER (WHERE changes ? 'columnId'), min(at)) AS entered,
        max(at) FILTER (WHERE changes #>> '{state,to}' = 'DONE') AS ended
      FROM activity WHERE scope = $1 AND entity = 'TICKET' GROUP BY entity_id
    ) s WHERE s.entity_id = t.id`,
    [projectId],
  );
  for (const [table, entity] of Object.entries(MADE))
    await tx.query(
      `UPDATE ${table} SET created_at = a.at FROM activity a WHERE a.scope = $1 AND a.entity = '${entity}' AND a.action = 'CREATED' AND a.entity_id = ${table}.id`,
      [projectId],
    );
  await tx.query(
    /* sql */ `UPDATE sprint s SET started_at = t.started, closed_at = t.closed, revealed_at = t.revealed FROM (
      SELECT entity_id, min(at) FILTER (WHERE changes #>> '{state,to}' = 'RUNNING') AS started, max(at) FILTER (WHERE changes #>> '{state,to}' = 'CLOSED') AS closed,
        min(at) FILTER (WHERE changes ? 'retroRevealed') AS revealed
      FROM activity WHERE scope = $1 AND entity = 'SPRINT' GROUP BY entity_id
    ) t WHERE t.entity_id = s.id`,
    [projectId],
  );
  await tx.query('UPDATE sprint_stay y SET started_at = s.started_at, ended_at = s.closed_at FROM sprint s WHERE s.id = y.sprint_id AND s.project_id = $1', [
    projectId,
  ]);
  // it ran for a moment when it was told: on the days that were planned from now on, whose minutes are kept by person
  await tx.query(
    /* sql */ `UPDATE sprint_capacity c SET ran_minutes = (SELECT COALESCE(sum(k.minutes), 0) FROM sprint_capacity_person k WHERE k.sprint_id = s.id)
      FROM sprint s WHERE s.id = c.sprint_id AND s.project_id = $1`,
    [projectId],
  );
  await tx.query(
    `UPDATE project SET archived_at = a.at FROM activity a WHERE project.id = $1 AND archived_at IS NOT NULL AND a.scope = $1 AND a.entity = 'PROJECT' AND a.changes #>> '{state,to}' = 'ARCHIVED'`,
    [projectId],
  );
}

/** What says when it was made, and what the log calls it. */
const MADE = { project: 'PROJECT', board: 'BOARD', sprint: 'SPRINT', release: 'RELEASE', comment: 'COMMENT', attachment: 'ATTACHMENT' } as const;
