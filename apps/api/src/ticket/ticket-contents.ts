import { Injectable } from '@nestjs/common';
import { Database, row } from '../platform/sql/database.ts';
import { ProjectContentsReader, type RoomContents } from '../project/project-contents.ts';

/** Tickets and comments of a project, counted. */
@Injectable()
export class TicketContents {
  constructor(
    contents: ProjectContentsReader,
    private readonly database: Database,
  ) {
    contents.register((projectId) => this.read(projectId));
  }

  private async read(projectId: string): Promise<RoomContents> {
    const counts = await row<{ tickets: number; comments: number }>(
      this.database.direct,
      'SELECT count(*)::int AS tickets, COALESCE(sum(comment_count), 0)::int AS comments FROM ticket WHERE project_id = $1 AND deleted_at IS NULL',
      [projectId],
    );
    return { counts: counts ?? {} };
  }
}
