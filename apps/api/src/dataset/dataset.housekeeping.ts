import { Injectable } from '@nestjs/common';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { Database } from '../platform/sql/database.ts';
import { ProjectErasure } from '../project/project-erasure.ts';

const UPLOAD_KEPT = '24 hours';

/** Deletes uploads that nobody used, and the datasets of erased projects. */
@Injectable()
export class DatasetHousekeeping {
  constructor(
    housekeeping: Housekeeping,
    erasure: ProjectErasure,
    private readonly database: Database,
  ) {
    housekeeping.register('dataset', () => this.tidy());
    erasure.register('DELETE FROM dataset WHERE id IN (SELECT id FROM dataset WHERE project_id = $1 LIMIT $2) RETURNING id');
  }

  private async tidy(): Promise<void> {
    await this.database.direct.query(`DELETE FROM upload WHERE created_at < now() - interval '${UPLOAD_KEPT}'`);
  }
}
