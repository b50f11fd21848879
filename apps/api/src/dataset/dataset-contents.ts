import { Injectable } from '@nestjs/common';
import { Database, row, rows } from '../platform/sql/database.ts';
import { ProjectContentsReader, type RoomContents, type StoredFile } from '../project/project-contents.ts';

/** Datasets of a project, counted, and what they stored. */
@Injectable()
export class DatasetContents {
  constructor(
    contents: ProjectContentsReader,
    private readonly database: Database,
  ) {
    contents.register((projectId) => this.read(projectId));
  }

  private async read(projectId: string): Promise<RoomContents> {
    const { direct } = this.database;
    const counts = await row<{ datasets: number }>(direct, 'SELECT count(*)::int AS datasets FROM dataset WHERE project_id = $1', [projectId]);
    const files = await rows<StoredFile>(
      direct,
      /* sql */ `
      SELECT b.digest, b.size::float8 AS size FROM blob b
      WHERE b.digest IN (SELECT f.digest FROM dataset d JOIN dataset_file f ON f.dataset_id = d.id WHERE d.project_id = $1)`,
      [projectId],
    );
    return { counts: counts ?? {}, files };
  }
}
