import { Injectable } from '@nestjs/common';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { Database } from '../platform/sql/database.ts';

const UPLOAD_KEPT = '24 hours';

/** Deletes uploads that nobody used. */
@Injectable()
export class DatasetHousekeeping {
  constructor(
    housekeeping: Housekeeping,
    private readonly database: Database,
  ) {
    housekeeping.register('dataset', () => this.tidy());
  }

  private async tidy(): Promise<void> {
    await this.database.direct.query(`DELETE FROM upload WHERE created_at < now() - interval '${UPLOAD_KEPT}'`);
  }
}
