import { Injectable } from '@nestjs/common';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { Database } from '../platform/sql/database.ts';

const DELIVERY_KEPT = '30 days';

/** Deletes old deliveries. */
@Injectable()
export class WebhookHousekeeping {
  constructor(
    housekeeping: Housekeeping,
    private readonly database: Database,
  ) {
    housekeeping.register('webhook', () => this.tidy());
  }

  private async tidy(): Promise<void> {
    await this.database.direct.query(`DELETE FROM webhook_delivery WHERE created_at < now() - interval '${DELIVERY_KEPT}'`);
  }
}
