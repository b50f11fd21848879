import { Injectable } from '@nestjs/common';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { Database, rows } from '../platform/sql/database.ts';

const DELIVERY_KEPT = '30 days';

const ERASED = /* sql */ `
  DELETE FROM webhook_delivery WHERE id IN (
    SELECT d.id FROM project p JOIN webhook w ON w.project_id = p.id JOIN webhook_delivery d ON d.webhook_id = w.id WHERE p.state = 'ERASING' LIMIT 500
  ) RETURNING id`;

/** Deletes old deliveries, and those of erased projects. */
@Injectable()
export class WebhookHousekeeping {
  constructor(
    housekeeping: Housekeeping,
    private readonly database: Database,
  ) {
    housekeeping.register('webhook', () => this.tidy());
  }

  private async tidy(): Promise<void> {
    const { direct } = this.database;
    await direct.query(`DELETE FROM webhook_delivery WHERE created_at < now() - interval '${DELIVERY_KEPT}'`);
    // The webhooks themselves are few and go with their project.
    while ((await rows(direct, ERASED)).length > 0);
  }
}
