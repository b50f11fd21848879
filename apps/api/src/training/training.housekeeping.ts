import { Injectable } from '@nestjs/common';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { Database } from '../platform/sql/database.ts';

/** Deletes checkpoints that nothing goes on from. */
@Injectable()
export class TrainingHousekeeping {
  constructor(
    housekeeping: Housekeeping,
    private readonly database: Database,
  ) {
    housekeeping.register('training', () => this.tidy());
  }

  private async tidy(): Promise<void> {
    await this.database.direct.query(/* sql */ `
      DELETE FROM checkpoint c USING attempt a, run r
      WHERE a.id = c.attempt_id AND r.id = a.run_id AND (r.state = 'SUCCEEDED' OR r.attempt_id <> a.id)`);
  }
}
