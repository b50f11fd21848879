import { Injectable } from '@nestjs/common';
import type { Actor } from '@trainyard/domain';
import type { RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { inTurn } from '../platform/lists/reading.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { inOrderOf, loader } from '../platform/sql/loader.ts';
import { MERIT } from '../training/merit.ts';
import type { ProjectBest } from './work.types.ts';

const TREND = 20;
const DAYS_BEFORE = 7;

/** The best results of projects, one statement a request. Who may see the project may see its runs. */
@Injectable()
export class ProjectBests {
  private readonly byProject = loader<string, ProjectBest & { projectId: string }>(async (ids, { actor }) => {
    if (!actor) throw new DomainError('UNAUTHENTICATED');
    return inOrderOf(ids, await this.read(actor, ids), (one) => one.projectId);
  });

  constructor(private readonly database: Database) {}

  of(context: RequestContext, projectId: string): Promise<ProjectBest | null> {
    return this.byProject(context).load(projectId);
  }

  /** Compared are results of the same metric on the same kind of samples: those of the newest one. Of an error the smallest is best. */
  private read(actor: Actor, ids: readonly string[]): Promise<(ProjectBest & { projectId: string })[]> {
    const sql = /* sql */ `
      WITH told AS (
        SELECT r.project_id, r.id, r.number, r.ended_at, a.headline ->> 'name' AS metric, a.headline ->> 'split' AS split, (a.headline ->> 'value')::float8 AS value
        FROM run r JOIN attempt a ON a.id = r.attempt_id WHERE r.project_id = ANY ($1) AND r.state = 'SUCCEEDED' AND a.headline IS NOT NULL
      ), newest AS (
        SELECT DISTINCT ON (project_id) project_id, metric, split FROM told ORDER BY project_id, ended_at DESC, number DESC
      ), alike AS (
        SELECT told.*, ${MERIT('metric', 'value')} AS merit,
          row_number() OVER (PARTITION BY project_id ORDER BY ended_at DESC, number DESC) AS age FROM told JOIN newest USING (project_id, metric, split)
      ), best AS (
        SELECT DISTINCT ON (project_id) * FROM alike ORDER BY project_id, merit DESC, number
      ), over_time AS (
        SELECT project_id, max(merit) FILTER (WHERE ended_at < now() - interval '${DAYS_BEFORE} days') AS before,
          array_agg(value ORDER BY age DESC) FILTER (WHERE age <= ${TREND}) AS trend FROM alike GROUP BY project_id
      )
      SELECT b.project_id AS "projectId", b.id AS "runId", b.number AS "runNumber", b.metric, b.split, b.value,
        ${MERIT('b.metric', 'o.before')} AS before, o.trend
      FROM best b JOIN over_time o USING (project_id)`;
    return inTurn(this.database, actor, (tx) => rows(tx, sql, [ids]));
  }
}
