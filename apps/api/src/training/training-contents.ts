import { Injectable } from '@nestjs/common';
import { Database, row, rows } from '../platform/sql/database.ts';
import { ProjectContentsReader, type RoomContents, type StoredFile } from '../project/project-contents.ts';
import { LIVE } from './run-states.ts';

/** Runs of a project, counted, and what they stored. */
@Injectable()
export class TrainingContents {
  constructor(
    contents: ProjectContentsReader,
    private readonly database: Database,
  ) {
    contents.register((projectId) => this.read(projectId));
  }

  private async read(projectId: string): Promise<RoomContents> {
    const { direct } = this.database;
    const counts = await row<{ runs: number; waitingRuns: number; liveRuns: number }>(
      direct,
      /* sql */ `SELECT count(*)::int AS runs, count(*) FILTER (WHERE state = 'QUEUED')::int AS "waitingRuns", count(*) FILTER (WHERE state IN ${LIVE})::int AS "liveRuns"
        FROM run WHERE project_id = $1`,
      [projectId],
    );
    const files = await rows<StoredFile>(
      direct,
      /* sql */ `
      SELECT b.digest, b.size::float8 AS size FROM blob b WHERE b.digest IN (
        SELECT c.digest FROM run r JOIN attempt a ON a.run_id = r.id JOIN checkpoint c ON c.attempt_id = a.id WHERE r.project_id = $1
        UNION SELECT f.digest FROM run r JOIN attempt a ON a.run_id = r.id JOIN artifact f ON f.attempt_id = a.id WHERE r.project_id = $1)`,
      [projectId],
    );
    return { counts: counts ?? {}, files };
  }
}
