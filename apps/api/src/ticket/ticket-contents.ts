import { Injectable } from '@nestjs/common';
import { Database, row, rows } from '../platform/sql/database.ts';
import { ProjectContentsReader, type RoomContents, type StoredFile } from '../project/project-contents.ts';

/** Tickets and comments of a project, counted, and the files attached. */
@Injectable()
export class TicketContents {
  constructor(
    contents: ProjectContentsReader,
    private readonly database: Database,
  ) {
    contents.register((projectId) => this.read(projectId));
  }

  private async read(projectId: string): Promise<RoomContents> {
    const { direct } = this.database;
    const counts = await row<{ tickets: number; comments: number }>(
      direct,
      'SELECT count(*)::int AS tickets, COALESCE(sum(comment_count), 0)::int AS comments FROM ticket WHERE project_id = $1 AND deleted_at IS NULL',
      [projectId],
    );
    const files = await rows<StoredFile>(
      direct,
      'SELECT DISTINCT a.digest, a.size::float8 AS size FROM ticket t JOIN attachment a ON a.subject_id = t.id WHERE t.project_id = $1',
      [projectId],
    );
    return { counts: counts ?? {}, files };
  }
}
