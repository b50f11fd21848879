import { Injectable } from '@nestjs/common';
import { Database, row } from '../platform/sql/database.ts';
import { ProjectContentsReader, type RoomContents } from '../project/project-contents.ts';

/** Boards of a project, counted. */
@Injectable()
export class BoardContents {
  constructor(
    contents: ProjectContentsReader,
    private readonly database: Database,
  ) {
    contents.register((projectId) => this.read(projectId));
  }

  private async read(projectId: string): Promise<RoomContents> {
    const counts = await row<{ boards: number }>(this.database.direct, 'SELECT count(*)::int AS boards FROM board WHERE project_id = $1', [projectId]);
    return { counts: counts ?? {} };
  }
}
