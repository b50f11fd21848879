import { Injectable } from '@nestjs/common';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { Database, rows } from '../platform/sql/database.ts';

const READ_KEPT = '30 days';

const ERASED = /* sql */ `
  DELETE FROM inbox_item WHERE id IN (SELECT i.id FROM project p JOIN inbox_item i ON i.scope = p.id WHERE p.state = 'ERASING' LIMIT 500) RETURNING id`;

/** Deletes what was read long ago, and what belongs to people who left or to erased projects. */
@Injectable()
export class InboxHousekeeping {
  constructor(
    housekeeping: Housekeeping,
    private readonly database: Database,
  ) {
    housekeeping.register('notify', () => this.tidy());
  }

  private async tidy(): Promise<void> {
    const { direct } = this.database;
    await direct.query(`DELETE FROM inbox_item WHERE read_at < now() - interval '${READ_KEPT}'`);
    await direct.query('DELETE FROM inbox_item WHERE user_id IN (SELECT id FROM app_user WHERE disabled)');
    while ((await rows(direct, ERASED)).length > 0);
  }
}
